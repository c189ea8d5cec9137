"""Facts as they usually are, to try words on."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType

from deliveries.model.saying import Fact, Saying, day_fact, time_fact, window_fact
from deliveries.model.window import TimeWindow
from deliveries.services.conversing.describing import inline

ZONES = {"en": "Europe/London", "de": "Europe/Berlin", "es": "Europe/Madrid", "fr": "Europe/Paris"}
NOW = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
_DAY = date(2026, 3, 10)
_PARCELS = {
    "en": ("Larkfield Books", "reading lamp"),
    "de": ("Lerchenfeld", "Leselampe"),
    "es": ("Libros Alondra", "flexo"),
    "fr": ("Librairie Alouette", "lampe"),
}


def _at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 10, hour, minute, tzinfo=UTC)


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


FACTS = facts_in("en")
