"""What is made up: traffic, time at doors, and when people are at home. All of it is stated.

Every draw depends on the seed, the day and what it is about, never on what was drawn before: two
runs that differ in one thing only meet the same traffic and the same people.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import exp
from zoneinfo import ZoneInfo

from deliveries.model.window import TimeWindow

WORKS, OUT_ON_A_WORKDAY = 0.5, 0.8
LEAVES_BETWEEN, AWAY_HOURS = (7.5, 9.5), (4.0, 9.0)
HAS_ERRAND, ERRAND_BETWEEN, ERRAND_HOURS = 0.4, (8.0, 16.0), (1.0, 2.5)
ANSWERS = 0.5


@dataclass(frozen=True)
class World:
    """How long things take, against what is planned.

    Attributes:
        hours: By hour, how much longer legs take than planned; 1 at other hours.
        day_sd: Of the logarithm of one factor for all legs of a day.
        leg_sd: Likewise of each leg.
        incident: Share of legs with something in the way, of ``incident_minutes`` at most.
        service: Mean of the time at a door against the planned one, with ``service_sd`` (log).
        leaves_late_minutes: Mean of the (exponential) delay at the depot.
    """

    name: str
    hours: Mapping[int, float] = field(default_factory=dict)
    day_sd: float = 0.06
    leg_sd: float = 0.25
    incident: float = 0.01
    incident_minutes: float = 10.0
    service: float = 1.0
    service_sd: float = 0.35
    leaves_late_minutes: float = 5.0

    def leg_s(self, seed: int, day: date, key: str, planned_s: float, at: datetime) -> float:
        """Return how long a leg takes that begins at a local instant."""
        today = exp(_dice(seed, day, "traffic").gauss(0, self.day_sd))
        dice = _dice(seed, day, f"leg:{key}")
        noise = exp(dice.gauss(-(self.leg_sd**2) / 2, self.leg_sd))
        stuck_s = dice.random() < self.incident and dice.uniform(0, 60 * self.incident_minutes)
        return planned_s * self.hours.get(at.hour, 1.0) * today * noise + float(stuck_s)

    def service_s(self, seed: int, day: date, key: str, planned_s: float) -> float:
        """Return how long is spent at a stop."""
        noise = _dice(seed, day, f"service:{key}").gauss(-(self.service_sd**2) / 2, self.service_sd)
        return planned_s * self.service * exp(noise)

    def leaves_late(self, seed: int, day: date, van: str) -> timedelta:
        """Return how much later than planned a van leaves."""
        mean_s = 60 * self.leaves_late_minutes
        return timedelta(seconds=_dice(seed, day, f"leaves:{van}").expovariate(1 / mean_s))

    def break_at(self, seed: int, day: date, van: str, span: TimeWindow) -> datetime:
        """Return from when on a driver wants to have the break."""
        middle = span.start + span.duration / 2
        wanted = middle + timedelta(minutes=_dice(seed, day, f"break:{van}").gauss(0, 15))
        return min(max(wanted, span.start), span.end)

    def stated(self) -> list[str]:
        """Return the assumptions as lines."""
        hours = ", ".join(f"{hour} h x{factor:g}" for hour, factor in sorted(self.hours.items()))
        legs = (
            f"traffic '{self.name}': legs take the planned time x hour ({hours or 'none'}) x day "
            f"(log sd {self.day_sd:g}) x leg (log sd {self.leg_sd:g}); {self.incident:.0%} of legs "
            f"up to {self.incident_minutes:g} min more"
        )
        doors = (
            f"at the door: planned time x {self.service:g} (log sd {self.service_sd:g}); vans "
            f"leave {self.leaves_late_minutes:g} min late on average; breaks about the middle of "
            "their span (sd 15 min)"
        )
        return [legs, doors]


USUAL = World("usual", hours={8: 1.15, 9: 1.1, 12: 1.05, 16: 1.15, 17: 1.2})
OTHER = World(
    "other",
    hours={8: 1.3, 9: 1.25, 10: 1.1, 14: 1.1, 15: 1.2, 16: 1.3, 17: 1.3},
    day_sd=0.10,
    leg_sd=0.35,
    incident=0.03,
    incident_minutes=15.0,
    service=1.1,
    service_sd=0.5,
    leaves_late_minutes=10.0,
)


def away(seed: int, day: date, who: str, zone: str) -> TimeWindow | None:
    """Return when a recipient is not at home that day."""
    works = _dice(seed, date.min, f"works:{who}").random() < WORKS
    dice = _dice(seed, day, f"home:{who}")
    if works and day.weekday() < 5:  # noqa: PLR2004 Saturday
        is_out, (first, last), (least, most) = (
            dice.random() < OUT_ON_A_WORKDAY,
            LEAVES_BETWEEN,
            AWAY_HOURS,
        )
    else:
        is_out, (first, last), (least, most) = (
            dice.random() < HAS_ERRAND,
            ERRAND_BETWEEN,
            ERRAND_HOURS,
        )
    if not is_out:
        return None
    midnight = datetime.combine(day, time(), tzinfo=ZoneInfo(zone))
    start = midnight + timedelta(hours=dice.uniform(first, last))
    return TimeWindow(start, start + timedelta(hours=dice.uniform(least, most)))


def answers(seed: int, day: date, who: str) -> bool:
    """Say whether somebody who will be out answers the evening's message."""
    return _dice(seed, day, f"answers:{who}").random() < ANSWERS


def stated() -> list[str]:
    """Return the assumptions about people as lines."""
    people = (
        f"people: {WORKS:.0%} work, and on {OUT_ON_A_WORKDAY:.0%} of workdays leave between "
        f"{LEAVES_BETWEEN[0]:g} and {LEAVES_BETWEEN[1]:g} h for {AWAY_HOURS[0]:g} to "
        f"{AWAY_HOURS[1]:g} hours; of the others {HAS_ERRAND:.0%} are out for "
        f"{ERRAND_HOURS[0]:g} to {ERRAND_HOURS[1]:g} hours from {ERRAND_BETWEEN[0]:g} to "
        f"{ERRAND_BETWEEN[1]:g} h on; nobody else opens the door"
    )
    choices = (
        "choices: who is out for half of the window told the evening before answers with "
        f"{ANSWERS:.0%}: takes the first window offered of that day that they are at home for, "
        "else a safe place, else the nearest pickup point"
    )
    return [people, choices]


def _dice(seed: int, day: date, what: str) -> random.Random:
    return random.Random(f"{seed}:{day.isoformat()}:{what}")  # noqa: S311 made-up days
