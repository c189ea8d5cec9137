"""What drivers' devices report."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from bot.api.dependencies import Dependencies
from deliveries.model.history import DriverEvent
from deliveries.model.ids import new_id
from deliveries.services.days.driving import Rejected, record_driver_events, tell_pin

AT_ONCE = 1000

type _Id = Annotated[str, Field(min_length=1, max_length=64)]
type _Words = Annotated[str, Field(max_length=500)]


class DriverEventIn(BaseModel):
    """One report; its id makes a repeat harmless."""

    model_config = ConfigDict(extra="ignore")

    id: _Id
    kind: _Id
    at: AwareDatetime
    route_id: _Id
    stop_id: _Id | None = None
    delivery_id: _Id | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    handed_to: _Words | None = None
    house_number: Annotated[str, Field(max_length=12)] | None = None
    photo_url: _Words | None = None
    reason: _Words | None = None
    pin: Annotated[str, Field(max_length=12)] | None = None

    def to_event(self) -> DriverEvent:
        """Return the event as the core knows it."""
        details = self.model_dump(
            include={"lat", "lon", "handed_to", "house_number", "photo_url", "reason", "pin"},
            exclude_none=True,
        )
        return DriverEvent(
            self.id, self.kind, self.at, self.route_id, self.stop_id, self.delivery_id, details
        )


class DriverEventsIn(BaseModel):
    """A batch; events that cannot be read do not hold up the others."""

    events: Annotated[list[dict[str, Any]], Field(max_length=AT_ONCE)]


class PinIn(BaseModel):
    """What a recipient told the driver; with an id a repeat costs no other try."""

    pin: Annotated[str, Field(min_length=1, max_length=12)]
    id: _Id | None = None


class PinOut(BaseModel):
    """Whether the parcels may be handed over."""

    right: bool
    tries_left: int


class RejectedOut(BaseModel):
    """An event that was not taken, and why."""

    id: str | None
    error: str


class RecordedOut(BaseModel):
    """What became of a batch."""

    accepted: int
    duplicates: int
    rejected: list[RejectedOut]


def add_driver_event_routes(router: APIRouter, dependencies: Dependencies) -> None:
    """Add the route that takes events."""

    @router.post("/driver-events", status_code=202, tags=["drivers"])
    def post_driver_events(batch: DriverEventsIn) -> RecordedOut:
        """Record what drivers report: each event once, contradictory ones without effect."""
        events, rejected = _read(batch.events)
        recorded = record_driver_events(dependencies.desk, events, now=dependencies.clock.now())
        rejected += [_rejected(each) for each in recorded.rejected]
        return RecordedOut(
            accepted=recorded.accepted, duplicates=recorded.duplicates, rejected=rejected
        )

    @router.post("/deliveries/{delivery_id}/pin", tags=["drivers"])
    def post_pin(delivery_id: str, told: PinIn) -> PinOut:
        """Check a PIN at the door; after the third wrong one the attempt has failed."""
        now, key = dependencies.clock.now(), told.id or new_id("e")
        checked = tell_pin(dependencies.desk, delivery_id, told.pin, key=key, now=now)
        return PinOut(right=checked.is_right, tries_left=checked.tries_left)


def _read(given: list[dict[str, Any]]) -> tuple[list[DriverEvent], list[RejectedOut]]:
    events: list[DriverEvent] = []
    rejected: list[RejectedOut] = []
    for each in given:
        try:
            events.append(DriverEventIn.model_validate(each).to_event())
        except ValidationError as error:
            problem = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(map(str, problem["loc"]))
            id_ = each.get("id")
            rejected.append(
                RejectedOut(
                    id=id_ if isinstance(id_, str) else None, error=f"{place}: {problem['msg']}"
                )
            )
    return events, rejected


def _rejected(rejected: Rejected) -> RejectedOut:
    return RejectedOut(id=rejected.id, error=rejected.error)
