"""A standing preference: the same place for every parcel, shown, replaced and removed by reply."""

from collections.abc import Mapping
from datetime import datetime

from deliveries.model.offer import OptionKind
from deliveries.model.saying import Fact, Saying
from deliveries.model.standing import StandingKind
from deliveries.services.committing.offering import Choice
from deliveries.services.committing.picking import Pick
from deliveries.services.committing.preferring import Wanted, prefer
from deliveries.services.committing.rules import is_open
from deliveries.services.conversing.describing import SPOTS, inline, place_saying, spot_fact
from deliveries.services.conversing.scenes import Scene, enter
from deliveries.services.conversing.turns import Answer, Desk, Heard, Matter
from deliveries.services.days.journeys import WAITING
from deliveries.services.neighbours.naming import NAME_LENGTH, NUMBER_LENGTH
from deliveries.services.wishes.safe_places import WORDS_LENGTH
from deliveries.services.wishes.standing import end_standing, place_details, stand, standing_place

KEEP = Choice(OptionKind.DISMISS, Saying("option_keep_as_is"), words=("keep",))


def set_standing_preference(desk: Desk, matter: Matter) -> Answer:
    """Find out the place that is to be used always, and have it confirmed with its risk."""
    details = _named(matter)
    with desk.unit_of_work() as work:
        scene = enter(work, matter)
        if details is None and not matter.gathered.get("other"):
            wish = work.standing.of_person(scene.person.id, StandingKind.PLACE)
            if wish is not None:
                return _show(scene, wish.details)
            details = _of_today(scene)
        if details is None:
            return scene.say(
                scene.offered("ask_standing", _spots()), draft=scene.draft(asked="standing")
            )
        if details["kind"] == "neighbour" and not details.get("house_number"):
            return scene.say(Saying("ask_neighbour_number"), draft=scene.draft(asked="standing"))
        return _confirm(scene, details)


def _named(matter: Matter) -> dict[str, Fact] | None:
    """Return the place that this turn names, or that an option stood for."""
    heard = matter.heard
    number, name = heard.first("house_number"), _name(heard)
    if number or name:
        return {
            "kind": "neighbour",
            "name": name[:NAME_LENGTH] if name else None,
            "house_number": number[:NUMBER_LENGTH] if number else None,
        }
    words = matter.text_of("words") or heard.first("place")
    if words is None and matter.text_of("asked") == "standing":
        words = heard.text
    words = words[:WORDS_LENGTH].strip() if words else None
    return {"kind": "safe_place", "words": words} if words else None


def _name(heard: Heard) -> str | None:
    return heard.first("neighbour_name") or heard.first("person_name")


def _of_today(scene: Scene) -> dict[str, Fact] | None:
    """Return the place chosen for a parcel on its way: "do it like this every time"."""
    places = (place_details(delivery.place) for delivery in scene.deliveries)
    return next((each for each in places if each is not None), None)


def _spots() -> list[Choice]:
    return [
        Choice(
            OptionKind.GOAL,
            Saying(f"option_{spot}"),
            {"goal": "set_standing_preference", "gathered": {"words": spot, "other": True}},
        )
        for spot in SPOTS
    ]


def _show(scene: Scene, details: Mapping[str, Fact]) -> Answer:
    other = Choice(
        OptionKind.GOAL,
        Saying("option_standing_other"),
        {"goal": "set_standing_preference", "gathered": {"other": True}},
    )
    remove = Choice(OptionKind.STANDING, Saying("option_standing_remove"), {"of": "none"})
    place = inline(place_saying(standing_place(details)))
    saying = scene.offered("standing_shown", [other, remove, KEEP], place=place)
    return scene.say(saying, draft=scene.draft(asked="confirm"))


def _confirm(scene: Scene, details: Mapping[str, Fact]) -> Answer:
    is_safe_place = details["kind"] == "safe_place"
    agree = Choice(
        OptionKind.STANDING,
        Saying("option_accept_standing_place" if is_safe_place else "option_standing"),
        {"of": "place", "place": details},
        words=("agree", "ok", "accept"),
    )
    name = "confirm_standing_safe_place" if is_safe_place else "confirm_standing_neighbour"
    saying = scene.offered(
        name,
        [agree, KEEP],
        place=inline(place_saying(standing_place(details))),
        words=spot_fact(str(details.get("words") or "")),
    )
    return scene.say(saying, draft=scene.draft(asked="confirm"))


def take_standing(pick: Pick, *, now: datetime) -> Answer:
    """Keep the wish for every parcel to come, and for those on their way as far as they can be.

    With ``of`` neither place nor door, the standing place ends.
    """
    work, person_id, details = pick.work, pick.conversation.person_id, pick.option.details
    if details.get("of") == "door":
        door: dict[str, Fact] = {"door": details["door"]}
        stand(work, person_id, StandingKind.DOOR, door, now=now)
        _prefer_now(pick, OptionKind.DOOR, door, now=now)
        return pick.answer(Saying("standing_door_noted"), now=now)
    place = details.get("place")
    if not isinstance(place, Mapping):
        end_standing(work, person_id, StandingKind.PLACE, now=now)
        return pick.answer(Saying("standing_removed"), now=now)
    stand(work, person_id, StandingKind.PLACE, place, now=now)
    _prefer_now(pick, OptionKind(str(place["kind"])), place, now=now)
    words = inline(place_saying(standing_place(place)))
    return pick.answer(Saying("standing_noted", {"place": words}), now=now)


def _prefer_now(
    pick: Pick, kind: OptionKind, details: Mapping[str, Fact], *, now: datetime
) -> None:
    for delivery in pick.work.deliveries.many(pick.offer.delivery_ids):
        shipper = pick.work.shippers.get(delivery.shipper_id)
        if is_open(delivery, kind, shipper, now=now) and delivery.status in WAITING:
            of_day = {**details, "day": delivery.date.isoformat()}
            prefer(pick.work, delivery, Wanted(kind, of_day), pick.heard, now=now)
