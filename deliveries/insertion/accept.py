"""A choice taken into the plan, if the plan can still serve it."""

from collections.abc import Collection
from dataclasses import dataclass

from deliveries.insertion.commit import insert, merge, remove
from deliveries.insertion.fleet import Fleet
from deliveries.insertion.quotes import Quote, quote
from deliveries.insertion.routes import Stop


@dataclass(frozen=True, slots=True)
class Accepted:
    """A plan changed as quoted.

    Attributes:
        fleet: The new plan.
        quote: Where the stop went and what it added.
        stop_id: The stop that serves it now: its own, or the one it was joined with.
    """

    fleet: Fleet
    quote: Quote
    stop_id: str


def accept(
    fleet: Fleet,
    stop: Stop,
    *,
    moving: str | None = None,
    keep_vehicle: bool = False,
    routes: Collection[int] | None = None,
) -> Accepted | None:
    """Quote a stop for its own window on the plan as it is now, and put it there.

    Args:
        fleet: The plan.
        stop: What to serve; its window is the one chosen.
        moving: The stop it replaces, taken out first.
        keep_vehicle: Stay on the vehicle of ``moving``: it is loaded.
        routes: As for ``quote``.

    Returns:
        The new plan, or None if the window cannot be served any more.

    Raises:
        KeyError: If no route has the stop to move.
        ValueError: If the stop to move is locked, or the new stop's id is another's.
    """
    quotes = quote(fleet, stop, moving=moving, keep_vehicle=keep_vehicle, routes=routes)
    if not quotes:
        return None
    best = quotes[0]
    if moving is not None:
        fleet = remove(fleet, moving).fleet
    if best.merges:
        host = fleet.timed_routes[best.route].route.stops[best.position].stop_id
        return Accepted(merge(fleet, host, stop), best, host)
    return Accepted(insert(fleet, best.route, best.position, stop), best, stop.stop_id)
