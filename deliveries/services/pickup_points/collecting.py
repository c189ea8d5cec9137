"""Collecting at a shop or locker: the nearest ones that have room and that the plan can serve."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from deliveries.model.delivery import Delivery, DeliveryStatus
from deliveries.model.network import PickupPoint, PickupPointKind
from deliveries.model.offer import OptionKind
from deliveries.model.route import Plan
from deliveries.model.saying import Fact, Saying, day_fact, distance_fact, local_day, time_fact
from deliveries.model.window import TimeWindow
from deliveries.ports import UnitOfWork, Visit, WantedWindow
from deliveries.services.committing.offering import Choice
from deliveries.services.committing.rules import point_forbidden_because
from deliveries.services.committing.slots import window_choice
from deliveries.services.committing.visits import HAND_OVER_AT_POINT_S
from deliveries.services.conversing.scenes import enter
from deliveries.services.conversing.turns import Answer, Desk, Matter
from deliveries.services.days.planning import blank_plan
from deliveries.services.etas.pacing import learned_paces
from deliveries.services.pickup_points.opening import open_on
from deliveries.services.pickup_points.whereabouts import find_place, is_home
from deliveries.services.wishes.rescheduling import second_wish

SHOWN = 3
LOOKED_AT = 12
ALL_DAY = timedelta(hours=23)
NEAR_HOME = Choice(
    OptionKind.GOAL,
    Saying("option_goal_near_home"),
    {"goal": "collect_from_pickup_point", "gathered": {"near": "home"}},
    words=("home", "near home"),
)


@dataclass(frozen=True)
class Candidate:
    """A pickup point with what a recipient wants to know of it."""

    point: PickupPoint
    distance_m: float
    day: date
    opens: tuple[TimeWindow, ...]


def compartment(point: PickupPoint, delivery: Delivery) -> str:
    """Return the resource that the delivery takes at a point."""
    return f"compartment:{point.id}:{delivery.largest_compartment.value}"


def collect_from_pickup_point(desk: Desk, matter: Matter) -> Answer:
    """Offer the three nearest points, to home or to the place that was named.

    Raises:
        UnavailableError: If the planner cannot be reached.
    """
    with desk.unit_of_work(read_only=True) as work:
        scene = enter(work, matter)
        near, found = _centre(work, matter, scene.deliveries[0])
        is_lost = not found and matter.text_of("asked") != "near_place"
        candidates = _nearest(desk, work, scene.deliveries, near, now=matter.now)
        wanted = _wanted(work, scene.deliveries[0], candidates)
    served = _served(desk, wanted, candidates, now=matter.now)
    slots = second_wish(desk, matter) if not served else ()
    with desk.unit_of_work() as work:
        scene = enter(work, matter)
        closed = scene.closed(OptionKind.PICKUP_POINT)
        if closed:
            return closed
        if is_lost:
            # Asked once: a place nobody knows twice is shown what lies near home, and told so.
            return scene.ask("ask_where_near", [NEAR_HOME], asked="near_place")
        choices = [point_choice(each, scene.deliveries) for each in served[:SHOWN]]
        choices += [window_choice(slot, scene.deliveries) for slot in slots]
        name = "points_offered" if found else "points_offered_near_home"
        saying = scene.offered(name, choices)
        if saying.offer_id is None:
            return scene.say(Saying("points_none", saying.facts))
        return scene.say(saying, draft=scene.draft(asked="point"))


@dataclass(frozen=True)
class _Wanted:
    """The question to the planner: each point as a visit, on the plan of the day."""

    plan: Plan
    quotes: tuple[WantedWindow, ...]


def _centre(
    work: UnitOfWork, matter: Matter, delivery: Delivery
) -> tuple[tuple[float, float], bool]:
    """Return where to look around, and whether that is where the person asked for."""
    lat, lon = matter.gathered.get("lat"), matter.gathered.get("lon")
    if isinstance(lat, float) and isinstance(lon, float):
        return (lat, lon), True
    if matter.heard.location is not None:
        return matter.heard.location, True
    home = (delivery.lat, delivery.lon)
    asked = matter.heard.first("near_place") or matter.heard.first("pickup_point")
    if matter.text_of("asked") == "near_place":
        asked = matter.heard.text
    if matter.text_of("near") == "home" or asked is None or is_home(asked):
        return home, True
    place = find_place(work, delivery, asked)
    return (place, True) if place else (home, False)


def _nearest(
    desk: Desk,
    work: UnitOfWork,
    deliveries: Sequence[Delivery],
    near: tuple[float, float],
    *,
    now: datetime,
) -> list[Candidate]:
    """Return the nearest points with room for every parcel, open on the day they would get it."""
    first = deliveries[0]
    day = _day(first, now=now)
    points = sorted(
        work.pickup_points.all(),
        key=lambda point: desk.geography.distance_m(near, (point.lat, point.lon)),
    )
    rooms = work.holds.rooms([compartment(point, first) for point in points[:LOOKED_AT]])
    candidates = []
    for point in points[:LOOKED_AT]:
        opens = open_on(point, day)
        left = rooms.get(compartment(point, first))
        has_room = left is None or left >= len(deliveries)
        if has_room and opens and may_go(work, deliveries, point):
            distance = desk.geography.distance_m(near, (point.lat, point.lon))
            candidates.append(Candidate(point, distance, day, opens))
    return candidates


def may_go(work: UnitOfWork, deliveries: Sequence[Delivery], point: PickupPoint) -> bool:
    """Say whether every parcel may go to such a point."""
    return not any(
        point_forbidden_because(each, point.kind, work.shippers.get(each.shipper_id))
        for each in deliveries
    )


def _day(delivery: Delivery, *, now: datetime) -> date:
    """Return the day it would be brought there: after a failed attempt, the next."""
    today = local_day(now, delivery.zone)
    if delivery.status is DeliveryStatus.DELIVERY_FAILED:
        return today + timedelta(days=1)
    return max(delivery.date, today)


def _wanted(
    work: UnitOfWork, delivery: Delivery, candidates: Sequence[Candidate]
) -> _Wanted | None:
    if not candidates:
        return None
    day = candidates[0].day
    depot = work.depots.get(delivery.depot_id)
    vehicles = work.vehicles.of_depot(depot.id)
    plan = work.plans.to_look_at(depot.id, day)
    if plan is None:
        plan = blank_plan(depot, vehicles, day, learned_paces(work, depot.id))
    span = TimeWindow(
        min(route.shift_start for route in plan.routes),
        max(route.shift_end for route in plan.routes),
    )
    return _Wanted(
        plan,
        tuple(
            WantedWindow(
                each.point.id,
                Visit(
                    delivery.id,
                    each.point.lat,
                    each.point.lon,
                    HAND_OVER_AT_POINT_S,
                    delivery.load,
                    pickup_point_id=each.point.id,
                    setup_s=each.point.service_duration_s,
                ),
                span,
            )
            for each in candidates
        ),
    )


def _served(
    desk: Desk, wanted: _Wanted | None, candidates: Sequence[Candidate], *, now: datetime
) -> list[Candidate]:
    """Keep the points that a van can reach that day, nearest first."""
    if wanted is None:
        return []
    quotes = desk.planner.quote(wanted.plan, wanted.quotes, now=now)
    reachable = {quote.key for quote in quotes}
    return [each for each in candidates if each.point.id in reachable]


def point_choice(candidate: Candidate, deliveries: Sequence[Delivery]) -> Choice:
    """Return a point as an option, with its distance and its hours on the day."""
    point = candidate.point
    facts: dict[str, Fact] = {
        "name": point.name,
        "distance": distance_fact(candidate.distance_m),
        "day": day_fact(candidate.day, point.zone),
        "opens": time_fact(candidate.opens[0].start, point.zone),
        "closes": time_fact(candidate.opens[-1].end, point.zone),
    }
    label = "option_locker" if point.kind is PickupPointKind.LOCKER else "option_shop"
    if candidate.opens[0].duration >= ALL_DAY:
        label += "_always_open"
    return Choice(
        OptionKind.PICKUP_POINT,
        Saying(label, facts),
        {"pickup_point_id": point.id, "name": point.name, "day": candidate.day.isoformat()},
        words=(point.name.lower(),),
        resource=compartment(point, deliveries[0]),
        quantity=len(deliveries),
    )
