"""BACK: a second try on the same route, accepted by itself while it costs little enough."""

from datetime import datetime, timedelta

from deliveries.model.offer import OptionKind
from deliveries.model.route import Plan, RouteState
from deliveries.model.saying import Fact, Saying
from deliveries.model.window import TimeWindow
from deliveries.ports import Visit, WantedWindow
from deliveries.services.committing.preferring import Wanted, prefer
from deliveries.services.committing.visits import visit_of
from deliveries.services.conversing.closing import with_menu
from deliveries.services.conversing.describing import choice_saying, inline
from deliveries.services.conversing.scenes import Scene, enter
from deliveries.services.conversing.turns import Answer, Desk, Matter
from deliveries.services.wishes.near import WORDS, near_until

COMES_WITHIN = timedelta(minutes=90)


def try_again(desk: Desk, matter: Matter) -> Answer:
    """Ask the van back if the running route can take it; else show the usual choices.

    Raises:
        UnavailableError: If the planner cannot be reached.
    """
    window = _within_reach(desk, matter)
    with desk.unit_of_work() as work:
        scene = enter(work, matter)
        until = near_until(work, scene.deliveries)
        if window is None or until is None or matter.now >= until:
            saying = Saying("second_try_too_far", scene.facts())
            menu = with_menu(
                work, scene.conversation, scene.deliveries, saying, now=matter.now, is_near=False
            )
            return scene.say(menu)
        details: dict[str, Fact] = {
            "start": window.start.isoformat(),
            "end": window.end.isoformat(),
        }
        for delivery in scene.deliveries:
            prefer(
                work, delivery, Wanted(OptionKind.TRY_AGAIN, details), matter.heard, now=matter.now
            )
        return scene.say(_noted(scene, details))


def asks_back(text: str) -> bool:
    """Say whether a text is nothing but the word for it, whatever menu came after ours."""
    return text.strip(" .,!¡").casefold() in WORDS


def _noted(scene: Scene, details: dict[str, Fact]) -> Saying:
    first = scene.deliveries[0]
    what = choice_saying(OptionKind.TRY_AGAIN, details, day=first.date, zone=first.zone)
    return Saying("choice_noted", scene.facts() | {"what": inline(what)})


def _within_reach(desk: Desk, matter: Matter) -> TimeWindow | None:
    """Return when the van could be back, if that adds no more than the shipper allows."""
    with desk.unit_of_work(read_only=True) as work:
        scene = enter(work, matter)
        first = scene.deliveries[0]
        until = near_until(work, scene.deliveries)
        plan = work.plans.of_day(first.depot_id, first.date)
        most_s = 60 * work.shippers.get(first.shipper_id).rules.second_try_minutes
        visit = visit_of(first, {})
    if until is None or matter.now >= until or plan is None:
        return None
    window = _window(plan, first.route_id, now=matter.now)
    if window is None:
        return None
    return window if _cost_s(desk, plan, visit, window, now=matter.now) <= most_s else None


def _window(plan: Plan, route_id: str | None, *, now: datetime) -> TimeWindow | None:
    route = next((each for each in plan.routes if each.id == route_id), None)
    if route is None or route.state is not RouteState.DEPARTED or route.shift_end <= now:
        return None
    return TimeWindow(now, min(now + COMES_WITHIN, route.shift_end))


def _cost_s(desk: Desk, plan: Plan, visit: Visit, window: TimeWindow, *, now: datetime) -> float:
    quotes = desk.planner.quote(plan, [WantedWindow("back", visit, window)], now=now)
    return min((quote.added_s for quote in quotes), default=float("inf"))
