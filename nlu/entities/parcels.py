"""Finds which of several parcels somebody means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlu.entities.finding import from_group

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlu.entities.finding import Finding

_PARCEL = r"(?:parcels?|packages?|box(?:es)?|ones?|items?|orders?|deliver(?:y|ies)|packets?)"
_GOODS = (
    r"(?:shoes|trainers|boots|dress|clothes|jacket|coat|jeans|laptop|phone|tablet|books?|tv|television|monitor|printer|sofa|couch|mattress|wine|plants?|flowers|bike|bicycle|toys?"
    r"|toaster|kettle|fridge|washing machine|microwave|lamp|desk|chair|table|rug|curtains|headphones|keyboard|camera|medicine|meds|contact lenses|pet food|dog food|cat litter|nappies)"
)
_GERMAN_GOODS = (
    "schuhe|stiefel|kleid|jacke|hose|laptop|handy|tablet|buch|bucher|fernseher|monitor|drucker|sofa|matratze|wein|pflanzen?|blumen|fahrrad"
    "|spielzeug|lampe|stuhl|tisch|teppich|kopfhorer|kamera|medikamente|tierfutter|hundefutter|katzenstreu|windeln"
)
_SPANISH_GOODS = (
    "zapatos|zapatillas|botas|vestido|chaqueta|pantalones|portatil|tablet|libros?|tele|televisor|monitor|impresora|sofa|colchon"
    "|vino|plantas?|flores|bici|bicicleta|juguetes?|lampara|silla|alfombra|auriculares|camara|medicinas|medicamentos|panales"
)
_FRENCH_GOODS = (
    "chaussures|baskets|bottes|robe|veste|pantalon|portable|tablette|livres?|tele|ecran|imprimante|canape|matelas|vin|plantes?|fleurs"
    "|velo|jouets?|lampe|chaise|tapis|casque|medicaments|croquettes|couches"
)
_ORDINAL = r"(?:first|second|third|fourth|last|other|1st|2nd|3rd|4th|big|bigger|biggest|small|smaller|smallest|large|larger|heavy|heavier|later|earlier)"
_PATTERNS = [
    re.compile(pattern)
    for pattern in (
        rf"\b(both(?: of (?:them|my {_PARCEL}|the {_PARCEL}))?(?: {_PARCEL})?)(?! (?:days?|times?|mornings?|afternoons?|evenings?|sides?|neighbou?rs?|people|work|fine|away|out|in\b|here|at work))\b",
        rf"\b(all (?:of (?:them|it|my {_PARCEL}|the {_PARCEL}|those)|{_PARCEL}|my {_PARCEL}|the {_PARCEL}|two|three|four|five|\d)(?: {_PARCEL})?)\b",
        rf"\b(the {_ORDINAL}(?: {_PARCEL})?)(?! (?:day|time|week|month|house|floor|door|attempt|of|slot|option|thing|neighbour|street|garden|shed))\b",
        rf"\b(the one (?:from|with|by|that has|containing) (?:the |my )?[a-z0-9'&-]+(?: [a-z0-9'&-]+)?)\b",
        rf"\b((?:the|my) (?!other\b|same\b)[a-z0-9'&-]+ (?:parcel|package|order))\b",
        rf"\b((?:the|my) {_GOODS})\b",
        rf"\b((?:die|der|das|den|meine?n?) (?:{_GERMAN_GOODS})|(?:los|las|el|la|mis?) (?:{_SPANISH_GOODS})|(?:les?|la|mes|mon|ma) (?:{_FRENCH_GOODS})|l'ordinateur)\b",
        r"\b((?:das|die|der) (?:paket )?von (?!nebenan|gegenuber|oben|unten|mir|uns|ihnen|euch)[a-z0-9&-]{3,})",
        r"\b((?:el|la|los) (?:paquete )?de (?!la\b|los\b|al\b|abajo|arriba|enfrente|atras|las\b|un\b|mi\b|siempre|antes|hoy|manana)[a-z0-9&-]{3,}(?= no| si| y|,|\.|$))",
        r"\b((?:das|die|der) mit (?:dem|der|den) [a-z-]{3,}|(?:celui|celle) avec (?:les?|la|l'|des) ?[a-z-]{3,}|el que trae [a-z ]{3,20})",
        r"\b((?:la|las) cajas? (?:grande|pequena|pesada)s?|le (?:gros|petit) (?:carton|paquet)|l[oa]s (?:dos|tres|cuatro)(?: paquetes| cajas)?|les (?:trois|quatre)(?: colis)?"
        r"|die (?:drei|vier)(?: pakete)?)(?! (?:dias?|horas?|veces|jours?|heures?|fois|tage|stunden|de la|en punto|y media|semanas?|semaines?|wochen))\b",
        r"\b(celui (?:d'|de (?!la\b|chez\b))[a-z0-9&-]{3,})(?! ?(?:gare|poste|relais))",
        r"\b((?:alle(?:s)? (?:pakete|drei|zwei|beide)?|alle|beide(?: pakete)?|(?:das|die|den|der) (?:erste|zweite|dritte|letzte|andere|gro(?:ss|ß)e|gro(?:ss|ß)ere|kleine|kleinere|schwere|schwerere)n?(?: paket)?))(?! (?:tage|mal|male))\b",
        r"\b((?:tous(?: les (?:deux|trois|colis))?|toutes|les deux(?: colis)?|(?:le|la) (?:plus )?(?:premiere?|deuxieme|second|seconde|troisieme|derniere?|autre|gros|grosse|grande?|petite?|lourde?)(?: colis)?|l'autre(?: colis)?))"
        r"(?! (?:jours?|heures?|fois|semaine|etage|matins?|soirs?))\b",
        r"\b((?:todos(?: los paquetes)?|los dos(?: paquetes)?|ambos(?: paquetes)?|(?:el|la) (?:mas )?(?:primer[oa]?|segund[oa]|tercer[oa]?|ultim[oa]|otr[oa]|grande|pequen[oa]|pesad[oa])(?: paquete| caja)?))"
        r"(?! (?:dias?|horas?|vez|veces|piso|semanas?|opcion|noche|manana|tarde))\b",
    )
]
_ALONE = re.compile(r"^\W*((?:all|everything|alle|alles|beide|both|tous|toutes|tout|todo|todos|ambos|los dos|les deux))(?: (?:please|pls|bitte|svp|por favor|porfa))?\W*$")


def parcels_meant(text: str, flat: str) -> Iterator[Finding]:
    """Yield the words that say which parcels are meant: "both", "the second one", "the shoes"."""
    alone = _ALONE.match(flat)
    for match in [alone] if alone else [found for pattern in _PATTERNS for found in pattern.finditer(flat)]:
        yield from_group("which_parcel", match, text)
