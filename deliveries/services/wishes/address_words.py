"""An address as people write it in a message: postcode, street and number, flat."""

import re
from collections.abc import Iterator

from deliveries.model.address import AddressWords

LINE_LENGTH = 120
LONGEST_STREET = 4
SHORTEST_STREET = 4

_POSTCODE = re.compile(
    r"\b([A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}|[A-Z]\d\d\s?[A-Z\d]{4}|\d{4}\s?[A-Z]{2}|\d{5}(?:-\d{3,4})?"
    r"|\d{6})\b",
    re.IGNORECASE,
)
_FLAT = re.compile(
    r"\b(?:flat|apartment|apt\.?|unit|suite|room|floor|wohnung|stock|etage|étage|appartement"
    r"|appt\.?|piso|puerta|planta|escalera|apto\.?|departamento|dpto\.?)"
    r"(?:\s+(?:number|no\.?|nr\.?|nº|n°|is))*\s*#?\s*[:\-]?\s*(\d[\w/-]{0,5}|[a-z])\b"
    r"|\b(\d{1,3})(?:\.|er|e|º|ª)?\s*(?:stock|etage|étage|piso|planta|floor)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\w-])(\d{1,5}\s?[a-z]?|\d{1,4}[-/]\d{1,4}[a-z]?)(?![\w])", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_][\w'\u2019.-]*")
_ABBREVIATIONS = {
    "st": "street",
    "rd": "road",
    "ave": "avenue",
    "av": "avenue",
    "ln": "lane",
    "dr": "drive",
    "sq": "square",
    "pl": "place",
    "str": "strasse",
    "c": "calle",
    "avda": "avenida",
    "bd": "boulevard",
}
_LITTLE_WORDS = """
    is it its it's should be not no nr number num to at my the address house door please instead
    und nicht ist sondern die der das hausnummer nummer bitte adresse wohnung es el la numero
    número por favor dirección est pas le numéro flat missing forgot wrong correct
"""
_NOT_A_STREET = frozenset(_LITTLE_WORDS.split())
_INSTEAD_OF = re.compile(
    r"\b(?:not|instead of|rather than|nicht|statt|anstatt|no(?= (?:el|la|\d))|en vez de|pas"
    r"|au lieu de)\s+(?:\w+\s+)?\d+\s?[a-z]?\b",
    re.IGNORECASE,
)


def read_address(text: str) -> AddressWords:
    """Return what a text says of an address; ``streets`` are guesses, to be looked up."""
    plain = _INSTEAD_OF.sub(" ", " ".join(text.split()))
    postcode = _POSTCODE.search(plain)
    rest = _without(plain, postcode)
    flat = _FLAT.search(rest)
    rest = _without(rest, flat)
    numbers = list(_NUMBER.finditer(rest))
    streets = tuple(
        (street, number[1].replace(" ", ""))
        for number in numbers
        for street in _beside(rest, number)
    )
    return AddressWords(
        postcode[1].upper() if postcode else None,
        numbers[-1][1].replace(" ", "") if numbers else None,
        tuple(sorted(dict.fromkeys(streets), key=lambda each: -len(each[0].split()))),
        flat[0].strip() if flat else None,
    )


def street_of(line: str) -> str:
    """Return the street of an address line as a key: no numbers, no abbreviations, no case."""
    words = _WORD.findall(_FLAT.sub(" ", line).replace("ß", "ss").casefold())
    words = [_ABBREVIATIONS.get(word.rstrip("."), word.rstrip(".")) for word in words]
    words = [re.sub(r"str$", "strasse", word) for word in words if len(word) > 1]
    return " ".join(words)


def with_number(line: str, number: str) -> str:
    """Return an address line with another house number."""
    found = list(_NUMBER.finditer(_FLAT.sub(lambda flat: "~" * len(flat[0]), line)))
    if not found:
        return f"{number} {line}"
    return line[: found[-1].start()] + number + line[found[-1].end() :]


def with_flat(line: str, flat: str) -> str:
    """Return an address line with a flat, in place of another one."""
    rest = _FLAT.sub("", line).strip(" ,")
    return f"{flat[0].upper()}{flat[1:]}, {rest}"


def _without(text: str, found: re.Match[str] | None) -> str:
    return text if found is None else f"{text[: found.start()]} ; {text[found.end() :]}"


def _beside(text: str, number: re.Match[str]) -> Iterator[str]:
    """Return the runs of words after and before a number, the longest first."""
    after = re.split(r"[;,.!?]\s|[;!?]", text[number.end() :].lstrip(" ,"))[0]
    before = re.split(r"[;,!?]", text[: number.start()].rstrip(" ,"))[-1]
    ahead = _WORD.findall(after)[:LONGEST_STREET]
    behind = _WORD.findall(before)[-LONGEST_STREET:]
    for length in range(LONGEST_STREET, 0, -1):
        for words in (ahead[:length], behind[-length:]):
            street = " ".join(words).strip(". ")
            is_whole = len(words) == length and len(street) >= SHORTEST_STREET
            if is_whole and words[0].casefold() not in _NOT_A_STREET:
                yield street
