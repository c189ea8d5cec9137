"""SMS in the GSM 7-bit alphabet: what fits it, what can be made to, and how many segments it takes.

The alphabet is that of 3GPP TS 23.038 section 6.2.1. One character outside it turns the whole
message into UCS-2, which holds less than half as much.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")

# Typography only: letters of names and places stay what they are.
_PLAIN = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u2032": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2033": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u2026": "...",
        "\u2022": "*",
        "\u00b7": "-",
        "\u00a0": " ",
        "\u2007": " ",
        "\u2008": " ",
        "\u2009": " ",
        "\u200a": " ",
        "\u202f": " ",
        "\t": " ",
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u200e": None,
        "\u200f": None,
        "\u2060": None,
        "\u2066": None,
        "\u2067": None,
        "\u2068": None,
        "\u2069": None,
        "\ufe0f": None,
        "\ufeff": None,
    }
)

# What no mark can be taken off of, and letters joined into one.
_PLAINER = {"œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ẞ": "ß"}

_GSM_SINGLE, _GSM_PART = 160, 153
_UCS2_SINGLE, _UCS2_PART = 70, 67


@dataclass(frozen=True)
class Segments:
    """What a text costs as SMS."""

    encoding: str
    count: int


def to_sms(text: str) -> str:
    """Return the text as it leaves as SMS.

    Letters that the alphabet lacks lose their marks (á, ó, ê; never ñ or é, which it has) where
    the whole text then fits the alphabet and takes fewer segments; elsewhere they stay.
    """
    plain = to_gsm(text)
    bare = without_marks(plain)
    is_worth_it = not outside_gsm(bare) and segments(bare).count < segments(plain).count
    return bare if is_worth_it else plain


def to_gsm(text: str) -> str:
    """Return the text with typographic characters replaced by those of the alphabet."""
    return unicodedata.normalize("NFC", text).translate(_PLAIN)


def without_marks(text: str) -> str:
    """Return the text with letters outside the alphabet written as the nearest inside it."""
    return "".join(each if each in _BASIC else _bare(each) for each in text)


def _bare(letter: str) -> str:
    if letter in _PLAINER:
        return _PLAINER[letter]
    marked = unicodedata.normalize("NFD", letter)
    return "".join(each for each in marked if not unicodedata.combining(each))


def outside_gsm(text: str) -> frozenset[str]:
    """Return the characters that turn the text into UCS-2."""
    return frozenset(text) - _BASIC - _EXTENDED


def segments(text: str) -> Segments:
    """Count the segments that networks bill for a text."""
    if outside_gsm(text):
        units = [len(letter.encode("utf-16-be")) // 2 for letter in text]
        return Segments("UCS-2", _parts(units, single=_UCS2_SINGLE, part=_UCS2_PART))
    units = [2 if letter in _EXTENDED else 1 for letter in text]
    return Segments("GSM-7", _parts(units, single=_GSM_SINGLE, part=_GSM_PART))


def _parts(units: Iterable[int], *, single: int, part: int) -> int:
    """Count parts; a character of two units is never cut in two."""
    sizes = list(units)
    if sum(sizes) <= single:
        return 1
    count, room = 1, part
    for size in sizes:
        if size > room:
            count, room = count + 1, part
        room -= size
    return count
