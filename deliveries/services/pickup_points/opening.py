"""When a pickup point is open, from its OpenStreetMap ``opening_hours``."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State

from deliveries.errors import InvalidInputError
from deliveries.model.network import Coordinates, PickupPoint
from deliveries.model.window import TimeWindow


def opening_hours(expression: str, at: Coordinates | None = None) -> OpeningHours:
    """Read an expression.

    Args:
        expression: The hours.
        at: Where it is: the public holidays (``PH``) are those of that country.

    Raises:
        InvalidInputError: If it is not in OpenStreetMap's syntax.
    """
    try:
        if at is None:
            return OpeningHours(expression)
        # Hours stay bare: they are the point's own zone's, which is not always the map's.
        return OpeningHours(expression, coords=(at.lat, at.lon), auto_timezone=False)
    except Exception as error:  # the library's parser error has no public class
        raise InvalidInputError("opening_hours") from error


def open_on(point: PickupPoint, day: date) -> tuple[TimeWindow, ...]:
    """Return when the point is open on a day of its own zone, in order; empty if it is closed."""
    zone = ZoneInfo(point.zone)
    start = datetime.combine(day, time())
    hours = opening_hours(point.opening_hours, point.at)
    spans = hours.intervals(start, start + timedelta(days=1))
    return tuple(
        TimeWindow(opens.replace(tzinfo=zone), closes.replace(tzinfo=zone))
        for opens, closes, state, _ in spans
        if state == State.OPEN and opens < closes
    )
