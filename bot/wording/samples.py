"""Facts as they usually are, and the menus beneath notices, to try words on."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType

from bot.wording.render import Rendered, Wording
from deliveries.model.offer import Offer, Option, OptionKind
from deliveries.model.recipient import Channel
from deliveries.model.saying import (
    Fact,
    Saying,
    day_fact,
    distance_fact,
    moment_fact,
    time_fact,
    window_fact,
)
from deliveries.model.window import TimeWindow
from deliveries.services.conversing.closing import MENU, menu_choices
from deliveries.services.conversing.describing import inline
from deliveries.services.pickup_points.care import REMINDER, WARNING, extension_choice
from deliveries.services.wishes.near import second_try_choice

ZONES = {"en": "Europe/London", "de": "Europe/Berlin", "es": "Europe/Madrid", "fr": "Europe/Paris"}
NOW = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
_DAY = date(2026, 3, 10)
_PARCELS = {
    "en": ("Larkfield Books", "reading lamp"),
    "de": ("Lerchenfeld", "Leselampe"),
    "es": ("Libros Alondra", "flexo"),
    "fr": ("Librairie Alouette", "lampe"),
}
_EVENING_BEFORE = "notice_pre_advice"
_FAILED = "notice_failed_"
_CHOICES, _NEAR, _ROOM = (
    "notice_failed_choices",
    "notice_failed_choices_near",
    "notice_locker_full_choices",
)
# What the van may be asked back for while it is near: nobody was there, or the door not found.
_MISSED = (
    "nobody_home",
    "no_access",
    "address_not_found",
    "other",
    "neighbour_nobody_home",
    "neighbour_no_access",
    "safe_place",
)
# What is said before the choices where these are what is looked at.
_FIRST = {
    _CHOICES: f"{_FAILED}refused",
    _NEAR: f"{_FAILED}nobody_home",
    _ROOM: f"{_FAILED}locker_full",
}


def _at(hour: int, minute: int = 0, *, day: int = 10) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def facts_in(language: str) -> Mapping[str, Fact]:
    """Return facts as they are where a language is spoken."""
    zone = ZONES.get(language, ZONES["en"])
    shipper, parcel = _PARCELS.get(language, _PARCELS["en"])
    place: Fact = inline(Saying("place_neighbour", {"number": "14b"}))
    return MappingProxyType(
        {
            "shipper": shipper,
            "parcel": parcel,
            "window": window_fact(TimeWindow(_at(11, 30), _at(12, 30)), zone),
            "old": window_fact(TimeWindow(_at(10, 15), _at(11, 15)), zone),
            "minutes": 10,
            "at": time_fact(_at(10, 42), zone),
            "eta": time_fact(_at(12, 10), zone),
            "until": time_fact(_at(13), zone),
            "photo": True,
            "number": "14b",
            "words": inline(Saying("spot_shed")),
            "place": place,
            "point": "Market Lockers",
            "address": "3 Market Row",
            "day": day_fact(_DAY, zone),
            "opens": time_fact(_at(8), zone),
            "closes": time_fact(_at(20), zone),
            "code": "123456",
            "name": "Mrs Jones",
            "last_day": day_fact(_DAY, zone),
            "silence": "as_planned",
            "open_until": time_fact(_at(9), zone),
        }
    )


def facts_of_notice(name: str, language: str) -> Mapping[str, Fact]:
    """Return the facts of one notice: told of tomorrow in the evening, or of what has failed."""
    facts, zone = facts_in(language), ZONES.get(language, ZONES["en"])
    if name.startswith(_EVENING_BEFORE):
        window = TimeWindow(_at(11, 30, day=11), _at(12, 30, day=11))
        until = moment_fact(_at(10, 30, day=11), zone)
        return {**facts, "window": window_fact(window, zone), "open_until": until}
    if name.startswith(_FAILED) or name in _FIRST:
        return {**facts, "open_until": moment_fact(_at(19), zone), "silence": "at_depot"}
    return facts


def whole(
    wording: Wording,
    name: str,
    *,
    language: str,
    channel: Channel,
    facts: Mapping[str, Fact] | None = None,
    now: datetime = NOW,
) -> Rendered:
    """Say a notice as it leaves: with the question that follows, and its menu beneath.

    Args:
        wording: By whose words.
        name: Of the notice, or of a question that follows one.
        language: In which to say it.
        channel: On which.
        facts: In place of the usual ones.
        now: When it is read.

    Raises:
        WordingError: If there are no words for it.
    """
    told = {**facts_of_notice(name, language), **(facts or {})}
    names = [_FIRST[name], name] if name in _FIRST else [name, *_question(name)]
    offer = _offer(_labels(names[-1], told))
    sayings = [Saying(each, told) for each in names]
    if offer is not None:
        sayings[-1] = Saying(names[-1], told, offer.id)
    return wording.render(sayings, offer, language=language, channel=channel, now=now)


def has_menu(name: str) -> bool:
    """Say whether a notice usually leaves with choices beneath it."""
    return bool(_question(name) or _labels(name, {}))


def _question(name: str) -> list[str]:
    """Return what is asked after an attempt that failed."""
    if not name.startswith(_FAILED) or name in _FIRST:
        return []
    reason = name.removeprefix(_FAILED)
    if reason == "locker_full":
        return [_ROOM]
    return [_NEAR if reason in _MISSED else _CHOICES]


def _labels(name: str, facts: Mapping[str, Fact]) -> list[Saying]:
    """Return the options beneath a saying, where everything is open that may be."""
    usual = [each.label for each in menu_choices(MENU)]
    if name in (REMINDER, WARNING):
        return [extension_choice().label]
    if name == _NEAR:
        return [second_try_choice().label, *usual]
    if name == _ROOM:
        near = {**facts, "name": facts.get("point"), "distance": distance_fact(450)}
        return [Saying("option_locker_always_open", near), *usual]
    is_asked = name.startswith(_EVENING_BEFORE) and not name.endswith("_final")
    return usual if is_asked or name == _CHOICES else []


def _offer(labels: Iterable[Saying]) -> Offer | None:
    options = tuple(
        Option(f"o.{place}", OptionKind.GOAL, label) for place, label in enumerate(labels, start=1)
    )
    return Offer("o", "", (), options, NOW, NOW) if options else None
