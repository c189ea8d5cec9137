"""Which van has a parcel on board that was taken off its list while it was out."""

from deliveries.model.delivery import Delivery
from deliveries.model.route import Plan, RouteState
from deliveries.ports import UnitOfWork


def route_aboard(work: UnitOfWork, delivery: Delivery, plan: Plan) -> str | None:
    """Return the route whose van is out with a delivery that is on no stop of the plan.

    Whoever asked for another day, or went away, and thinks better of it gets the parcel from the
    van that has it, or not on that day.
    """
    out = {route.id for route in plan.routes if route.state is RouteState.DEPARTED}
    stops = (stop for route in plan.routes for stop in route.stops)
    if not out or any(delivery.id in stop.delivery_ids for stop in stops):
        return None
    for entry in reversed(work.history.of_delivery(delivery.id)):
        route_id = entry.facts.get("route_id")
        if entry.kind == "left_depot" and route_id in out:
            return str(route_id)
    return None
