"""What the finders of entities share: a finding, and text brought to one form with its offsets kept."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

# What anybody says about a door, a neighbour or a place stands well before this.
MAX_LENGTH = 1000


@dataclass(frozen=True)
class Finding:
    """A piece of the message that names something.

    Attributes:
        start: Offset of its first character in the message as it arrived.
        end: Offset after its last one.
    """

    entity: str
    start: int
    end: int
    value: str

    def overlaps(self, other: Finding) -> bool:
        return self.start < other.end and other.start < self.end


def flat(text: str) -> str:
    """Return the text in lower case without accents, each character in its old place."""
    return "".join(_flat_character(character) for character in text[:MAX_LENGTH])


def _flat_character(character: str) -> str:
    if character in "’‘`´":
        return "'"
    base = unicodedata.normalize("NFKD", character)[:1].lower()
    return base if len(base) == 1 else " "


def from_group(
    entity: str, match: re.Match[str], text: str, *, group: str | int = 1
) -> Finding:
    """Return the finding for one group of a match on ``flat(text)``, with the text's own spelling."""
    start, end = match.span(group)
    while end > start and text[end - 1] in " ,.;:!?-":
        end -= 1
    return Finding(entity, start, end, " ".join(text[start:end].split()))


def without_overlaps(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings that overlap none of those before them."""
    taken: list[Finding] = []
    for finding in findings:
        if finding.start < finding.end and not any(finding.overlaps(other) for other in taken):
            taken.append(finding)
            yield finding
