"""The place for a changed stop that costs least, where moving other people is a cost too.

The cheapest place on the road can make a van wait for a window that opens later, and everybody
behind it waits as well. Of the few cheapest places the one is taken that costs least when each
person who would be served noticeably earlier or later than expected counts for some seconds on the
road.
"""

from collections.abc import Collection, Mapping

from deliveries.insertion.fleet import Fleet
from deliveries.insertion.quotes import Quote, cheapest_places
from deliveries.insertion.routes import Route, Stop
from deliveries.insertion.schedule import RouteSchedule, schedule

# Whoever is served so much earlier or later than expected notices.
MOVED_S = 15 * 60
# So many seconds on the road is it worth that one person less notices.
A_MOVE_COSTS_S = 15
# Beyond these a place costs more on the road than it can save of people moved.
PLACES_TRIED = 8


def moved(route: Route, times: RouteSchedule, expected_s: Mapping[str, int]) -> int:
    """Count the stops that are served noticeably earlier or later than expected.

    Args:
        route: What is timed.
        times: Its times.
        expected_s: When people expect to be served, by stop; others notice nothing.
    """
    starts = zip(route.stops, times.start_s, strict=True)
    return sum(abs(at - expected_s.get(stop.stop_id, at)) > MOVED_S for stop, at in starts)


def cost_s(route: Route, times: RouteSchedule, expected_s: Mapping[str, int]) -> int:
    """Return what a route costs: its seconds on the road, and some for everybody who notices."""
    return times.travel_s + A_MOVE_COSTS_S * moved(route, times, expected_s)


def gentlest(
    fleet: Fleet,
    stop: Stop,
    expected_s: Mapping[str, int],
    *,
    routes: Collection[int] | None = None,
) -> Quote | None:
    """Return the place for a stop that costs least, people moved included; None if there is none.

    Args:
        fleet: The plan, without the stop.
        stop: What to serve; its window is the one chosen.
        expected_s: As for ``moved``.
        routes: As for ``quote``.
    """
    best: tuple[int, Quote] | None = None
    for place in cheapest_places(fleet, stop, limit=PLACES_TRIED, routes=routes):
        if best is not None and place.added_travel_s >= best[0]:
            break
        route = with_place_taken(fleet.timed_routes[place.route].route, place, stop)
        noticed = moved(route, schedule(route, fleet.travel), expected_s) if expected_s else 0
        cost_s = place.added_travel_s + A_MOVE_COSTS_S * noticed
        if best is None or cost_s < best[0]:
            best = cost_s, place
    return None if best is None else best[1]


def with_place_taken(route: Route, place: Quote, stop: Stop) -> Route:
    """Return a route with a stop at the place found for it."""
    before, after = route.stops[: place.position], route.stops[place.position :]
    if place.merges:
        return route.with_stops((*before, after[0].merged_with(stop), *after[1:]))
    return route.with_stops((*before, stop, *after))
