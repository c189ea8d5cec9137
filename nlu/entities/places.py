"""Finds safe places, pickup points, and the places somebody wants a pickup point near to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlu.entities.finding import Finding, from_group, without_overlaps
from nlu.entities.place_words import (
    LANDMARKS,
    PICKUP_POINTS,
    PREPOSITIONS,
    SAFE_PLACES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARTICLE = (
    r"(?:the |my |our |your |a |an |that |one of the |der |die |das |dem |den |ein(?:e[mnr]?)? |mein(?:e[mnr]?)? |unser(?:e[mnr]?)? "
    r"|le |la |les |l'|mon |ma |mes |notre |un |une |du |des |de la |de l'|el |los |las |una |mi |mis |nuestr[oa] |del |al )?"
)
# A word or two may stand before the noun: "the big green bin", "dem alten Schuppen".
_ADJECTIVES = r"(?:(?!with\b|until\b|by\b|and\b|or\b|when\b|if\b|not\b|no\b|in\b|at\b|on\b|town\b|city\b|village\b)[a-z'-]+ ){0,2}?"
_SAFE_PLACE = re.compile(
    rf"\b((?:{PREPOSITIONS})(?: |(?<=')){_ARTICLE}{_ADJECTIVES}(?:{SAFE_PLACES})"
    r"(?: (?:trasero|delantero|grande|of the house|of the building|out the back|round the back|at the back|at the front|hinterm haus|hinter dem haus"
    r"|du jardin|de la maison|a poubelles|a velos|aux lettres|de jardin|de fleurs|(?:de|del|de la) (?:la )?(?:casa|jardin|basura|entrada)))?)"
    r"(?![a-z])"
)
_ROUND_THE_BACK = re.compile(
    r"\b((?:round|around|out|at|in) the (?:back|side|front)(?: of (?:the|my) (?:house|building|garage|shed))?"
    r"|over the (?:back |side |garden )?(?:gate|fence|wall)|hinterm haus|hinter dem haus|hinters haus|neben dem haus"
    r"|derriere (?:la|ma) maison|a l'arriere(?: de la maison)?|detras de (?:la|mi) casa|en la parte (?:de atras|trasera))(?![a-z])"
)
_KEEPER = re.compile(
    r"\b((?:with|to|bei|beim|an den|con|chez|a|al|au) ?(?:the |our |my |dem |der |den |unserem |el |la |le |notre )?(?:building )?"
    r"(?:concierge|doorman|porter|caretaker|security(?: guard| desk)?|front desk|receptionist|pfortner(?:in)?|portier|hausmeister(?:in)?"
    r"|conserje|porter[oa]|vigilante|guardia|gardien(?:ne)?))(?![a-z])"
)
_BETWEEN = re.compile(
    rf"\b((?:between|zwischen|entre) {_ARTICLE}{_ADJECTIVES}(?:{SAFE_PLACES}) (?:and|und|et|y) {_ARTICLE}{_ADJECTIVES}(?:{SAFE_PLACES}))(?![a-z])"
)
_LINK = re.compile(r"^(?:,? (?:by|and|und|et|y|or|oder|ou|o|just|right))?,? ?$")

_END = (
    r"(?= (?:please|pls|plz|instead|tomorrow|today|tonight|on|at|after|before|from|so|because|as|if|when|and|but|thanks|thx|then|would|will"
    r"|is|i|ill|i'll|for|bitte|danke|morgen|heute|statt|weil|wenn|und|aber|svp|merci|demain|aujourd|plutot|car|si|et|mais|por favor|gracias"
    r"|manana|hoy|mejor|porque|y|pero|hay|there|gibt|il y a|wohne|wohn)\b|[.,;!?)\n]|$)"
)
_SOMEWHERE = (
    r"((?:my |mein(?:e[mnrs]?)? |der |dem |die |das |mon |ma |mi |la |el |le |l'|the |unser(?:e[mnr]?)? |our )?"
    r"(?!me\b|here\b|mir\b|hier\b|moi\b|ici\b|mi\b(?! )|aqui\b|home\b|it\b|us\b|uns\b|by\b|that\b|this\b|\d{1,2} ?(?:am|pm|h|uhr)\b|\d{1,2}\b|noon|midday)"
    r"[^.,;!?\n]{2,60}?(?: (?:at|in|on|an|auf|en|a|au|sur) (?:\d+ )?[^.,;!?\n]{2,40}?)?)" + _END
)
_NEAR = re.compile(
    r"\b(?:near(?:est|er)?(?: to)?|close(?:st|r)? to|nearby|not far from|in the area of|somewhere around"
    r"|in der nahe (?:von|vom|der|des)|in der nahe|nahe bei|nahe|nah an|(?:pres|a proximite|a cote|proche) d(?:e(?! la porte)|u|es)(?: chez)?"
    r"|cerca del?|proximo a|al lado del?|junto al?) ?" + _SOMEWHERE
)
_PICKUP_NAMED = re.compile(rf"\b((?:{PICKUP_POINTS})(?: (?:\d{{1,4}}|(?:in|on|at|an|am|rue|en) (?:the |der |la |el )?[a-z'-]+(?: (?:street|st|road|rd|lane|square|strasse|platz))?|(?:de la|del|de l'|du|de) ?(?:{LANDMARKS})))?)(?![a-z])")
_PICKUP_POINTED_AT = re.compile(
    r"\b((?:the |^)(?:one|shop|locker|pick ?up point|parcel ?shop|collection point|store|drop ?off point|point)"
    r" (?:by|near|next to|opposite|at|on|in|beside|behind|across from|outside|inside|closest to|nearest) (?:the |my )?[a-z0-9' -]{3,40}?"
    r"|(?:der|die|das|den|zum|zur|dem) (?:paketshop |packstation |abholstation |shop |filiale |kiosk |schlie(?:ss|ß)fach |paketbox )?(?:am|an der|an dem|beim|bei der|bei|im|in der|neben dem|neben der|gegenuber vom) [a-z0-9' -]{3,40}?"
    r"|(?:celui|celle|le point relais|le relais|la consigne|le casier) (?:pres|a cote|proche|en face|de|du|a(?!vec)) ?(?:de la |de l'|du |de |la |l')?[a-z0-9' -]{3,40}?"
    r"|(?:el|la) (?:punto (?:de recogida )?|tienda |taquilla |consigna )?(?:de|que esta|cerca|junto|al lado|frente) (?:en |de |a |al |del )?(?:la |el |los )?[a-z0-9' -]{3,40}?)"
    + _END
)
# Any such place will do: that is a search, and names none.
_INDEFINITE = re.compile(
    r"\b(?:any|an?|some|ein|eine|einen|einem|einer|un|une|una|algun|alguna|which|what|welche[rs]?|que|quel) (?:[a-z]+ )?$"
)
_KIND = re.compile(
    r"(?:lockers?|parcel ?shop|depot|paketshop|packstation|kiosk|consigne|point relais|taquilla|pickup station|newsagents?|corner shop"
    r"|petrol station|gas station|estanco|tabac|libreria|papeleria)"
)
_LANDMARK = re.compile(rf"\b(?:{LANDMARKS})\b")


def safe_places(text: str, flat: str) -> Iterator[Finding]:
    """Yield places at the address, each with its preposition; what belongs together is one place."""
    found = [
        from_group("place", match, text)
        for pattern in (_BETWEEN, _SAFE_PLACE, _ROUND_THE_BACK, _KEEPER)
        for match in pattern.finditer(flat)
    ]
    joined: list[Finding] = []
    for piece in sorted(without_overlaps(found), key=lambda each: each.start):
        if joined and _LINK.match(flat[joined[-1].end : piece.start]):
            start = joined.pop().start
            value = " ".join(text[start : piece.end].split())
            joined.append(Finding("place", start, piece.end, value))
        else:
            joined.append(piece)
    yield from joined


def pickup_points(text: str, flat: str) -> Iterator[Finding]:
    """Yield pickup points called by name, or by what they stand next to."""
    for match in _PICKUP_POINTED_AT.finditer(flat):
        if _LANDMARK.search(match[1]) or re.match(r"(?:the )?one|celui|celle", match[1]):
            yield from_group("pickup_point", match, text)
    for match in _PICKUP_NAMED.finditer(flat):
        if not (_KIND.fullmatch(match[1]) and _INDEFINITE.search(flat[: match.start(1)])):
            yield from_group("pickup_point", match, text)


def places_nearby(text: str, flat: str) -> Iterator[Finding]:
    """Yield the places somebody names to be near to."""
    for match in _NEAR.finditer(flat):
        yield from_group("near_place", match, text)
