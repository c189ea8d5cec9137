"""Makes planned routes keep everything once their breaks are in.

What a route cannot keep is taken out of it, then put wherever it fits; if it fits nowhere, another
stop may change its place to make room. What still fits nowhere stays out.
"""

from collections.abc import Callable, Iterable, Sequence

from deliveries.insertion import Fleet, Route, Stop, Travel, accept, remove, schedule


def repaired(
    routes: Sequence[Route], spare: Iterable[Stop], travel: Travel
) -> tuple[Fleet, list[Stop]]:
    """Return routes that keep everything, and the stops that are on none of them.

    Args:
        routes: Possibly late or overloaded.
        spare: Stops on no route, to put in where they fit.
        travel: As planned with.
    """
    waiting = list(spare)
    kept = []
    for route in routes:
        lighter, out = loosened(route, travel)
        kept.append(lighter)
        waiting += out
    return filled(Fleet.of(kept, travel), waiting)


def made_room(
    fleet: Fleet, waiting: Iterable[Stop], is_time_up: Callable[[], bool]
) -> tuple[Fleet, list[Stop]]:
    """Put in more stops by moving others, while there is time."""
    left = []
    for stop in waiting:
        changed = None if is_time_up() else with_room_made(fleet, stop, is_time_up)
        if changed is None:
            left.append(stop)
        else:
            fleet = changed
    return fleet, left


def loosened(route: Route, travel: Travel) -> tuple[Route, list[Stop]]:
    """Take stops out until the route keeps everything; the one that helps most goes first."""
    out: list[Stop] = []
    times = schedule(route, travel)
    while route.stops and not times.is_feasible:
        options = []
        for i in range(len(route.stops)):
            shorter = route.with_stops((*route.stops[:i], *route.stops[i + 1 :]))
            after = schedule(shorter, travel)
            options.append((after.overload, after.lateness_s, after.travel_s, i, shorter, after))
        *_, i, shorter, after = min(options, key=lambda option: option[:4])
        out.append(route.stops[i])
        route, times = shorter, after
    return route, out


def filled(fleet: Fleet, waiting: Iterable[Stop]) -> tuple[Fleet, list[Stop]]:
    """Put stops where they add least, those with the narrowest window first."""
    left = []
    usable = in_time(fleet)
    for stop in sorted(waiting, key=lambda stop: (stop.close_s - stop.open_s, stop.stop_id)):
        taken = accept(fleet, stop, routes=usable)
        if taken is None:
            left.append(stop)
        else:
            fleet = taken.fleet
    return fleet, left


def in_time(fleet: Fleet) -> list[int] | None:
    """Return the routes that keep everything, or None if all do.

    A vehicle that cannot even drive home by the end of its shift gets no stops.
    """
    usable = [i for i, times in enumerate(fleet.schedules) if times.is_feasible]
    return None if len(usable) == len(fleet.schedules) else usable


def with_room_made(fleet: Fleet, stop: Stop, is_time_up: Callable[[], bool]) -> Fleet | None:
    """Put a stop in the place of another one that fits elsewhere, as cheaply as there is time."""
    best: tuple[int, Fleet] | None = None
    usable = in_time(fleet)
    for other in [s for route in fleet.routes for s in route.stops]:
        if is_time_up():
            break
        gone = remove(fleet, other.stop_id)
        first = accept(gone.fleet, stop, routes=(gone.route,))
        second = first and accept(first.fleet, other, routes=usable)
        if first and second:
            added = first.quote.added_travel_s + second.quote.added_travel_s - gone.saved_travel_s
            if best is None or added < best[0]:
                best = added, second.fleet
    return None if best is None else best[1]
