"""Finds house numbers and the codes that open doors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlu.entities.finding import Finding, from_group
from nlu.entities.words import NOT_A_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOOR = r"(\d{1,4}(?: ?(?:bis|ter)\b| ?[a-f](?![\w']))?)"
_MONTH = (
    r"(?:jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|ene|abr|ago|dic|fev|avr|juin|aout)"
)
# What makes of "at 5" or "au 12" a time or a date.
_NOT_A_TIME = (
    r"(?! ?(?:am|pm|a\.m|p\.m|o'?clock|uhr|h\b|heures?|horas?|mins?\b|minut|hours?|hrs?\b|days?\b|dias?\b|jours?"
    r"|tage?n?\b|weeks?|wochen?|semanas?|semaines?|%|percent|euros?|pounds?|quid|de la (?:manana|tarde|noche)"
    r"|del mediodia|in the (?:morning|afternoon|evening)|tonight|this (?:morning|afternoon|evening)"
    rf"|(?:of |de |st |nd |rd |th |\. ?){_MONTH}|{_MONTH}|st\b|nd\b|rd\b|th\b|er\b"
    r"|(?:parcel|package|box|item|paquete|colis|paket)"
    r"|[-–/] ?\d|[:.,h]\d|\d))"
)
_STREET_AFTER = (
    r"(?:[a-z'-]+ ){1,3}(?:street|st|road|rd|lane|ln|avenue|ave|av|close|drive|way|court|gardens|place|terrace"
    r"|crescent|grove|row|mews|square|sq|hill|walk)\b"
)
_HOUSE_NUMBERS = [
    re.compile(pattern)
    for pattern in (
        # "number 12", "flat 3b", "Nr. 5", "n° 12": the word says what it is
        r"(?<!phone )(?<!tracking )(?<!order )(?<!parcel )(?<!mobile )(?<!option )(?<!reference )(?<!account )"
        r"(?<!suivi )(?<!telefon )(?<!handy )(?<!ticket )(?<!customer )(?<!routing )"
        r"\b(?:house number|house no|house nr|number|numbers|nmbr|no|nos|nr|num|flat|apt|apartment|appartement|appart|appt"
        r"|unit|house|door|haus|hausnummer|hausnr|nummer|wohnung|whg|numero|maison|porte|puerta|portal|piso|casa|batiment|"
        r"etage|depto|departamento|top|tur)\b\.? ?[:#]? ?(?:ist |is |est |es |la |el |le )?" + _DOOR + _NOT_A_TIME,
        r"(?:#|№|n°|nº|n\.º|n\.°) ?" + _DOOR + _NOT_A_TIME,
        # "14 Oak Street", "12 rue Hoche", "12, avenue Foch"
        r"(?<![\d:.])\b" + _DOOR + r",? (?=" + _STREET_AFTER + ")",
        r"(?<![\d:.])\b" + _DOOR + r",? (?=(?:rue|avenue|av|bd|boulevard|allee|chemin|impasse|quai|cours|route)\b)",
        # "Hauptstraße 14", "calle Mayor 12"
        r"\b[a-z-]+(?:strasse|straße|str\.?|weg|gasse|allee|platz|ring|damm|ufer) ?" + _DOOR + _NOT_A_TIME,
        r"\b(?:calle|avenida|avda|plaza|paseo|camino) (?:[a-z]+ ){1,4}?(?:n\S* ?)?" + _DOOR + _NOT_A_TIME,
        # "the lady at 12", "Mrs Patel at 14", "my neighbour in 7"
        r"\b(?:neighbou?rs?|next door|lady|man|guy|bloke|woman|couple|family|people|someone|friend|mum|mom|dad|gran"
        r"|nan|sister|brother|mate|folks|opposite|across|over the road|house)(?: [a-z'-]+){0,3}?,? "
        r"(?:at|in|from|@) (?:the )?" + _DOOR + _NOT_A_TIME,
        r"\b(?:mr|mrs|ms|miss|dr|mx)\.? [a-z'-]+(?: [a-z'-]+)?,? (?:at|in|from|of|@)? ?" + _DOOR + _NOT_A_TIME,
        r"\b(?:leave|left|drop|give|hand|take|deliver|pass)\b[^.!?\d]{0,30}\bwith [a-z' -]{2,30}?,? (?:at|in|@) "
        + _DOOR + _NOT_A_TIME,
        r"\b(?:leave|drop|hand|put|try)\b(?: it| them| that| this| my parcel| the parcel| the package)?(?: in| off| over)? (?:at|to|with) "
        + _DOOR + _NOT_A_TIME,
        # "14 next door will take it", "bob at 16 will sign", "neighbours at 5 and 7"
        r"(?<![\d:.])\b" + _DOOR + r"(?= (?:next door|across the|opposite|over the road|down the road|(?:will|can|could|would) (?:take|sign|accept|have|hold|grab|mind)))",
        r"\b[a-z'-]{2,} (?:at|in) " + _DOOR + r"(?= (?:will|can|is in|would|said|has|could|take|have|hold|sign|keep)\b)",
        r"\bdoors? (?:down|up|along),? " + _DOOR + _NOT_A_TIME,
        r"\ben el " + _DOOR + r"(?=\W*$)",
        r"\b(?:neighbou?rs?|houses|numbers|flats|nos)(?: at| in)? \d{1,4}[a-f]? (?:and|or|&) " + _DOOR + _NOT_A_TIME,
        # German, French, Spanish neighbours
        r"\b(?:frau|herrn?|fam\.?|familie|nachbar(?:in|n|s)?(?: [a-z]+)?)(?: [a-z-]+){0,2},? "
        r"(?:(?:in|aus|von)(?: der)?|nr\.?|bei)? ?" + _DOOR + _NOT_A_TIME,
        r"\b(?:mme|madame|m\.|mr|monsieur|mlle|voisine?s?|chez)(?: [a-z'-]+){0,3}?,? (?:au|du|de)? ?" + _DOOR + _NOT_A_TIME,
        r"\b(?:vecin[oa]s?|sra?\.?|senora?|don|dona)(?: [a-z'-]+){0,3}?,? (?:(?:el|la|los) )?(?:en el|del|en la|de la|al) ?"
        + _DOOR + _NOT_A_TIME,
        r"\b(?:nebenan|gegenuber|en face|a cote|enfrente|al lado),? (?:in|au|en|del|du)?(?: der| el)? ?" + _DOOR + _NOT_A_TIME,
    )
]
_ALONE = re.compile(r"^\W*(?:try )?(?:at |in |the |au |al |en el |el |la |le |die |in der )?(\d{1,4} ?(?:[a-f]|bis|ter)?)(?: (?:please|pls|plz|bitte|svp|por favor|porfa))?\W*$")

# "dave, 12": a name and a number, and nothing else.
_AFTER_NAME = re.compile(r"^\W*(?P<name>[^\W\d_]{2,})(?: [^\W\d_]{2,})?,? #?" + _DOOR + r"\W*$")

_CODE_WORD = (
    r"(?:(?<!post )(?<!post)(?<!zip )(?<!qr )(?<!bar)(?:access |entry |gate |door |key ?safe |keypad |building |main |lock ?box |front door )?"
    r"codes?|key ?pad|pin|key ?safe|lock ?box|buzzers?|buzz|intercom|entry ?phone|door ?bell|bell|combination|passcode"
    r"|(?:gegen)?sprechanlage|coffre a cles?|turcode|tuercode|torcode|zugangscode|hauscode|eingangscode|klingel\w*|klingeln bei|zahlencode|digicode|interphone|sonnettes?|sonnez|sonner"
    r"|codigos?|clave|cajetin|caja de llaves|schl[uo]sselbox|schl[uo]ssel(?:kasten|tresor|safe)|boite a cles?|key ?box|timbre|portero(?: automatico)?|telefonillo|interfono|contrasena)"
)
_CODE = r"([#*]?(?=[a-z]{0,3}\d)[0-9a-z]{1,8}(?:[ -]\d{1,4})?[#*]?)(?![\w:])"
_ACCESS_CODES = [
    re.compile(pattern)
    for pattern in (
        r"\b" + _CODE_WORD + r"(?: (?:number|no\.?|nummer|nr\.?|numero|nuev[oa]))?(?: (?:for|to|on|at|of|fur|furs|pour|de|del|du|para|zum|am|an|vom|von)"
        r"(?: (?:the|my|die|das|den|der|la|le|el|les))?(?: (?:l')?[a-z]+){1,3}?)?"
        r" ?(?:is|ist|est|es|c'est|lautet|are|son|(?:has )?changed to|=|:|->)? ?(?:now |jetzt |still )?" + _CODE,
        r"\b(?:use|enter|type|punch in|press|dial|buzz|ring|push|druck\w*|tippe?n?|klingel\w*|tapez|sonnez|sonner|composez|appuyez sur"
        r"|marca|pulsa|teclea|introduce)(?: sie)?(?: in| flat| apartment| number| nr\.?| el| le| la| die| au| a| bei| al)? ([#*]?\d{1,6}[#*]?)(?![\w:])"
        r"(?! ?(?:am|pm|times|uhr|mins?|minutes|veces|fois|mal)\b)",
        r"\b(?:gate|door|tor|haustur|portail|portillon|porton|puerta|verja) (?:is|hat|ist|tiene|es|c'est) (#?\d{3,8}#?)(?![\w:])",
        r"\b(?:bei|an) (#?\d{1,4}) (?:klingeln|lauten|schellen)\b",
        r"(?<![\w:])([#*]?\d{3,8}[#*]?) (?:is|ist|est|es) (?:the|my|der|die|le|el|la|mein) " + _CODE_WORD,
        r"(?<![\w:])([#*]?\d{3,8}[#*]?) (?:on|for|at|in|am|fur|an|sur|pour|en|para) (?:the|das|die|den|der|le|la|el) "
        r"(?:key ?pad|gate|door|main door|front door|key ?safe|tor|tur|haustur|portail|porte|puerta|porton|entry)\b",
    )
]


def house_numbers(text: str, flat: str) -> Iterator[Finding]:
    """Yield the numbers of doors, as "14", "3B" or "12 BIS"."""
    alone = _ALONE.match(flat)
    matches = [alone] if alone else [found for pattern in _HOUSE_NUMBERS for found in pattern.finditer(flat)]
    named = _AFTER_NAME.match(flat)
    if named and named["name"] not in NOT_A_NAME:
        matches.append(named)
    for match in matches:
        found = from_group("house_number", match, text, group=match.lastindex or 1)
        value = re.sub(r"(\d) (?=[A-Fa-f]$)", r"\1", found.value).upper()
        yield Finding(found.entity, found.start, found.end, value)


def access_codes(text: str, flat: str) -> Iterator[Finding]:
    """Yield codes for gates, doors, key safes, and buzzers' numbers."""
    for pattern in _ACCESS_CODES:
        for match in pattern.finditer(flat):
            yield from_group("access_code", match, text)
