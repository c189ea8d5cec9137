"""What the driver must know or do at the door: minutes become service time at the stop."""

from dataclasses import replace

from deliveries.model.delivery import DoorNeeds
from deliveries.model.offer import OptionKind
from deliveries.model.saying import Fact, Saying
from deliveries.ports import UnitOfWork
from deliveries.services.committing.offering import Choice
from deliveries.services.committing.rules import is_open
from deliveries.services.committing.visits import door_fact, read_door
from deliveries.services.conversing.describing import door_facts
from deliveries.services.conversing.scenes import Scene, enter
from deliveries.services.conversing.turns import Answer, Desk, Matter
from deliveries.services.wishes.door_words import (
    is_for_always,
    needs_time,
    read_minutes,
    read_needs,
)

USUAL_MINUTES = (2, 3, 5)
MOST_MINUTES = 10


def note_door_needs(desk: Desk, matter: Matter) -> Answer:
    """Gather what is needed, ask how many minutes where it is time, then have it confirmed."""
    asked, text = matter.text_of("asked"), matter.heard.text
    door = read_door(matter.gathered.get("door")) or DoorNeeds()
    minutes = matter.gathered.get("minutes")
    if isinstance(minutes, int):
        door = replace(door, minutes=minutes)
    elif asked == "minutes":
        door = replace(door, minutes=read_minutes(f"{text} min") or read_minutes(text))
    elif text:
        door = read_needs(text)
    is_always = is_for_always(text) or matter.gathered.get("always") is True
    matter = matter.with_gathered(door=door_fact(door), minutes=None, always=is_always, asked=asked)
    with desk.unit_of_work() as work:
        scene = enter(work, _in_time(work, matter))
        closed = scene.closed(OptionKind.DOOR)
        if closed:
            return closed
        if door == DoorNeeds() and not needs_time(text) and asked != "minutes":
            return scene.ask("ask_door", [], asked="door")
        if door.minutes > MOST_MINUTES:
            return scene.ask("door_minutes_too_many", _minutes((MOST_MINUTES,)), asked="minutes")
        wants_time = asked == "minutes" or needs_time(text)
        if not door.minutes and wants_time and not isinstance(minutes, int):
            return scene.ask("ask_door_minutes", _minutes(USUAL_MINUTES), asked="minutes")
        return _confirm(scene, door, is_always=is_always)


def _in_time(work: UnitOfWork, matter: Matter) -> Matter:
    """Leave out the parcels it is too late for, unless that is all of them."""
    deliveries = work.deliveries.many(matter.delivery_ids)
    open_ids = tuple(
        each.id
        for each in deliveries
        if is_open(each, OptionKind.DOOR, work.shippers.get(each.shipper_id), now=matter.now)
    )
    return replace(matter, delivery_ids=open_ids) if open_ids else matter


def _minutes(counts: tuple[int, ...]) -> list[Choice]:
    return [
        Choice(
            OptionKind.GOAL,
            Saying("option_minutes", {"minutes": minutes}),
            {"goal": "door_needs", "gathered": {"minutes": minutes}},
        )
        for minutes in counts
    ]


def _confirm(scene: Scene, door: DoorNeeds, *, is_always: bool) -> Answer:
    fact: Fact = door_fact(door)
    once = Choice(
        OptionKind.DOOR, Saying("option_door_once"), {"door": fact}, words=("agree", "ok")
    )
    always = Choice(OptionKind.STANDING, Saying("option_door_always"), {"of": "door", "door": fact})
    keep = Choice(OptionKind.DISMISS, Saying("option_keep_as_is"), words=("keep",))
    choices = [always, once, keep] if is_always else [once, always, keep]
    saying = scene.offered("confirm_door", choices, needs=door_facts(fact))
    return scene.say(saying, draft=scene.draft(asked="confirm"))
