"""Finds which of several parcels somebody means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlu.entities.finding import Finding, from_group

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARCEL = r"(?:parcels?|packages?|box(?:es)?|ones?|items?|orders?|deliver(?:y|ies)|packets?)"
_GOODS = (
    r"(?:shoes|trainers|boots|dress|clothes|jacket|coat|jeans|laptop|phone|tablet|books?|tv|television|monitor|printer|sofa|couch|mattress|wine|plants?|flowers|bike|bicycle|toys?"
    r"|toaster|kettle|fridge|washing machine|microwave|lamp|desk|chair|table|rug|curtains|headphones|keyboard|camera|medicine|meds|contact lenses|pet food|dog food|cat litter|nappies)"
)
_ORDINAL = r"(?:first|second|third|fourth|last|other|1st|2nd|3rd|4th|big|bigger|biggest|small|smaller|smallest|large|larger|heavy|heavier|later|earlier)"
_PATTERNS = [
    re.compile(pattern)
    for pattern in (
        rf"\b((?:for )?both(?: of (?:them|my {_PARCEL}|the {_PARCEL}))?(?: {_PARCEL})?)(?! (?:days?|times?|mornings?|afternoons?|evenings?|sides?|neighbou?rs?|people|work|fine))\b",
        rf"\b(all (?:of (?:them|it|my {_PARCEL}|the {_PARCEL}|those)|{_PARCEL}|my {_PARCEL}|the {_PARCEL}|two|three|four|five|\d)(?: {_PARCEL})?)\b",
        rf"\b((?:just |only )?the {_ORDINAL}(?: {_PARCEL})?)(?! (?:day|time|week|month|house|floor|door|attempt|of|slot|option|thing|neighbour|street|garden|shed))\b",
        rf"\b((?:just |only )?the one (?:from|with|by|that has|containing) (?:the |my )?[a-z0-9'&-]+(?: [a-z0-9'&-]+)?)\b",
        rf"\b((?:the|my) (?!other\b|same\b)[a-z0-9'&-]+ (?:parcel|package|order))\b",
        rf"\b((?:just |only )?(?:the|my) {_GOODS})\b",
        r"\b((?:alle(?:s)? (?:pakete|drei|zwei|beide)?|alle|beide(?: pakete)?|(?:nur )?(?:das|die) (?:erste|zweite|dritte|letzte|andere|grosse|kleine|schwere)(?: paket)?))(?! (?:tage|mal|male))\b",
        r"\b((?:tous(?: les (?:deux|trois|colis))?|toutes|les deux(?: colis)?|(?:seulement )?(?:le|la) (?:premiere?|deuxieme|second|seconde|troisieme|derniere?|autre|gros|grand|petit)(?: colis)?|l'autre(?: colis)?))"
        r"(?! (?:jours?|heures?|fois|semaine|etage|matins?|soirs?))\b",
        r"\b((?:todos(?: los paquetes)?|los dos(?: paquetes)?|ambos(?: paquetes)?|(?:solo )?el (?:primer|primero|segundo|tercero|tercer|ultimo|otro|grande|pequeno|pesado)(?: paquete)?))"
        r"(?! (?:dias?|horas?|vez|veces|piso))\b",
    )
]
_ALONE = re.compile(r"^\W*((?:all|everything|alle|alles|beide|both|tous|toutes|tout|todo|todos|ambos|los dos|les deux)(?: (?:please|pls|bitte|svp|por favor))?)\W*$")
_PLAIN = re.compile(r"^(?:for |just |only |nur |seulement |solo )+|(?: please| pls| bitte| svp| por favor)$", re.IGNORECASE)


def parcels_meant(text: str, flat: str) -> Iterator[Finding]:
    """Yield the words that say which parcels are meant: "both", "the second one", "the shoes"."""
    alone = _ALONE.match(flat)
    for match in [alone] if alone else [found for pattern in _PATTERNS for found in pattern.finditer(flat)]:
        found = from_group("which_parcel", match, text)
        yield Finding(found.entity, found.start, found.end, _PLAIN.sub("", found.value))
