"""A named neighbour takes the parcel: who, at which number, agreed, and then into the plan."""

import re

from deliveries.errors import InvalidInputError
from deliveries.model.offer import OptionKind
from deliveries.model.saying import Fact, Saying, day_fact
from deliveries.services.committing.offering import Choice
from deliveries.services.committing.slots import Slot, window_choice
from deliveries.services.conversing.scenes import Scene, enter
from deliveries.services.conversing.turns import Answer, Desk, Heard, Matter, settle
from deliveries.services.neighbours.numbers import holds_number, number_in, want_neighbour
from deliveries.services.wishes.rescheduling import second_wish

NAME_LENGTH = 60
NUMBER_LENGTH = 12
DIGITS_SHOWN = 3
# The wish is kept for the times it names: a phone number is neither that nor ours to keep there.
PHONE = re.compile(r"\+?\d[\d /().-]{6,}\d")
# "Always" tells of the neighbour, not of every parcel.
ALWAYS_THERE = re.compile(
    r"(?:\b(?:is|are)|\Ws|\Wre|\b(?:shes|hes|theyre))\s+(?:nearly |almost )?always\s+"
    r"(?:in|home|at home|there|around|about)\b(?!\s+(?:the|my|our)\b)"
    r"|\b(?:ist|sind)\s+(?:\w+\s+)?immer\s+(?:da|zu ?hause|daheim)\b"
    r"|\bimmer\s+(?:da|zu ?hause|daheim)\s+(?:ist|sind)\b"
    r"|\bsiempre\s+est[áa]n?\b|\best[áa]n?\s+siempre\b"
    r"|\b(?:est|sont)\s+(?:presque )?toujours\s+(?:là|chez|à la maison)",
    re.IGNORECASE,
)
KEEP = Choice(OptionKind.DISMISS, Saying("option_keep_as_is"), words=("keep",))


def leave_with_neighbour(desk: Desk, matter: Matter) -> Answer:
    """Ask for what is missing, then have the neighbour confirmed; a second wish stays on offer.

    With the confirmation goes the question, once, for the neighbour's phone number: with it they
    are asked, without it the driver's note has to do.

    Raises:
        UnavailableError: If the planner cannot be reached for the second wish.
    """
    matter = _gathered(_continued(desk, matter))
    slots = second_wish(desk, matter)
    with desk.unit_of_work() as work:
        scene = enter(work, matter)
        closed = scene.closed(OptionKind.NEIGHBOUR)
        if closed:
            return closed
        instead = _instead(slots, scene)
        if matter.text_of("house_number") is None:
            return scene.ask("ask_neighbour_number", (), asked="neighbour")
        if matter.text_of("name") is None:
            return scene.ask("ask_neighbour_name", instead, asked="neighbour")
        return _confirm(scene, instead)


def tells_of_neighbour(heard: Heard) -> bool:
    """Say whether "always" in a text says of a neighbour that they are in: "she's always home"."""
    return ALWAYS_THERE.search(heard.text) is not None


def _continued(desk: Desk, matter: Matter) -> Matter:
    """Go on with what was told of the same neighbour before, where this turn names them again."""
    if matter.gathered:
        return matter
    with desk.unit_of_work(read_only=True) as work:
        draft = work.conversations.get(matter.heard.conversation_id).draft
    if draft is None or (draft.goal, draft.delivery_ids) != (matter.goal, matter.delivery_ids):
        return matter
    return matter.with_gathered(**{**draft.gathered, "asked": draft.asked})


def _gathered(matter: Matter) -> Matter:
    """Add what this turn names to what was known, and remember the words of the first wish."""
    heard = matter.heard
    number = heard.first("house_number")
    name = heard.first("neighbour_name") or heard.first("person_name")
    if matter.text_of("asked") == "neighbour" and number is None and name is None:
        number, name = _bare_answer(heard.text)
    if matter.text_of("asked") == "neighbour_phone" and PHONE.search(heard.text):
        # An answer that is a phone number names nobody anew.
        number, name = None, heard.first("neighbour_name")
    number, name = number or matter.text_of("house_number"), name or matter.text_of("name")
    return matter.with_gathered(
        house_number=number[:NUMBER_LENGTH] if number else None,
        name=name[:NAME_LENGTH] if name else None,
        wish=matter.text_of("wish") or _without_numbers(heard),
    )


def _without_numbers(heard: Heard) -> str:
    """Return the words of a wish without house and phone: "at 14" is no time here."""
    text = PHONE.sub(" ", heard.text)
    number = heard.first("house_number")
    return re.sub(rf"\b{re.escape(number)}\b", " ", text, count=1) if number else text


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
    """Have it confirmed, with the neighbour to be asked if there is a number to ask them at."""
    problem = None
    matter = scene.matter
    shipper = scene.work.shippers.get(scene.deliveries[0].shipper_id)
    was_asked = matter.text_of("asked") == "neighbour_phone"
    if was_asked or holds_number(matter.heard.text, shipper.country):
        try:
            return _confirm_asking(scene, instead, shipper.country)
        except InvalidInputError as error:
            problem = str(error)
    if problem is not None and matter.text_of("unread") is not None:
        # Twice in vain is enough: a person sorts it out.
        return settle(scene.work, matter.heard, [], now=matter.now, handoff="fallback")
    who = _who(matter)
    saying = scene.offered(
        problem or "confirm_neighbour",
        [_agree(scene, "option_neighbour"), *instead, KEEP],
        day=day_fact(scene.deliveries[0].date, scene.zone),
        **who,
    )
    draft = scene.draft(asked="neighbour_phone")
    return scene.say(saying, draft=draft.with_gathered(unread=problem) if problem else draft)


def _confirm_asking(scene: Scene, instead: list[Choice], country: str) -> Answer:
    """Have it confirmed that the neighbour is asked at the number in the turn.

    Raises:
        InvalidInputError: If they cannot be asked there; its text is the name of what to say.
    """
    who, matter = _who(scene.matter), scene.matter
    address = number_in(matter.heard.text, country)
    request = want_neighbour(
        scene.work, scene.person, scene.deliveries, address, str(who["name"]), now=matter.now
    )
    choices = [
        _agree(scene, "option_neighbour_asked", request_id=request.id),
        _agree(scene, "option_neighbour_unasked"),
        *instead,
        KEEP,
    ]
    saying = scene.offered(
        "confirm_neighbour_asked",
        choices,
        day=day_fact(scene.deliveries[0].date, scene.zone),
        digits=address.reveal()[-DIGITS_SHOWN:],
        **who,
    )
    return scene.say(saying, draft=scene.draft(asked="confirm"))


def _who(matter: Matter) -> dict[str, Fact]:
    return {"name": matter.text_of("name"), "number": matter.text_of("house_number")}


def _agree(scene: Scene, label: str, **more: Fact) -> Choice:
    who, day = _who(scene.matter), scene.deliveries[0].date
    details = {"name": who["name"], "house_number": who["number"], "day": day.isoformat()}
    words = ("agree", "ok") if label != "option_neighbour_unasked" else ()
    return Choice(OptionKind.NEIGHBOUR, Saying(label, who), {**details, **more}, words=words)
