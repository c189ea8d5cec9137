"""How many SMS segments a text needs (GSM 03.38: 160/153 septets; UCS-2: 70/67 units)."""

from dataclasses import dataclass
from typing import Literal

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")

_SINGLE = {"GSM-7": 160, "UCS-2": 70}
_JOINED = {"GSM-7": 153, "UCS-2": 67}
_LAST_BASIC_PLANE = 0xFFFF


@dataclass(frozen=True)
class Segments:
    """The encoding of a text and the number of segments it takes."""

    encoding: Literal["GSM-7", "UCS-2"]
    count: int


def count_segments(text: str) -> Segments:
    """Count the segments of a text; an empty one still takes one.

    A character of two units (an escape in GSM-7, a surrogate pair in UCS-2) is never split over
    two segments.
    """
    if all(char in _BASIC or char in _EXTENDED for char in text):
        return Segments("GSM-7", _pack([2 if char in _EXTENDED else 1 for char in text], "GSM-7"))
    widths = [2 if ord(char) > _LAST_BASIC_PLANE else 1 for char in text]
    return Segments("UCS-2", _pack(widths, "UCS-2"))


def _pack(widths: list[int], encoding: str) -> int:
    if sum(widths) <= _SINGLE[encoding]:
        return 1
    count, room = 1, _JOINED[encoding]
    for width in widths:
        if width > room:
            count, room = count + 1, _JOINED[encoding]
        room -= width
    return count
