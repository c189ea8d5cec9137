"""A named neighbour takes the parcel: who, at which number, agreed, and then into the plan."""

from deliveries.model.offer import OptionKind
from deliveries.model.saying import Saying, day_fact
from deliveries.services.offering import Choice
from deliveries.services.rescheduling import second_wish
from deliveries.services.scenes import Scene, enter
from deliveries.services.slots import Slot, window_choice
from deliveries.services.turns import Answer, Desk, Matter

NAME_LENGTH = 60
NUMBER_LENGTH = 12


def leave_with_neighbour(desk: Desk, matter: Matter) -> Answer:
    """Ask for what is missing, then have the neighbour confirmed; a second wish stays on offer.

    Raises:
        UnavailableError: If the planner cannot be reached for the second wish.
    """
    matter = _gathered(matter)
    slots = second_wish(desk, matter)
    with desk.unit_of_work() as work:
        scene = enter(work, matter)
        closed = scene.closed(OptionKind.NEIGHBOUR)
        if closed:
            return closed
        instead = _instead(slots, scene)
        if matter.text_of("house_number") is None:
            return scene.ask("ask_neighbour_number", instead, asked="neighbour")
        if matter.text_of("name") is None:
            return scene.ask("ask_neighbour_name", instead, asked="neighbour")
        return _confirm(scene, instead)


def _gathered(matter: Matter) -> Matter:
    """Add what this turn names to what was known, and remember the words of the first wish."""
    heard = matter.heard
    number = heard.first("house_number")
    name = heard.first("neighbour_name") or heard.first("person_name")
    if matter.text_of("asked") == "neighbour" and number is None and name is None:
        number, name = _bare_answer(heard.text)
    number, name = number or matter.text_of("house_number"), name or matter.text_of("name")
    return matter.with_gathered(
        house_number=number[:NUMBER_LENGTH] if number else None,
        name=name[:NAME_LENGTH] if name else None,
        wish=matter.text_of("wish") or heard.text,
    )


def _bare_answer(text: str) -> tuple[str | None, str | None]:
    """Split an answer to our question, "Dave 12b", into the number and the name it holds."""
    words = text.replace(",", " ").split()
    numbers = [word for word in words if word[0].isdigit()]
    names = [word for word in words if not any(letter.isdigit() for letter in word)]
    return (numbers[0] if numbers else None), (" ".join(names) or None)


def _instead(slots: tuple[Slot, ...], scene: Scene) -> list[Choice]:
    choices = []
    for slot in slots:
        choice = window_choice(slot, scene.deliveries)
        label = Saying("option_window_instead", choice.label.facts)
        choices.append(
            Choice(choice.kind, label, choice.details, (), choice.resource, choice.quantity)
        )
    return choices


def _confirm(scene: Scene, instead: list[Choice]) -> Answer:
    matter = scene.matter
    who = {"name": matter.text_of("name"), "number": matter.text_of("house_number")}
    day = scene.deliveries[0].date
    agree = Choice(
        OptionKind.NEIGHBOUR,
        Saying("option_neighbour", who),
        {"name": who["name"], "house_number": who["number"], "day": day.isoformat()},
        words=("agree", "ok"),
    )
    keep = Choice(OptionKind.DISMISS, Saying("option_keep_as_is"), words=("keep",))
    saying = scene.offered(
        "confirm_neighbour", [agree, *instead, keep], day=day_fact(day, scene.zone), **who
    )
    return scene.say(saying, draft=scene.draft(asked="confirm"))
