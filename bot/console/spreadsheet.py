"""Tables as files that spreadsheets open."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
CSV = "text/csv; charset=utf-8"


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table as CSV, a row at a time; no cell of it is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in chain([headings], rows):
        writer.writerow([_cell(value) for value in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def named(name: str) -> dict[str, str]:
    """Return the header by which a browser keeps an answer as a file."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _cell(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
