"""Times the routes on the road again: a driver who reports nothing is late all the same."""

from datetime import timedelta

from deliveries.model.route import RouteState
from deliveries.services.days.driving import retime_routes
from scheduling.duty import Duty

ONE_DAY = timedelta(days=1)


def time_routes_again(duty: Duty) -> int:
    """Compute the ETAs of every departed route; return how many there are.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    now = duty.clock.now()
    # A depot's day may be yesterday's or tomorrow's date in UTC.
    days = [(now + shift).date() for shift in (-ONE_DAY, timedelta(), ONE_DAY)]
    with duty.desk.unit_of_work(read_only=True) as work:
        departed = {
            route.id
            for day in days
            for plan in work.plans.on_day(day)
            for route in plan.routes
            if route.state is RouteState.DEPARTED and route.open_stops
        }
    retime_routes(duty.desk, departed, now=now)
    return len(departed)
