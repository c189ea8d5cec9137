"""Parses formatted text (core.telegram.org/bots/api#formatting-options)."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.markdown import parse_markdown
from sandbox.telegram.params import Params

MAX_TEXT = 4096
_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TOKEN = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)([^<>]*)>|&(#?[A-Za-z0-9]+);|([^<&]+|[<&])")
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
_NAMED = frozenset({"lt", "gt", "amp", "quot"})
_COMMAND = re.compile(r"(?:^|(?<=\s))/[A-Za-z0-9_]{1,32}")

Entities = list[dict[str, Any]]


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units, in which the Bot API counts."""
    return len(text.encode("utf-16-le")) // 2


def read_text(params: Params, name: str = "text", most: int = MAX_TEXT) -> tuple[str, Entities]:
    """Return a text and its entities as the call formats it.

    Raises:
        RefusedMethodError: If the markup cannot be parsed, or the text is empty or too long.
    """
    text, entities = _parse(params, name)
    text = text.strip()
    if not text and name == "text":
        raise bad_request("message text is empty")
    if utf16_length(text) > most:
        raise bad_request(
            "message is too long" if name == "text" else "message caption is too long"
        )
    return text, entities


def commands_in(text: str) -> Entities:
    """Return the entities of the bot commands in a person's text."""
    return [
        {
            "type": "bot_command",
            "offset": utf16_length(text[: found.start()]),
            "length": utf16_length(found.group()),
        }
        for found in _COMMAND.finditer(text)
    ]


def _parse(params: Params, name: str) -> tuple[str, Entities]:
    text = params.text(name)
    mode = params.text("parse_mode").lower()
    if not mode:
        given = params.structure("entities" if name == "text" else "caption_entities")
        return text, given if isinstance(given, list) else []
    if mode == "html":
        return _Html().parse(text)
    if mode in ("markdownv2", "markdown"):
        return parse_markdown(text, is_legacy=mode == "markdown")
    raise bad_request("unsupported parse_mode")


@dataclass
class _Html:
    text: str = ""
    entities: Entities = field(default_factory=list)
    open: list[tuple[str, int, dict[str, str]]] = field(default_factory=list)

    def parse(self, source: str) -> tuple[str, Entities]:
        for token in _TOKEN.finditer(source):
            closing, tag, attributes, reference, plain = token.groups()
            if tag is not None:
                at = len(source[: token.start()].encode())
                self._end(tag.lower(), at) if closing else self._begin(tag.lower(), attributes, at)
            elif reference is not None:
                known = reference in _NAMED or reference.startswith("#")
                self.text += html.unescape(token.group()) if known else token.group()
            elif plain == "<":
                at = len(source[: token.start()].encode())
                raise bad_request(
                    f'can\'t parse entities: Unsupported start tag "" at byte offset {at}'
                )
            else:
                self.text += plain
        if self.open:
            raise bad_request(
                "can't parse entities: Can't find end tag corresponding to start tag "
                f'"{self.open[-1][0]}"'
            )
        return self.text, sorted(self.entities, key=_outer_first)

    def _begin(self, tag: str, attributes: str, at: int) -> None:
        if tag not in _KINDS or (tag == "span" and "tg-spoiler" not in attributes):
            raise bad_request(
                f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {at}'
            )
        href = _HREF.search(attributes)
        url = next((part for part in href.groups() if part), "") if href else ""
        extra = {"url": html.unescape(url)} if tag == "a" else {}
        self.open.append((tag, utf16_length(self.text), extra))

    def _end(self, tag: str, at: int) -> None:
        if not self.open:
            raise bad_request(f"can't parse entities: Unexpected end tag at byte offset {at}")
        opened, offset, extra = self.open.pop()
        if opened != tag:
            raise bad_request(
                f"can't parse entities: Unmatched end tag at byte offset {at}, "
                f'expected "</{opened}>", found "</{tag}>"'
            )
        length = utf16_length(self.text) - offset
        if length:
            self.entities.append({"type": _KINDS[tag], "offset": offset, "length": length, **extra})


def _outer_first(entity: dict[str, Any]) -> tuple[int, int]:
    return int(entity["offset"]), -int(entity["length"])
