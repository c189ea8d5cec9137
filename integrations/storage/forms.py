"""The JSON forms in which frozen value objects are stored."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from deliveries.model.conversation import Draft
from deliveries.model.delivery import DoorNeeds, Parcel, Place, PlaceKind
from deliveries.model.network import Break, CompartmentSize
from deliveries.model.offer import Option, OptionKind
from deliveries.model.route import Unassigned
from deliveries.model.rules import ShipperRules
from deliveries.model.saying import Saying
from deliveries.model.window import TimeWindow

type Form = Any


def write_parcel(parcel: Parcel) -> Form:
    """Return a parcel's form."""
    return {
        "tracking_number": parcel.tracking_number,
        "description": parcel.description,
        "compartment": parcel.compartment.value,
        "value_minor": parcel.value_minor,
        "currency": parcel.currency,
        "weight_g": parcel.weight_g,
        "requires_age_check": parcel.requires_age_check,
        "requires_signature": parcel.requires_signature,
        "is_dangerous": parcel.is_dangerous,
    }


def read_parcel(form: Form) -> Parcel:
    """Read a parcel's form; one from before a fact was known lacks it."""
    return Parcel(**{**form, "compartment": CompartmentSize(form["compartment"])})


def write_place(place: Place) -> Form:
    """Return a place's form."""
    return {
        "kind": place.kind.value,
        "name": place.name,
        "house_number": place.house_number,
        "words": place.words,
        "pickup_point_id": place.pickup_point_id,
        "lat": place.lat,
        "lon": place.lon,
    }


def read_place(form: Form) -> Place:
    """Read a place's form."""
    return Place(**{**form, "kind": PlaceKind(form["kind"])})


def write_door(door: DoorNeeds) -> Form:
    """Return the form of what is needed at a door."""
    return {"minutes": door.minutes, "needs": list(door.needs), "words": door.words}


def read_door(form: Form) -> DoorNeeds:
    """Read the form of what is needed at a door."""
    return DoorNeeds(form["minutes"], tuple(form["needs"]), form["words"])


def write_rules(rules: ShipperRules) -> Form:
    """Return a shipper's rules as they were written."""
    return write_facts(rules.written)


def write_saying(saying: Saying) -> Form:
    """Return a saying's form."""
    return saying.to_json()


def read_saying(form: Form) -> Saying:
    """Read a saying's form."""
    return Saying.from_json(form)


def write_option(option: Option) -> Form:
    """Return an option's form."""
    return {
        "id": option.id,
        "kind": option.kind.value,
        "label": option.label.to_json(),
        "details": dict(option.details),
        "words": list(option.words),
        "cutoff_at": None if option.cutoff_at is None else option.cutoff_at.isoformat(),
        "hold_id": option.hold_id,
    }


def read_option(form: Form) -> Option:
    """Read an option's form."""
    cutoff = form["cutoff_at"]
    return Option(
        id=form["id"],
        kind=OptionKind(form["kind"]),
        label=Saying.from_json(form["label"]),
        details=form["details"],
        words=tuple(form["words"]),
        cutoff_at=None if cutoff is None else datetime.fromisoformat(cutoff),
        hold_id=form["hold_id"],
    )


def write_draft(draft: Draft) -> Form:
    """Return a draft's form."""
    return {
        "goal": draft.goal,
        "delivery_ids": list(draft.delivery_ids),
        "asked": draft.asked,
        "gathered": dict(draft.gathered),
        "wishes": [dict(wish) for wish in draft.wishes],
    }


def read_draft(form: Form) -> Draft:
    """Read a draft's form."""
    return Draft(
        goal=form["goal"],
        delivery_ids=tuple(form["delivery_ids"]),
        asked=form["asked"],
        gathered=form["gathered"],
        wishes=tuple(form["wishes"]),
    )


def write_break(pause: Break) -> Form:
    """Return a break's form."""
    return {
        "duration_s": pause.duration_s,
        "earliest": pause.earliest.isoformat(),
        "latest": pause.latest.isoformat(),
    }


def read_break(form: Form) -> Break:
    """Read a break's form."""
    return Break(
        duration_s=form["duration_s"],
        earliest=time.fromisoformat(form["earliest"]),
        latest=time.fromisoformat(form["latest"]),
    )


def write_unassigned(unassigned: Unassigned) -> Form:
    """Return an unassigned delivery's form."""
    return {"delivery_id": unassigned.delivery_id, "reason": unassigned.reason}


def read_unassigned(form: Form) -> Unassigned:
    """Read an unassigned delivery's form."""
    return Unassigned(delivery_id=form["delivery_id"], reason=form["reason"])


def write_window(window: TimeWindow) -> Form:
    """Return a window's form."""
    return [window.start.isoformat(), window.end.isoformat()]


def read_window(form: Form) -> TimeWindow:
    """Read a window's form."""
    start, end = form
    return TimeWindow(datetime.fromisoformat(start), datetime.fromisoformat(end))


def write_text(text: str) -> Form:
    """Return a string as it is."""
    return text


def read_text(form: Form) -> str:
    """Read a string as it is."""
    return str(form)


def write_facts(facts: Mapping[str, Any]) -> Form:
    """Return a mapping of JSON values, whatever kind of mapping it is, with tuples as lists."""
    return {key: _plain(value) for key, value in facts.items()}


def read_facts(form: Form) -> Mapping[str, Any]:
    """Read a mapping of JSON values."""
    return dict(form)


def _plain(value: object) -> Form:
    if isinstance(value, Mapping):
        return write_facts(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value
