"""The numbers behind offers: a route's times, what a new stop would add, and taking it in.

Pure computation over whole seconds and points; knows nothing of deliveries or people. Start at
``Fleet.of``, ask with ``quote``, commit with ``accept``, read ``Fleet.schedules``.
"""

from deliveries.insertion.accept import Accepted, accept
from deliveries.insertion.commit import Removal, insert, merge, remove, replace_stop
from deliveries.insertion.drive import BreakTaken
from deliveries.insertion.fleet import Fleet
from deliveries.insertion.gentle import cost_s, gentlest, moved, with_place_taken
from deliveries.insertion.paces import Paces
from deliveries.insertion.quotes import Quote, quote, quote_places
from deliveries.insertion.reorder import reordered
from deliveries.insertion.routes import Break, Position, Route, Stop, Vehicle
from deliveries.insertion.schedule import RouteSchedule, schedule
from deliveries.insertion.travel import (
    GreatCircleTravel,
    PacedTravel,
    TabledTravel,
    Travel,
    matrix,
)

__all__ = [
    "Accepted",
    "Break",
    "BreakTaken",
    "Fleet",
    "GreatCircleTravel",
    "PacedTravel",
    "Paces",
    "Position",
    "Quote",
    "Removal",
    "Route",
    "RouteSchedule",
    "Stop",
    "TabledTravel",
    "Travel",
    "Vehicle",
    "accept",
    "cost_s",
    "gentlest",
    "insert",
    "matrix",
    "merge",
    "moved",
    "quote",
    "quote_places",
    "remove",
    "reordered",
    "replace_stop",
    "schedule",
    "with_place_taken",
]
