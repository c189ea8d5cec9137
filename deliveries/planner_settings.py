"""Which route planner is used, and what it needs; read by every process that has one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deliveries.environment import Environment

PLANNERS = ("embedded", "vroom", "onfleet", "google")
ONFLEET_URL = "https://onfleet.com/api/v2"
GOOGLE_URL = "https://routeoptimization.googleapis.com"
TRAVELS = ("offline", "osrm", "valhalla")
# What OSRM takes by default in one call; as 50 by 50 it is what Valhalla takes, too.
TRAVEL_TABLE_SIZE = 100
_HEX = re.compile(r"([0-9a-fA-F]{2}){16,}")


@dataclass(frozen=True)
class TravelSettings:
    """Where travel times come from.

    Attributes:
        name: The kind of map server; offline: none, they are estimated.
        url: The server's base address.
        table_size: The most places, on both sides together, that it takes in one call.
    """

    name: str = "offline"
    url: str = ""
    table_size: int = TRAVEL_TABLE_SIZE

    @classmethod
    def read(cls, environment: Environment) -> "TravelSettings":
        """Read them; what is missing or wrong is complained of to the environment."""
        name = environment.text("DOORSTEP_TRAVEL", "offline")
        if name not in TRAVELS:
            environment.complain(f"DOORSTEP_TRAVEL is none of {', '.join(TRAVELS)}")
        if name not in TRAVELS[1:]:
            return cls()
        size = environment.number("DOORSTEP_TRAVEL_TABLE_SIZE", TRAVEL_TABLE_SIZE)
        return cls(name, environment.url("DOORSTEP_TRAVEL_URL"), size)


@dataclass(frozen=True)
class VroomSettings:
    """VROOM.

    Attributes:
        url: Where problems are posted to; none: in process, through pyvroom.
        key: For servers that want one.
    """

    url: str | None
    key: str | None


@dataclass(frozen=True)
class OnfleetSettings:
    """An organisation at Onfleet.

    Attributes:
        webhook_secret: Hexadecimal, as Onfleet shows it; none: its webhooks are refused.
        workers: Onfleet's worker of each of our vehicles, by vehicle id.
        team: Whose routes Onfleet itself is to optimise after every change; none: ours stand.
    """

    key: str
    url: str
    webhook_secret: str | None
    workers: Mapping[str, str]
    team: str | None


@dataclass(frozen=True)
class GoogleSettings:
    """A project with Google's Route Optimization.

    Attributes:
        credentials: The file with the service account's key.
        cents_a_day: What may be spent in a day.
        cents_a_shipment: What one shipment costs in a call about one vehicle.
        cents_a_shipment_of_fleet: What it costs in a call about several.
    """

    project: str
    credentials: str
    url: str
    cents_a_day: int
    cents_a_shipment: int
    cents_a_shipment_of_fleet: int


@dataclass(frozen=True)
class PlannerSettings:
    """The planner in use, with the settings of that one."""

    name: str = "embedded"
    vroom: VroomSettings | None = None
    onfleet: OnfleetSettings | None = field(default=None, repr=False)
    google: GoogleSettings | None = None
    travel: TravelSettings = TravelSettings()

    @classmethod
    def read(cls, environment: Environment) -> "PlannerSettings":
        """Read them; what is missing or wrong is complained of to the environment."""
        name = environment.text("DOORSTEP_PLANNER", "embedded")
        if name not in PLANNERS:
            environment.complain(f"DOORSTEP_PLANNER is none of {', '.join(PLANNERS)}")
        return cls(
            name=name,
            vroom=_read_vroom(environment) if name == "vroom" else None,
            onfleet=_read_onfleet(environment) if name == "onfleet" else None,
            google=_read_google(environment) if name == "google" else None,
            travel=TravelSettings.read(environment),
        )


def _read_vroom(environment: Environment) -> VroomSettings:
    url = environment.url("VROOM_URL") if environment.optional("VROOM_URL") else None
    return VroomSettings(url, environment.optional("VROOM_API_KEY"))


def _read_onfleet(environment: Environment) -> OnfleetSettings:
    secret = environment.optional("ONFLEET_WEBHOOK_SECRET")
    if secret is not None and not _HEX.fullmatch(secret):
        environment.complain("ONFLEET_WEBHOOK_SECRET is not the hexadecimal secret of a webhook")
    return OnfleetSettings(
        key=environment.required("ONFLEET_API_KEY"),
        url=environment.url("ONFLEET_API_URL", ONFLEET_URL),
        webhook_secret=secret,
        workers=_read_workers(environment),
        team=environment.optional("ONFLEET_OPTIMISED_TEAM"),
    )


def _read_workers(environment: Environment) -> dict[str, str]:
    pairs = [
        pair.partition("=")
        for pair in environment.required("ONFLEET_WORKERS").split(",")
        if pair.strip()
    ]
    if any(not vehicle.strip() or not worker.strip() for vehicle, _, worker in pairs):
        environment.complain("ONFLEET_WORKERS is not vehicle=worker,vehicle=worker")
    workers = {vehicle.strip(): worker.strip() for vehicle, _, worker in pairs}
    if len(workers) < len(pairs) or len(set(workers.values())) < len(pairs):
        environment.complain("ONFLEET_WORKERS names a vehicle or a worker twice")
    return workers


def _read_google(environment: Environment) -> GoogleSettings:
    credentials = environment.required("GOOGLE_APPLICATION_CREDENTIALS")
    if credentials and not Path(credentials).is_file():
        environment.complain("GOOGLE_APPLICATION_CREDENTIALS is no file")
    return GoogleSettings(
        project=environment.required("GOOGLE_CLOUD_PROJECT"),
        credentials=credentials,
        url=environment.url("GOOGLE_ROUTES_URL", GOOGLE_URL),
        cents_a_day=environment.number("GOOGLE_ROUTES_CENTS_A_DAY", 1000),
        cents_a_shipment=environment.number("GOOGLE_ROUTES_CENTS_A_SHIPMENT", 1),
        cents_a_shipment_of_fleet=environment.number("GOOGLE_ROUTES_CENTS_A_SHIPMENT_OF_FLEET", 3),
    )
