"""The delivery windows that the running plans can serve, best first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from math import ceil
from zoneinfo import ZoneInfo

from deliveries.model.delivery import Delivery
from deliveries.model.network import Depot, Vehicle
from deliveries.model.offer import Offer, Option, OptionKind
from deliveries.model.route import Plan, RouteState
from deliveries.model.saying import Fact, Saying, local_day, window_fact
from deliveries.model.window import TimeWindow
from deliveries.ports import PlanImprover, UnitOfWork, WantedWindow, WindowQuote
from deliveries.services.committing.aboard import route_aboard
from deliveries.services.committing.holding import window_resource
from deliveries.services.committing.offering import Choice
from deliveries.services.committing.rules import days_ahead
from deliveries.services.committing.visits import visit_at_home
from deliveries.services.conversing.turns import Desk
from deliveries.services.days.planning import blank_plan
from deliveries.services.etas.pacing import learned_paces
from deliveries.windows import WishedWindow

WINDOW = timedelta(hours=2)
STEP = timedelta(hours=1)
LEAD = timedelta(hours=1)
DAYS_LOOKED_AT_UNASKED = 3
SHOWN = 3
# So many refused windows of one wish are looked for in the background.
SOUGHT = 3
_SEARCHED = "searched"


@dataclass(frozen=True)
class Ground:
    """What quoting reads from the store, once, before the planner is asked.

    Attributes:
        plans: The plan of each day looked at; a day without one gets a blank plan.
        aboard: Routes that are out with a delivery they do not list, by delivery and day.
    """

    deliveries: tuple[Delivery, ...]
    plans: dict[date, Plan]
    windows: tuple[TimeWindow, ...]
    aboard: Mapping[tuple[str, date], str | None]


@dataclass(frozen=True)
class Slot:
    """A window that can be served, and what it adds.

    Attributes:
        is_searched: A single change has no room for it; a search over all vans has found some.
    """

    window: TimeWindow
    added_s: int
    is_searched: bool = False


def read_ground(
    work: UnitOfWork,
    deliveries: Sequence[Delivery],
    wishes: Sequence[WishedWindow],
    *,
    now: datetime,
) -> Ground:
    """Read the plans of the days that matter, and list the windows worth asking about."""
    first = deliveries[0]
    depot = work.depots.get(first.depot_id)
    vehicles = work.vehicles.of_depot(depot.id)
    ahead = days_ahead(work.shippers.get(first.shipper_id))
    return ground_for(work, deliveries, _candidates(depot, vehicles, wishes, ahead, now=now))


def ground_for(
    work: UnitOfWork, deliveries: Sequence[Delivery], candidates: Sequence[TimeWindow]
) -> Ground:
    """Read the plans of the days of some windows; those whose places are all taken are left out."""
    depot = work.depots.get(deliveries[0].depot_id)
    vehicles = work.vehicles.of_depot(depot.id)
    windows = _with_room(work, candidates, deliveries)
    paces = learned_paces(work, depot.id)
    days = sorted({local_day(window.start, depot.zone) for window in windows})
    plans: dict[date, Plan] = {}
    for day in days:
        known = work.plans.to_look_at(depot.id, day)
        if known is not None and known.planned_at is not None:
            plans[day] = known
        elif not _is_full(work, deliveries, vehicles, day):
            plans[day] = known or blank_plan(depot, vehicles, day, paces)
    windows = [each for each in windows if local_day(each.start, depot.zone) in plans]
    aboard = {
        (delivery.id, day): route_aboard(work, delivery, plan)
        for delivery in deliveries
        for day, plan in plans.items()
    }
    return Ground(tuple(deliveries), plans, tuple(windows), aboard)


def _is_full(
    work: UnitOfWork, deliveries: Sequence[Delivery], vehicles: Sequence[Vehicle], day: date
) -> bool:
    """Say whether the vans cannot load all that is to come on a day that is not planned yet."""
    to_come = work.deliveries.load_of_day(deliveries[0].depot_id, day)
    more = sum(each.load for each in deliveries if each.date != day)
    return to_come + more > sum(vehicle.capacity for vehicle in vehicles)


def servable(desk: Desk, ground: Ground, *, now: datetime) -> list[Slot]:
    """Return the windows that the planner can serve for every delivery, cheapest first.

    Raises:
        UnavailableError: If the planner cannot be reached.
    """
    added: dict[TimeWindow, int] = {}
    ask = partial(desk.planner.quote, now=now)
    for position, delivery in enumerate(ground.deliveries):
        quoted = _quotes(ask, ground, delivery)
        if position == 0:
            added = quoted
        else:
            added = {w: cost + quoted[w] for w, cost in added.items() if w in quoted}
    slots = [Slot(window, cost) for window, cost in added.items()]
    return sorted(slots, key=lambda slot: (slot.added_s, slot.window))


def worth_seeking(ground: Ground, wishes: Sequence[WishedWindow]) -> tuple[TimeWindow, ...]:
    """Return the windows wished for that vans could still make room for, if all were refused.

    One parcel only is asked about, and only on days that are planned and not all on the road.
    """
    chosen: list[TimeWindow] = []
    for window in ground.windows if len(ground.deliveries) == 1 else ():
        plan = ground.plans[local_day(window.start, ground.deliveries[0].zone)]
        can_move = any(each.state is RouteState.PLANNED and each.stops for each in plan.routes)
        is_wished = any(_fits(window, wish) for wish in wishes)
        if is_wished and can_move and not any(window.overlaps(other) for other in chosen):
            chosen.append(window)
    return tuple(chosen[:SOUGHT])


def searched(planner: PlanImprover, ground: Ground, *, now: datetime) -> list[Slot]:
    """Return the windows that can be served for a delivery if vans change their orders.

    Takes seconds for each.

    Raises:
        UnavailableError: If the planner cannot be reached.
        UnreadableError: If it answers what we cannot map.
    """
    ask = partial(planner.search_windows, now=now)
    found = _quotes(ask, ground, ground.deliveries[0]).items()
    slots = (Slot(window, added_s, is_searched=True) for window, added_s in found)
    return sorted(slots, key=lambda slot: slot.added_s)


def slots_of(offer: Offer) -> list[Slot]:
    """Return the windows on offer."""
    return [
        Slot(window_of(option), 0, is_searched=bool(option.details.get(_SEARCHED)))
        for option in offer.options
        if option.kind is OptionKind.WINDOW
    ]


def best_of(
    slots: Sequence[Slot], wishes: Sequence[WishedWindow], *, zone: str, shown: int = SHOWN
) -> tuple[list[Slot], bool]:
    """Choose what to show: of each wish in order, else cheap ones spread over days.

    The cheapest are chosen; they are shown in the order of the calendar, as they are looked for.

    Returns:
        The slots, and whether they are what was wished for.
    """
    wished: list[Slot] = []
    for wish in wishes:
        matching = [slot for slot in slots if _fits(slot.window, wish) and slot not in wished]
        room = SHOWN if len(wishes) == 1 else 2
        wished += _spread(matching, room, zone)
    if wished:
        return wished[: SHOWN + 1], True
    return _spread(slots, shown, zone), False


def window_choice(slot: Slot, deliveries: Sequence[Delivery]) -> Choice:
    """Return the option for a slot."""
    window, first = slot.window, deliveries[0]
    searched: dict[str, Fact] = {_SEARCHED: True} if slot.is_searched else {}
    return Choice(
        OptionKind.WINDOW,
        Saying("option_window", {"window": window_fact(window, first.zone)}),
        {"start": window.start.isoformat(), "end": window.end.isoformat(), **searched},
        resource=window_resource(first, window.start),
        quantity=len(deliveries),
    )


def window_of(option: Option) -> TimeWindow:
    """Return the window that an option of that kind stands for."""
    return TimeWindow(
        datetime.fromisoformat(str(option.details["start"])),
        datetime.fromisoformat(str(option.details["end"])),
    )


def nearest_to(slots: Sequence[Slot], start: datetime) -> list[Slot]:
    """Choose what to show instead of a window that is gone: those that start nearest to it."""
    near = sorted(slots, key=lambda slot: (abs(slot.window.start - start), slot.added_s))
    return sorted(near[:SHOWN], key=lambda slot: slot.window.start)


def _with_room(
    work: UnitOfWork, windows: Sequence[TimeWindow], deliveries: Sequence[Delivery]
) -> list[TimeWindow]:
    """Leave out the windows whose places are all taken, or held by somebody who decides."""
    resources = {window: window_resource(deliveries[0], window.start) for window in windows}
    rooms, needed = work.holds.rooms(list(resources.values())), len(deliveries)
    return [each for each in windows if rooms.get(resources[each], needed) >= needed]


def _quotes(
    ask: Callable[[Plan, Sequence[WantedWindow]], Sequence[WindowQuote]],
    ground: Ground,
    delivery: Delivery,
) -> dict[TimeWindow, int]:
    """Return what each window adds for one delivery, handed over at its address."""
    home = visit_at_home(delivery)
    by_key = {str(number): window for number, window in enumerate(ground.windows)}
    added: dict[TimeWindow, int] = {}
    for day, plan in ground.plans.items():
        aboard = ground.aboard[delivery.id, day]
        visit = replace(home, load=_load_with(ground.deliveries, delivery, plan))
        wanted = [
            WantedWindow(key, replace(visit, window=window, aboard=aboard), window)
            for key, window in by_key.items()
            if local_day(window.start, delivery.zone) == day
        ]
        added |= {by_key[quote.key]: quote.added_s for quote in ask(plan, wanted)}
    return added


def _load_with(deliveries: Sequence[Delivery], delivery: Delivery, plan: Plan) -> int:
    """Return what comes onto a plan with a delivery: all that are asked about and not on it yet."""
    on_it = {id_ for route in plan.routes for stop in route.stops for id_ in stop.delivery_ids}
    if delivery.id in on_it:
        return delivery.load
    return sum(each.load for each in deliveries if each.id not in on_it)


def _candidates(
    depot: Depot,
    vehicles: Sequence[Vehicle],
    wishes: Sequence[WishedWindow],
    ahead: int,
    *,
    now: datetime,
) -> list[TimeWindow]:
    """List the two-hour windows within the shifts of the days that matter."""
    if not vehicles:
        return []
    today = local_day(now, depot.zone)
    span = ahead if wishes else min(ahead, DAYS_LOOKED_AT_UNASKED)
    windows: list[TimeWindow] = []
    for offset in range(span + 1):
        for window in _of_day(depot, vehicles, today + timedelta(days=offset)):
            soon_enough = window.start >= now + LEAD
            if soon_enough and (not wishes or any(_fits(window, wish) for wish in wishes)):
                windows.append(window)
    return windows


def _of_day(depot: Depot, vehicles: Sequence[Vehicle], day: date) -> list[TimeWindow]:
    zone = ZoneInfo(depot.zone)
    opens = min(vehicle.shift_start for vehicle in vehicles)
    closes = max(vehicle.shift_end for vehicle in vehicles)
    first = ceil(opens.hour + opens.minute / 60)
    windows: list[TimeWindow] = []
    for hour in range(first, 24):
        start = datetime(day.year, day.month, day.day, hour, tzinfo=zone)
        end = start + WINDOW
        if end.date() != day or end.timetz().replace(tzinfo=None) > closes:
            break
        windows.append(TimeWindow(start, end))
    return windows


def _fits(window: TimeWindow, wish: WishedWindow) -> bool:
    """Say whether a window serves a wish: inside it, or around one shorter than a window."""
    start = wish.start or window.start
    end = wish.end or window.end
    if end <= start:
        return False
    if end - start >= WINDOW:
        return start <= window.start and window.end <= end
    return window.start <= start and end <= window.end


def _spread(slots: Sequence[Slot], room: int, zone: str) -> list[Slot]:
    """Take the cheapest first, no two that overlap, each half-day once before any twice."""
    taken: list[Slot] = []
    seen: set[tuple[date, bool]] = set()
    for fresh_only in (True, False):
        for slot in slots:
            half = _half_day(slot, zone)
            clash = any(slot.window.overlaps(other.window) for other in taken)
            if len(taken) < room and not clash and not (fresh_only and half in seen):
                taken.append(slot)
                seen.add(half)
    return sorted(taken, key=lambda slot: slot.window.start)


def _half_day(slot: Slot, zone: str) -> tuple[date, bool]:
    local = slot.window.start.astimezone(ZoneInfo(zone))
    return local.date(), local.hour < 12  # noqa: PLR2004 noon
