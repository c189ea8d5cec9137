"""Travel times from a map server, as planners ask for them."""

from integrations.travel.mapped import MappedTravel
from integrations.travel.osrm import Osrm
from integrations.travel.valhalla import Valhalla

__all__ = ["MappedTravel", "Osrm", "Valhalla"]
