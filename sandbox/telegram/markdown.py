"""Parses MarkdownV2 and the older Markdown of the Bot API."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.telegram.errors import bad_request

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_MARKS = {
    "```": "pre",
    "||": "spoiler",
    "__": "underline",
    "*": "bold",
    "_": "italic",
    "~": "strikethrough",
    "`": "code",
}
_LEGACY_MARKS = {"```": "pre", "*": "bold", "_": "italic", "`": "code"}
_VERBATIM = frozenset({"```", "`"})


def parse_markdown(source: str, *, is_legacy: bool) -> tuple[str, list[dict[str, Any]]]:
    """Return the plain text and its entities.

    Raises:
        RefusedMethodError: If a mark is not closed or a reserved character is not escaped.
    """
    parser = _Parser(source, _LEGACY_MARKS if is_legacy else _MARKS, is_legacy=is_legacy)
    while parser.at < len(source):
        parser.step()
    if parser.open:
        mark, _, at = parser.open[-1]
        kind = parser.marks[mark].capitalize()
        raise bad_request(
            f"can't parse entities: Can't find end of {kind} entity at byte offset {at}"
        )
    return parser.text, sorted(parser.entities, key=_outer_first)


@dataclass
class _Parser:
    source: str
    marks: dict[str, str]
    is_legacy: bool
    at: int = 0
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    open: list[tuple[str, int, int]] = field(default_factory=list)

    def step(self) -> None:
        """Read one mark, link, escape or character."""
        char = self.source[self.at]
        inside = self.open[-1][0] if self.open else ""
        if char == "\\" and self._escapes_next():
            self.text += self.source[self.at + 1]
            self.at += 2
            return
        mark = next((mark for mark in self.marks if self.source.startswith(mark, self.at)), None)
        if inside in _VERBATIM and mark != inside:
            mark = None
        elif char == "[" and inside not in _VERBATIM and self._link():
            return
        if mark is not None:
            self._toggle(mark)
            return
        is_quote = char == ">" and (self.at == 0 or self.source[self.at - 1] == "\n")
        if not self.is_legacy and inside not in _VERBATIM and char in _RESERVED and not is_quote:
            raise bad_request(
                f"can't parse entities: Character '{char}' is reserved and must be escaped with "
                "the preceding '\\'"
            )
        self.text += "" if is_quote and not self.is_legacy else char
        self.at += 1

    def _escapes_next(self) -> bool:
        following = self.source[self.at + 1 : self.at + 2]
        if self.is_legacy:
            return following in ("_", "*", "`", "[")
        return following.isascii() and following.isprintable() and following != ""

    def _toggle(self, mark: str) -> None:
        if self.open and self.open[-1][0] == mark:
            _, offset, _ = self.open.pop()
            self._add(self.marks[mark], offset)
        else:
            at = len(self.source[: self.at].encode())
            self.open.append((mark, self._offset(), at))
        self.at += len(mark)

    def _link(self) -> bool:
        middle = self.source.find("](", self.at)
        end = self.source.find(")", middle)
        if middle < 0 or end < 0:
            return False
        label, url = self.source[self.at + 1 : middle], self.source[middle + 2 : end]
        offset = self._offset()
        self.text += label.replace("\\", "")
        self._add("text_link", offset, url=url.replace("\\", ""))
        self.at = end + 1
        return True

    def _add(self, kind: str, offset: int, **extra: str) -> None:
        length = self._offset() - offset
        if length:
            self.entities.append({"type": kind, "offset": offset, "length": length, **extra})

    def _offset(self) -> int:
        return len(self.text.encode("utf-16-le")) // 2


def _outer_first(entity: dict[str, Any]) -> tuple[int, int]:
    return int(entity["offset"]), -int(entity["length"])
