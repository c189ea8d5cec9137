"""What every job works with."""

from dataclasses import dataclass, field

from deliveries.model.privacy import Periods
from deliveries.ports import Clock
from deliveries.services.conversing.turns import Desk


@dataclass(frozen=True)
class Duty:
    """The worker's tools.

    Attributes:
        desk: Store and planner.
        clock: Tells the day's time, which may run fast or jump.
        machine: Tells the machine's time, for claims and back-off.
        name: Tells this worker's claims from those of others.
        periods: How long what is known of people is kept.
    """

    desk: Desk
    clock: Clock
    machine: Clock
    name: str
    periods: Periods = field(default_factory=Periods)
