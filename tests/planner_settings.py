"""Settings of travel as the environment names them."""

from collections.abc import Mapping

from deliveries.environment import Environment
from deliveries.planner_settings import TravelSettings


def travel_settings(values: Mapping[str, str]) -> TravelSettings:
    """Read them; wrong ones fail."""
    environment = Environment(values)
    settings = TravelSettings.read(environment)
    environment.check()
    return settings
