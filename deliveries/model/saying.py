"""What we say, as a name and facts; the words are the gateway's (``bot/wording``)."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from deliveries.model.window import TimeWindow

type Fact = str | int | float | bool | list["Fact"] | Mapping[str, "Fact"] | None


@dataclass(frozen=True)
class Saying:
    """One message of the catalogue with its facts, all JSON values.

    Attributes:
        name: The message's id in every catalogue.
        facts: Numbers and strings as they are; times by the functions below.
        offer_id: The offer whose options are shown beneath it.
    """

    name: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    offer_id: str | None = None

    def to_json(self) -> dict[str, Fact]:
        """Return the form that is stored and sent between processes."""
        return {"name": self.name, "facts": dict(self.facts), "offer_id": self.offer_id}

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> "Saying":
        """Read what ``to_json`` wrote."""
        facts = value.get("facts") or {}
        offer_id = value.get("offer_id")
        if not isinstance(facts, Mapping) or not (offer_id is None or isinstance(offer_id, str)):
            message = "a saying has facts and perhaps an offer"
            raise ValueError(message)
        return cls(name=str(value["name"]), facts=facts, offer_id=offer_id)


def window_fact(window: TimeWindow, zone: str) -> dict[str, Fact]:
    """A window, to be written in the zone of the address."""
    return {
        "type": "window",
        "start": window.start.isoformat(),
        "end": window.end.isoformat(),
        "zone": zone,
    }


def time_fact(instant: datetime, zone: str) -> dict[str, Fact]:
    """An hour of the day, to be written in the zone of the address."""
    return {"type": "time", "at": instant.isoformat(), "zone": zone}


def moment_fact(instant: datetime, zone: str) -> dict[str, Fact]:
    """A day and hour, to be written in the zone of the address."""
    return {"type": "moment", "at": instant.isoformat(), "zone": zone}


def day_fact(day: date, zone: str) -> dict[str, Fact]:
    """A calendar day, to be written as people write it where the address is."""
    return {"type": "day", "day": day.isoformat(), "zone": zone}


def money_fact(minor: int, currency: str) -> dict[str, Fact]:
    """An amount in the currency's minor unit."""
    return {"type": "money", "minor": minor, "currency": currency}


def distance_fact(distance_m: float) -> dict[str, Fact]:
    """A distance in metres."""
    return {"type": "distance", "metres": round(distance_m)}


def sealed_fact(sealed: bytes) -> dict[str, Fact]:
    """A code or other secret, opened only where the message leaves; the thread keeps a mask."""
    return {"type": "sealed", "sealed": base64.b64encode(sealed).decode()}


def local_day(instant: datetime, zone: str) -> date:
    """Return the calendar day of an instant at a place."""
    return instant.astimezone(ZoneInfo(zone)).date()
