"""Another day or window: what was wished for where the plan can serve it, else the nearest."""

from dataclasses import dataclass

from deliveries.model.offer import OptionKind
from deliveries.model.saying import Saying
from deliveries.services.scenes import enter
from deliveries.services.slots import Slot, best_of, read_ground, servable, window_choice
from deliveries.services.turns import Answer, Desk, Matter, wished_windows
from deliveries.windows import WishedWindow

SECOND_WISHES = 2


@dataclass(frozen=True)
class _Found:
    """What was wished for, what can be shown, and whether the one is the other."""

    wishes: tuple[WishedWindow, ...]
    shown: tuple[Slot, ...]
    met: bool


def reschedule(desk: Desk, matter: Matter) -> Answer:
    """Offer up to four windows that the plan can serve, those wished for first.

    Raises:
        UnavailableError: If the planner cannot be reached.
    """
    found = _find(desk, matter, wish=matter.heard.text)
    shown, met = found.shown, found.met
    if not shown and found.wishes:
        shown = _find(desk, matter, wish="").shown
    with desk.unit_of_work() as work:
        scene = enter(work, matter)
        closed = scene.closed(OptionKind.WINDOW)
        if closed:
            return closed
        choices = [window_choice(slot, scene.deliveries) for slot in shown]
        name = _offer_name(wished=bool(found.wishes), met=met)
        saying = scene.offered(name, choices)
        if saying.offer_id is None:
            return scene.say(Saying("windows_none", saying.facts))
        return scene.say(saying, draft=scene.draft(asked="window"))


def second_wish(desk: Desk, matter: Matter) -> tuple[Slot, ...]:
    """Return windows for times named beside another wish ("… or else friday after 5").

    Raises:
        UnavailableError: If the planner cannot be reached.
    """
    found = _find(desk, matter, wish=matter.text_of("wish") or matter.heard.text, only_wished=True)
    return found.shown[:SECOND_WISHES] if found.met else ()


def _find(desk: Desk, matter: Matter, *, wish: str, only_wished: bool = False) -> _Found:
    """Read the wish, the plans of the days it names, and ask the planner what it can serve."""
    with desk.unit_of_work(read_only=True) as work:
        scene = enter(work, matter)
        zone, first = scene.zone, scene.deliveries[0]
        wishes = wished_windows(wish, now=matter.now, zone=zone, language=scene.person.language)
        if first.is_final or (only_wished and not wishes):
            return _Found(wishes, (), met=False)
        ground = read_ground(work, scene.deliveries, wishes, now=matter.now)
    shown, met = best_of(servable(desk, ground, now=matter.now), wishes, zone=zone)
    return _Found(wishes, tuple(shown), met=met)


def _offer_name(*, wished: bool, met: bool) -> str:
    if wished and not met:
        return "windows_instead"
    return "windows_as_wished" if wished else "windows_offered"
