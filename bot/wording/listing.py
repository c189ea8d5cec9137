"""Writes docs/messages.md: every notice in every language, with its segments.

python -m bot.wording.listing            writes the page
python -m bot.wording.listing --check    fails where the page is not what would be written
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.checking import own_names, variables_of
from bot.wording.previewing import Preview, preview
from bot.wording.render import Wording
from deliveries.model.recipient import Channel

PAGE = Path(__file__).parents[2] / "docs" / "messages.md"
HEAD = """# What recipients are told

Written by `make messages` from the catalogues in `bot/wording/catalogues/`, with facts made up;
`make test` compares. Each notice in every language as an SMS, as it leaves when all is open: with
the menu beneath it, and the segments that all takes: 160 characters, or 153 each of several; a
letter outside the alphabet of SMS halves that, so such letters lose their marks (á, ó, ê; not ñ
or é) where that saves a segment, on SMS only. A shipper can have words of its own:
[operating.md](operating.md#words-of-your-own).
"""


def write_page(catalogue: Catalogue) -> str:
    """Return the page."""
    return HEAD + "".join(_sections(catalogue))


def _sections(catalogue: Catalogue) -> Iterator[str]:
    for name in own_names(catalogue):
        variables = ", ".join(f"`{each}`" for each in sorted(variables_of(catalogue, name)))
        yield f"\n## {name}\n\n"
        yield f"Variables: {variables}\n\n" if variables else ""
        yield "| | SMS | |\n|---|---|---|\n"
        found = preview(Wording(catalogue), [name], catalogue.languages, [Channel.SMS], {})
        yield from map(_row, found)


def _row(found: Preview) -> str:
    size = f"{found.segments}" if found.encoding == "GSM-7" else f"{found.segments} (UCS-2)"
    text = found.text.replace("|", "\\|").replace("\n", "<br>")
    return f"| {found.language} | {size} | {text} |\n"


def main() -> int:
    """Write the page, or check it."""
    page = write_page(Catalogue(read_sources()))
    if "--check" not in sys.argv:
        PAGE.write_text(page, encoding="utf-8")
        return 0
    if PAGE.read_text(encoding="utf-8") != page:
        sys.stderr.write("docs/messages.md is old: run make messages\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
