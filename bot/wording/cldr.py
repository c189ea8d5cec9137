"""Days, times, windows and distances as people write them, by CLDR."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_interval, format_skeleton, format_time, get_time_format
from babel.lists import format_list
from babel.numbers import format_currency, get_currency_precision
from babel.units import format_unit

_KILOMETRE = 1000
_ROUND_TO_M = 10
# English where no English of the country is known: Europe's with 24 hours, the world's with 12.
_ENGLISH = {True: "en_150", False: "en_001"}


@cache
def locale_of(language: str, zone: str | None = None) -> Locale:
    """Return how a language is written where the clock shows that zone's time.

    ``en`` is written ``2:00 PM`` in New York and ``14:00`` in London; the zone tells the country.
    """
    territory = get_global("zone_territories").get(zone) if zone else None
    plain = Locale.parse(language.replace("-", "_"))
    if territory is None or plain.territory:
        return plain
    try:
        return Locale.parse(f"{plain.language}_{territory}")
    except UnknownLocaleError:
        if plain.language != "en":
            return plain
        return Locale.parse(_ENGLISH[_has_24_hours(Locale.parse(f"und_{territory}"))])


def write_time(instant: datetime, *, zone: str, locale: Locale) -> str:
    """Write an hour of the day."""
    return format_time(instant, "short", tzinfo=ZoneInfo(zone), locale=locale)


def write_hours(start: datetime, end: datetime, *, zone: str, locale: Locale) -> str:
    """Write a span within one day."""
    skeleton = "Hm" if _has_24_hours(locale) else "hm"
    return format_interval(start, end, skeleton, tzinfo=ZoneInfo(zone), locale=locale)


def write_day(day: date, *, locale: Locale) -> str:
    """Write a calendar day with its weekday, short."""
    noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 a calendar day has no zone
    return format_skeleton("MMMEd", noon, locale=locale)


def write_distance(metres: float, *, locale: Locale) -> str:
    """Write a distance: in metres up to a kilometre, then in kilometres with one digit."""
    if metres < _KILOMETRE:
        rounded = round(metres / _ROUND_TO_M) * _ROUND_TO_M
        if rounded < _KILOMETRE:
            return format_unit(rounded, "length-meter", length="short", locale=locale)
    kilometres = round(metres / _KILOMETRE, 1)
    return format_unit(kilometres, "length-kilometer", length="short", locale=locale)


def write_money(minor: int, currency: str, *, locale: Locale) -> str:
    """Write an amount of money."""
    amount = Decimal(minor).scaleb(-get_currency_precision(currency))
    return str(format_currency(amount, currency, locale=locale))


def write_list(items: list[str], *, locale: Locale) -> str:
    """Write an enumeration with its "and"."""
    return format_list(items, locale=locale)


def last_day(start: datetime, end: datetime, *, zone: str) -> date:
    """Return the local day on which a half-open span ends: midnight belongs to the day before."""
    return max(start, end - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date()


@cache
def _has_24_hours(locale: Locale) -> bool:
    pattern = get_time_format("short", locale=locale).pattern
    return "H" in pattern or "k" in pattern
