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
    r"(?:phone|call|ring|mobile|mob|cell|tel|whatsapp|text me|contact|reach me|(?<!tracking )(?<!order )(?<!parcel )(?<!reference )numbers? (?:is|are)|cel\b|celular|mi numero|marc\w*|meine nummer|mon numero|handy"
    r"|telefon\w*|ruf\w*|anruf\w*|erreich\w*|movil|llam\w*|portable|appel\w*|joindre|joign\w*)\b[^\d+]{0,30}$"
)
# Nine digits from a six, seven or nine on, as they are grouped in Spain, where numbers have no leading zero.
_SPANISH = re.compile(r"[679]\d{2}[ -]?\d{3}[ -]?\d{3}|[679]\d{2}(?:[ -]\d{2}){3}|9\d(?: \d{3}){1}(?: \d{2}){2}")
# "JJ 123 456 789 GB" is a tracking number.
_LETTERS_BEFORE = re.compile(r"(?<![a-z])[a-z]{2} ?$(?<!al )(?<!to )(?<!on )(?<!me )(?<!is )(?<!es )(?<!le )(?<!au )(?<!el )(?<!it )(?<!at )(?<!an )")
# Written in one piece without a plus or a nought, so many digits are a tracking number.
_TRACKING_DIGITS = 13
_PHONE_DIGITS = range(7, 16)


def phone_numbers(text: str, flat: str) -> Iterator[Finding]:
    """Yield telephone numbers: those that begin like one, and others only where one is announced."""
    for match in _PHONE.finditer(flat):
        digits = re.sub(r"\D", "", match[1])
        if len(digits) >= _TRACKING_DIGITS and match[1].isdigit() and not match[1].startswith("0"):
            continue
        begins_like_one = match[1].startswith(("+", "00", "0", "(0")) or _SPANISH.fullmatch(match[1])
        if len(digits) not in _PHONE_DIGITS or _LETTERS_BEFORE.search(flat[: match.start()]):
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
