"""Finds telephone numbers and tracking numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlu.entities.finding import Finding, from_group

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRACKING_SHAPES = re.compile(
    r"(?<![\w-])("
    r"1z ?[0-9a-z]{16}"  # UPS
    r"|[a-z]{2} ?\d{3} ?\d{3} ?\d{3} ?[a-z]{2}"  # UPU S10
    r"|[a-z]{1,4}-?\d{5,24}[a-z]{0,2}"
    r"|[a-z]{2,4}-(?=[0-9a-z-]*\d{3})[0-9a-z]+(?:-[0-9a-z]+)*"
    r"|\d{11,24}"
    r"|(?=[0-9a-z]*[a-z])(?=(?:[0-9a-z]*\d){5})[0-9a-z]{9,24}"
    r")(?![\w-])"
)
_TRACKING_SAID = re.compile(
    r"\b(?:tracking|track|consignment|parcel|shipment|reference|ref|order|sendung\w*|sendungsnummer|paket"
    r"|suivi|colis|envio|seguimiento|paquete|pedido|referencia|commande|bestellung\w*)\.? ?"
    r"(?:number|no|nr|num|numero|nummer|id|code|codigo|n°|nº|#|de suivi|de seguimiento)?\.? ?(?:is|ist|est|es)?"
    r" ?[:#]? ?((?=[0-9a-z-]*\d{4})[0-9a-z][0-9a-z-]{4,23})(?![\w-])"
)
_PHONE = re.compile(r"(?<![\w+./-])((?:\+|00)?\(?\d[\d ().\-/]{6,18}\d)(?![\w-])")
_PHONE_SAID = re.compile(
    r"(?:phone|call|ring|mobile|mob|cell|tel|whatsapp|text me|contact|reach me|numbers? (?:is|are)|handy"
    r"|telefon\w*|ruf\w*|anruf\w*|erreich\w*|movil|llam\w*|portable|appel\w*|joindre|joign\w*)\b[^\d+]{0,30}$"
)
_PHONE_DIGITS = range(7, 16)


def phone_numbers(text: str, flat: str) -> Iterator[Finding]:
    """Yield telephone numbers: those that begin like one, and others only where one is announced."""
    for match in _PHONE.finditer(flat):
        digits = re.sub(r"\D", "", match[1])
        begins_like_one = match[1].startswith(("+", "00", "0", "(0"))
        if len(digits) not in _PHONE_DIGITS:
            continue
        if begins_like_one or _PHONE_SAID.search(flat[: match.start()]):
            found = from_group("phone_number", match, text)
            plus = "+" if match[1].startswith("+") else ""
            yield Finding(found.entity, found.start, found.end, plus + digits)


def tracking_numbers(text: str, flat: str) -> Iterator[Finding]:
    """Yield tracking numbers, in capitals and without spaces."""
    for pattern in (_TRACKING_SHAPES, _TRACKING_SAID):
        for match in pattern.finditer(flat):
            found = from_group("tracking_number", match, text)
            yield Finding(found.entity, found.start, found.end, found.value.replace(" ", "").upper())
