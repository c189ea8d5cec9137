"""What the action server needs from the environment."""

from dataclasses import dataclass, field

from deliveries.environment import Environment
from deliveries.planner_settings import PlannerSettings


@dataclass(frozen=True)
class Settings:
    """The action server's settings.

    Attributes:
        threads: How many turns are worked at once.
    """

    database_url: str
    secret_key: str
    host: str
    port: int
    clock_url: str | None
    threads: int
    planner: PlannerSettings = field(default_factory=PlannerSettings)

    @classmethod
    def read(cls, environment: Environment) -> "Settings":
        """Read them.

        Raises:
            SettingsError: If any are missing or wrong, naming all.
        """
        bind = environment.address("DOORSTEP_ACTIONS_BIND", "127.0.0.1:5055")
        settings = cls(
            database_url=environment.required("DOORSTEP_DATABASE_URL"),
            secret_key=environment.required("DOORSTEP_SECRET_KEY"),
            host=bind[0],
            port=bind[1],
            clock_url=environment.optional("DOORSTEP_CLOCK_URL"),
            threads=environment.number("DOORSTEP_ACTIONS_THREADS", 4),
            planner=PlannerSettings.read(environment),
        )
        environment.check()
        return settings
