"""Tells numbers and words that belong to things, not to times: ``flat 2-4``, ``parcel 1 of 3``."""

from deliveries.windows.lexemes import CLAUSE_ENDS, Kind, Lexeme
from deliveries.windows.pieces import Reader

GOES_ON = frozenset(
    {Kind.TO, Kind.UNTIL, Kind.DASH, Kind.MERIDIEM, Kind.HOUR_MARK, Kind.ONWARDS, Kind.COLON}
)
CHAIN = frozenset({Kind.NUMBER, Kind.DASH, Kind.SLASH, Kind.PLUS, Kind.HASH, Kind.DOT})
_SURNAMES = frozenset({Kind.WEEKDAY, Kind.MONTH})
_LAST_HOUR = 12
_DAY_HOURS = 24
_COMPACT_DIGITS = 4
_QUARTERS = frozenset({0, 15, 30, 45})
_THINGS = frozenset({Kind.LABEL, Kind.THINGS})


def is_share(reader: Reader, at: int) -> bool:
    """Return whether a number is the 3 of "parcel 1 of 3", and opens no stretch."""
    is_number = reader.kind(at) is Kind.NUMBER
    return is_number and reader.kind(at + 1) not in GOES_ON


def skip_labelled(reader: Reader, at: int) -> int:
    """Return the position after a labelled number, with what hangs on it: ``2-4``, ``12 B``."""
    end = at + 1
    while reader.kind(end) in CHAIN and reader.kind(end + 1) in CHAIN | {Kind.OTHER}:
        if reader.kind(end) is Kind.NUMBER or reader.at(end).glued:
            end += 1
        else:
            break
    return end + (reader.kind(end) is Kind.NUMBER)


def is_proposed(reader: Reader, at: int) -> bool:
    """Return whether an hour stands before its day: "can you do 3 on friday", "7 tomorrow"."""
    number, before = reader.at(at), reader.at(at - 1)
    if number.kind is not Kind.NUMBER or number.spelt or not _is_hour(number):
        return False
    if at > 0 and before.name != "proposal":
        return False
    return reader.kind(reader.skip(at + 1, Kind.ON)) in {Kind.DAY, Kind.WEEKDAY}


def _is_hour(number: Lexeme) -> bool:
    """Return whether digits are an hour up to twelve, or quarters such as 1930."""
    if len(number.text) == _COMPACT_DIGITS:
        return number.value // 100 < _DAY_HOURS and number.value % 100 in _QUARTERS
    return 1 <= number.value <= _LAST_HOUR


def is_then(reader: Reader, at: int) -> bool:
    """Return whether "before" and "after" mean the time just named: "then", "after that"."""
    is_that = reader.kind(at) is Kind.THE and reader.kind(at + 1) in CLAUSE_ENDS
    return is_that or reader.at(at).name == "then"


def is_house(reader: Reader, at: int) -> bool:
    """Return whether the 14 of "la señora López del 14" stands here: a house, not a date."""
    is_led = reader.kind(at) is Kind.OF or reader.at(at).name == "date"
    return is_led and reader.kind(at + 1) is Kind.NUMBER and reader.kind(at + 2) in CLAUSE_ENDS


def is_about_thing(reader: Reader, at: int) -> bool:
    """Return whether something else does not work: "friday 9-1, the buzzer doesn't work"."""
    if reader.kind(reader.skip(at + 1, Kind.OTHER)) not in CLAUSE_ENDS:
        return False
    article = reader.at(at - 2)
    is_article = article.kind is Kind.THE or article.name == "date"
    if reader.kind(at - 1) in _THINGS:
        return is_article
    is_opening = reader.kind(at - 3) in CLAUSE_ENDS
    return is_article and is_opening and reader.kind(at - 1) is Kind.OTHER


def is_not_time(reader: Reader, at: int, end: int) -> bool:
    """Return whether a date such as 2/3 is no clock time in a list ("2/3pm")."""
    is_slashed = reader.kind(at + 1) is Kind.SLASH and reader.kind(end) is Kind.MERIDIEM
    return not (is_slashed and max(reader.at(at).value, reader.at(at + 2).value) <= _LAST_HOUR)


def skip_name(reader: Reader, at: int) -> int:
    """Skip the Friday of "Mrs Friday" and of "my name is May Friday"."""
    end = at + 1
    words = reader.at(at).value
    if reader.at(at).name == "person" and reader.kind(end) is Kind.DAY:
        return end + 1
    if reader.kind(end) in _SURNAMES:
        return end + 1 + (words > 1 and reader.kind(end + 1) in _SURNAMES)
    if reader.kind(end) is Kind.OTHER and is_house(reader, end + 1):
        return end + 3
    is_surname = words > 1 and reader.kind(end + 1) in _SURNAMES
    return end + 2 if is_surname and reader.kind(end + 2) in CLAUSE_ENDS else end
