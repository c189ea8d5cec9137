"""Wishes that stand: kept, replaced, ended, and carried over to what comes next."""

from collections.abc import Mapping
from datetime import date, datetime

from deliveries.model.delivery import Delivery, DeliveryStatus, Place, PlaceKind
from deliveries.model.history import HistoryEntry
from deliveries.model.ids import new_id
from deliveries.model.offer import OptionKind
from deliveries.model.preference import Preference, PreferenceState
from deliveries.model.saying import Fact
from deliveries.model.standing import StandingKind, StandingWish
from deliveries.ports import UnitOfWork
from deliveries.services.committing.rules import is_forbidden
from deliveries.services.committing.visits import before_of, carry_out


def stand(
    work: UnitOfWork,
    person_id: str,
    kind: StandingKind,
    details: Mapping[str, Fact],
    *,
    now: datetime,
    days: tuple[date, date] | None = None,
) -> StandingWish:
    """Keep a wish; the former of its kind ends."""
    end_standing(work, person_id, kind, now=now)
    wish = StandingWish(
        id=new_id("w"),
        person_id=person_id,
        kind=kind,
        details=details,
        since=now,
        first_day=days[0] if days else None,
        last_day=days[1] if days else None,
    )
    work.standing.add(wish)
    work.flush()
    return wish


def end_standing(
    work: UnitOfWork, person_id: str, kind: StandingKind, *, now: datetime
) -> StandingWish | None:
    """End the wish of a kind that stands; return it, if there was one."""
    wish = work.standing.of_person(person_id, kind)
    if wish is not None:
        wish.ended_at = now
        work.flush()
    return wish


def carry_over(work: UnitOfWork, delivery: Delivery, *, now: datetime) -> None:
    """Make what stands true of a new delivery, as far as its shipper lets it.

    The recipient reads of it in the pre-advice, and can change or undo it like any choice.
    """
    door = work.standing.of_person(delivery.person_id, StandingKind.DOOR)
    if door is not None and _may(work, delivery, OptionKind.DOOR):
        _choose(work, delivery, OptionKind.DOOR, {"door": door.details.get("door")}, now=now)
    place = work.standing.of_person(delivery.person_id, StandingKind.PLACE)
    if place is not None:
        kind = OptionKind(str(place.details["kind"]))
        if _may(work, delivery, kind):
            details = {**place.details, "day": delivery.date.isoformat()}
            _choose(work, delivery, kind, details, now=now)
    away = work.standing.of_person(delivery.person_id, StandingKind.AWAY)
    if away is not None and away.covers(delivery.date) and _may(work, delivery, OptionKind.AWAY):
        _choose(work, delivery, OptionKind.AWAY, away.details, now=now)


def place_details(place: Place) -> dict[str, Fact] | None:
    """Return a place as a standing wish keeps it; nothing if it is none to keep."""
    match place.kind:
        case PlaceKind.NEIGHBOUR:
            return {
                "kind": place.kind.value,
                "name": place.name,
                "house_number": place.house_number,
            }
        case PlaceKind.SAFE_PLACE:
            return {"kind": place.kind.value, "words": place.words}
        case _:
            return None


def standing_place(details: Mapping[str, Fact]) -> Place:
    """Read what ``place_details`` wrote."""
    name, number, words = (details.get(each) for each in ("name", "house_number", "words"))
    return Place(
        PlaceKind(str(details["kind"])),
        name=name if isinstance(name, str) else None,
        house_number=number if isinstance(number, str) else None,
        words=words if isinstance(words, str) else None,
    )


def _may(work: UnitOfWork, delivery: Delivery, kind: OptionKind) -> bool:
    return not is_forbidden(delivery, kind, work.shippers.get(delivery.shipper_id))


def _choose(
    work: UnitOfWork,
    delivery: Delivery,
    kind: OptionKind,
    details: Mapping[str, Fact],
    *,
    now: datetime,
) -> None:
    """Write a choice that nobody need be asked about: it moves no stop that is planned."""
    latest = work.preferences.latest_of(delivery.id)
    if latest is not None:
        latest.state = PreferenceState.REPLACED
        work.flush()
    preference = Preference(
        id=new_id("p"),
        delivery_id=delivery.id,
        version=latest.version + 1 if latest else 1,
        kind=kind,
        details=details,
        chosen_at=now,
        before=before_of(delivery),
        state=PreferenceState.CONFIRMED,
        decided_at=now,
    )
    work.preferences.add(preference)
    work.flush()
    was_pending = delivery.status is DeliveryStatus.PENDING
    carry_out(delivery, preference, now=now)
    if was_pending and kind is not OptionKind.AWAY:
        delivery.status = DeliveryStatus.PENDING
    work.history.add(
        HistoryEntry(
            "standing_wish_applied",
            now,
            "system",
            delivery_id=delivery.id,
            facts={"kind": kind.value},
        )
    )
