"""The conversations of docs/conversations.md: written down while the tests hold them.

    python -m tests.e2e.telling           writes the page from the last run of all tests
    python -m tests.e2e.telling --check   fails where the page is not what the tests said

People, places and hours differ from run to run, so the check compares everything else.
"""

import csv
import difflib
import json
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tests.e2e.processes import ROOT

PAGE = ROOT / "docs/conversations.md"
RECORDS = ROOT / ".cache/conversations"
DAY = ROOT / "sandbox/day"
US = "doorstep"
HEAD = """\
# Conversations

What a recipient can do by replying, as the end-to-end tests did it: each conversation below went in
at the webhook, through Rasa's trained model, the actions, the database and the planner, and came
out at the network's API. `make conversations` writes this page from them; `make test` fails if the
page says anything else. Names of people, parcels and places are those of the made-up day in
`sandbox/day`.
"""


@dataclass(frozen=True)
class Line:
    """Something said, and by whom.

    Attributes:
        who: A role in the conversation; ``US`` is the product.
        options: Labels of buttons beneath it; an SMS has them in its text.
    """

    who: str
    text: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """A conversation that a test held.

    Attributes:
        row: The row of the product's list that it shows, such as ``B3``.
    """

    row: str
    title: str
    channel: str
    test: str
    lines: tuple[Line, ...]

    def keep(self) -> None:
        """Keep it for the page."""
        RECORDS.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^a-z0-9]+", "-", f"{self.row} {self.test}".lower())
        (RECORDS / f"{name}.json").write_text(json.dumps(asdict(self)), encoding="utf-8")


def forget() -> None:
    """Begin anew: what an earlier run said is no longer true."""
    shutil.rmtree(RECORDS, ignore_errors=True)


def kept() -> list[Told]:
    """Return the conversations of the last run, by row."""
    found = [json.loads(each.read_text(encoding="utf-8")) for each in RECORDS.glob("*.json")]
    return sorted(map(_read, found), key=lambda told: (_place(told.row), told.title, told.test))


def page(conversations: Sequence[Told]) -> str:
    """Return the whole page."""
    return "\n".join([HEAD, *map(_chapter, conversations)])


def masked(text: str) -> str:
    """Return a page without what differs from run to run: names, numbers, days."""
    text = _names().sub("…", text)
    text = re.sub(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun|today|tomorrow)\b,?", "…", text)
    text = re.sub(r"\d+", "0", text)
    text = re.sub(r"0 Mar\b,?", "…", text)
    # Which pickup points are near, and when they open, depends on where somebody lives.
    text = re.sub(r"(Locker )?…,? 0(\.0)? k?m, .*?(open day and night|open 0:0-0:0)", "…", text)
    return re.sub(r"[ \n]+", " ", re.sub(r"(…[ ,]*)+", "… ", text))


def main() -> int:
    """Write the page, or check it."""
    now = page(kept())
    if "--check" not in sys.argv:
        PAGE.write_text(now, encoding="utf-8")
        return 0
    before = PAGE.read_text(encoding="utf-8")
    if masked(before) == masked(now):
        return 0
    sys.stderr.writelines(
        difflib.unified_diff(
            before.splitlines(keepends=True), now.splitlines(keepends=True), str(PAGE), "the tests"
        )
    )
    sys.stderr.write("docs/conversations.md is not what the tests said: run make conversations\n")
    return 1


def _read(record: dict[str, Any]) -> Told:
    lines = tuple(
        Line(each["who"], each["text"], tuple(each["options"])) for each in record["lines"]
    )
    return Told(record["row"], record["title"], record["channel"], record["test"], lines)


def _place(row: str) -> tuple[str, int]:
    return row[:1], int(row[1:])


def _chapter(told: Told) -> str:
    width = max(len(each.who) for each in told.lines) + 1
    body = "\n".join(row for each in told.lines for row in _rows(each, width))
    channel = {"sms": "SMS", "telegram": "Telegram"}[told.channel]
    return f"## {told.row} {told.title}\n\n{channel}, `{told.test}`\n\n```text\n{body}\n```\n"


def _rows(line: Line, width: int) -> Iterator[str]:
    rows = [*line.text.split("\n"), *(f"[ {label} ]" for label in line.options)]
    for position, row in enumerate(rows):
        who = line.who if position == 0 else ""
        yield f"{who:<{width}}{row}".rstrip()


def _names() -> re.Pattern[str]:
    """Return what finds every name of the shipped day, the longest first."""
    found: set[str] = set()
    for file, columns in (
        ("deliveries.csv", ("description", "recipient_name", "address", "postcode")),
        ("shippers.csv", ("name",)),
        ("pickup_points.csv", ("name", "address")),
        ("vehicles.csv", ("driver_name",)),
    ):
        with (DAY / file).open(encoding="utf-8", newline="") as rows:
            found |= {row[column] for row in csv.DictReader(rows) for column in columns}
    by_length = sorted(filter(None, found), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, by_length)))


if __name__ == "__main__":
    sys.exit(main())
