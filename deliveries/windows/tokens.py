"""Cuts a message into folded tokens: words, numbers and single marks.

Folding makes what people type comparable: lower case, no accents, ASCII digits and quotes, no
invisible characters. It runs once over the text and takes time linear in its length.
"""

import re
import unicodedata
from typing import NamedTuple

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|\n|[^\w\s]|_")
_SAME = {
    **dict.fromkeys(map(ord, "‘’‛`´ʼʹ′＇"), "'"),  # noqa: RUF001 - the look-alikes are the point
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹣－~〜"), "-"),  # noqa: RUF001 - likewise
    ord("½"): " half ",
    ord("ß"): "ss",
    ord("œ"): "oe",
    ord("æ"): "ae",
    ord("ø"): "o",
    ord("ı"): "i",  # noqa: RUF001 - likewise
    ord("×"): "x",  # noqa: RUF001 - likewise
}
_INVISIBLE = frozenset({"Mn", "Me", "Cf", "Cc"})


class Token(NamedTuple):
    """One word, number or mark.

    ``glued`` says that no space stands before it, so that ``5pm`` and ``12B`` can be told from
    ``5 pm`` and ``12 B``.
    """

    text: str
    glued: bool

    @property
    def is_number(self) -> bool:
        """Whether the token is a run of digits."""
        return self.text[0] in "0123456789"

    @property
    def is_word(self) -> bool:
        """Whether the token is a run of letters."""
        return self.text[0].isalpha()


def _fold_character(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if character == "\n":
        return character
    return "" if unicodedata.category(character) in _INVISIBLE else character


def fold(text: str) -> str:
    """Return the text without accents, case, invisible characters and foreign digits."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(_SAME)).casefold()
    return "".join(
        character if character.isascii() else _fold_character(character) for character in plain
    )


def tokenise(text: str, *, joined: bool) -> list[Token]:
    """Return the tokens of a message.

    Args:
        text: The message as it came.
        joined: Whether an apostrophe joins (English ``can't``) or parts (French ``l'aprem``).
    """
    folded = fold(text).replace("'", "" if joined else " ")
    tokens = []
    end = -1
    for match in _TOKEN.finditer(folded):
        start = match.start()
        tokens.append(Token(match.group(), start == end))
        end = match.end()
    return tokens
