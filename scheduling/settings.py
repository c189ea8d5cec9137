"""What the worker needs from the environment."""

import os
from dataclasses import dataclass
from datetime import timedelta

from deliveries.environment import Environment
from deliveries.model.privacy import Period, Periods
from deliveries.planner_settings import PlannerSettings


@dataclass(frozen=True)
class Settings:
    """The worker's settings.

    Attributes:
        planning_s: How long the routes of a whole day may be searched for.
        improving_s: How long better routes may be searched for after changes; 0: not at all.
        periods: How long what is known of people is kept.
        name: Tells this worker's claims from those of others.
    """

    database_url: str
    secret_key: str
    clock_url: str | None
    planner: PlannerSettings
    planning_s: int
    improving_s: int
    periods: Periods
    name: str

    @classmethod
    def read(cls, environment: Environment) -> "Settings":
        """Read them.

        Raises:
            SettingsError: If any are missing or wrong, naming all.
        """
        settings = cls(
            database_url=environment.required("DOORSTEP_DATABASE_URL"),
            secret_key=environment.required("DOORSTEP_SECRET_KEY"),
            clock_url=_clock_url(environment),
            planner=PlannerSettings.read(environment),
            planning_s=environment.number("DOORSTEP_PLANNING_SECONDS", 20),
            improving_s=environment.number("DOORSTEP_IMPROVING_SECONDS", 10, or_zero=True),
            periods=_periods(environment),
            name=f"{os.uname().nodename}:{os.getpid()}",
        )
        environment.check()
        return settings


def _periods(environment: Environment) -> Periods:
    usual = Periods()

    def days(period: Period) -> timedelta:
        name = f"DOORSTEP_KEEP_{period.value.upper()}_DAYS"
        return timedelta(days=environment.number(name, usual.of(period).days))

    return Periods(**{period.value: days(period) for period in Period})


def _clock_url(environment: Environment) -> str | None:
    if environment.optional("DOORSTEP_CLOCK_URL") is None:
        return None
    return environment.url("DOORSTEP_CLOCK_URL")
