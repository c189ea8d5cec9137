"""Another day or window: what was wished for where the plan can serve it, else the nearest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from deliveries.model.offer import OptionKind
from deliveries.model.saying import Fact, Saying
from deliveries.model.window import TimeWindow
from deliveries.ports import PlanImprover
from deliveries.services.committing.slots import (
    Slot,
    best_of,
    nearest_to,
    read_ground,
    servable,
    slots_of,
    window_choice,
    worth_seeking,
)
from deliveries.services.conversing.scenes import Scene, enter
from deliveries.services.conversing.turns import Answer, Desk, Matter, wished_windows
from deliveries.windows import WishedWindow

SECOND_WISHES = 2
TRIES = 3
AROUND = timedelta(days=1)


@dataclass(frozen=True)
class _Found:
    """What was wished for, what can be shown, and whether the one is the other.

    Attributes:
        sought: What was wished for and refused at once, worth a longer look.
    """

    wishes: tuple[WishedWindow, ...]
    shown: tuple[Slot, ...]
    met: bool
    sought: tuple[TimeWindow, ...] = ()


def reschedule(desk: Desk, matter: Matter) -> Answer:
    """Offer up to four windows that the plan can serve, those wished for first.

    Raises:
        UnavailableError: If the planner cannot be reached.
    """
    for _ in range(TRIES):
        found = _find(desk, matter, wish=matter.heard.text)
        shown = found.shown
        kept = matter.with_gathered(windows=None)
        if not shown and found.wishes:
            shown = _find(desk, matter, wish="").shown
        name = _offer_name(wished=bool(found.wishes), met=found.met)
        answer = _offered(desk, kept, name, shown, sought=found.sought)
        if answer is not None:
            return answer
    return _none(desk, matter, sought=found.sought)


def offer_nearest(desk: Desk, matter: Matter, start: datetime) -> Answer:
    """Offer the windows nearest to one whose last place was just taken.

    Raises:
        UnavailableError: If the planner cannot be reached.
    """
    around = WishedWindow(start - AROUND, start + AROUND)
    taken = (Saying("just_taken"),)
    for _ in range(TRIES):
        with desk.unit_of_work(read_only=True) as work:
            deliveries = work.deliveries.many(matter.delivery_ids)
            ground = read_ground(work, deliveries, (around,), now=matter.now)
        shown = nearest_to(servable(desk, ground, now=matter.now), start)
        answer = _offered(desk, matter, "windows_offered", shown, before=taken)
        if answer is not None:
            return answer
    return _none(desk, matter, before=taken)


def second_wish(desk: Desk, matter: Matter) -> tuple[Slot, ...]:
    """Return windows for times named beside another wish ("… or else friday after 5").

    Raises:
        UnavailableError: If the planner cannot be reached.
    """
    found = _find(desk, matter, wish=matter.text_of("wish") or matter.heard.text, only_wished=True)
    return found.shown[:SECOND_WISHES] if found.met else ()


def _offered(
    desk: Desk,
    matter: Matter,
    name: str,
    shown: Sequence[Slot],
    *,
    before: tuple[Saying, ...] = (),
    sought: tuple[TimeWindow, ...] = (),
) -> Answer | None:
    """Offer the windows; nothing, if others took all of their places since they were looked up.

    Beside the offer stands what is still to be looked for.
    """
    with desk.unit_of_work() as work:
        scene = enter(work, matter)
        closed = scene.closed(OptionKind.WINDOW)
        if closed:
            return closed
        saying = scene.offered(name, [window_choice(slot, scene.deliveries) for slot in shown])
        if saying.offer_id is None:
            return None
        _note_sought(scene, sought)
        return scene.say(*before, saying, draft=scene.draft(asked="window"))


def _none(
    desk: Desk,
    matter: Matter,
    *,
    before: tuple[Saying, ...] = (),
    sought: tuple[TimeWindow, ...] = (),
) -> Answer:
    with desk.unit_of_work() as work:
        scene = enter(work, matter)
        saying = scene.offered("windows_none", [])
        _note_sought(scene, sought)
        return scene.say(*before, saying)


def _note_sought(scene: Scene, sought: tuple[TimeWindow, ...]) -> None:
    """Have windows looked for beside the offer just made; a newer one ends that."""
    if sought and scene.conversation.last_offer_id is not None:
        scene.work.offers.get(scene.conversation.last_offer_id).sought = sought


def windows_fact(windows: Sequence[WishedWindow]) -> Fact:
    """Return windows as a fact of what was gathered, to be looked for instead of any words."""
    return [[_written(window.start), _written(window.end)] for window in windows]


def _written(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _read(fact: Fact) -> datetime | None:
    return datetime.fromisoformat(fact) if isinstance(fact, str) else None


def named_windows(matter: Matter) -> tuple[WishedWindow, ...]:
    """Return the windows that were gathered, without what has passed of them."""
    kept = matter.gathered.get("windows")
    if not isinstance(kept, list):
        return ()
    spans = [(_read(pair[0]), _read(pair[1])) for pair in kept if isinstance(pair, list)]
    return tuple(
        WishedWindow(start, end) for start, end in spans if end is None or end > matter.now
    )


def _find(desk: Desk, matter: Matter, *, wish: str, only_wished: bool = False) -> _Found:
    """Read the wish, the plans of the days it names, and ask the planner what it can serve."""
    with desk.unit_of_work(read_only=True) as work:
        scene = enter(work, matter)
        zone, first = scene.zone, scene.deliveries[0]
        wishes = named_windows(matter) if wish else ()
        if not wishes:
            wishes = wished_windows(wish, now=matter.now, zone=zone, language=scene.person.language)
        if first.is_final or (only_wished and not wishes):
            return _Found(wishes, (), met=False)
        ground = read_ground(work, scene.deliveries, wishes, now=matter.now)
        found_before = _found_before(scene)
    slots = servable(desk, ground, now=matter.now)
    slots += [each for each in found_before if each.window not in {one.window for one in slots}]
    shown, met = best_of(slots, wishes, zone=zone)
    can_search = not met and isinstance(desk.planner, PlanImprover)
    sought = worth_seeking(ground, wishes) if can_search else ()
    return _Found(wishes, tuple(shown), met=met, sought=sought)


def _found_before(scene: Scene) -> list[Slot]:
    """Return the windows that a search found and that are still on offer for these parcels."""
    last = scene.conversation.last_offer_id
    offer = scene.work.offers.find(last) if last else None
    if offer is None or offer.closed_at is not None or scene.matter.now >= offer.expires_at:
        return []
    is_same = offer.delivery_ids == scene.matter.delivery_ids
    return [slot for slot in slots_of(offer) if slot.is_searched] if is_same else []


def _offer_name(*, wished: bool, met: bool) -> str:
    if wished and not met:
        return "windows_instead"
    return "windows_as_wished" if wished else "windows_offered"
