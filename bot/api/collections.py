"""What shops and lockers report: that a parcel was collected."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, Field

from bot.api.dependencies import Dependencies
from deliveries.model.history import DriverEvent
from deliveries.services.identity.handover_codes import check_code
from deliveries.services.pickup_points.waiting import record_collected


class CollectedIn(BaseModel):
    """One report; its id makes a repeat harmless.

    With ``code`` the report counts only if the code is right; without it the operator vouches.
    """

    id: Annotated[str, Field(min_length=1, max_length=64)]
    at: AwareDatetime
    code: Annotated[str, Field(max_length=32)] | None = None


class CollectedOut(BaseModel):
    """Whether it was news."""

    is_new: bool


class CodeIn(BaseModel):
    """A code that somebody showed at the door or the counter."""

    code: Annotated[str, Field(max_length=32)]


class CodeOut(BaseModel):
    """What the code is for, and who may come with it if not the recipient."""

    kind: str
    name: str | None


def add_collection_routes(router: APIRouter, dependencies: Dependencies) -> None:
    """Add the routes that check codes and close what was collected."""

    @router.post("/deliveries/{delivery_id}/codes/check", tags=["drivers"])
    def post_code(delivery_id: str, shown: CodeIn) -> CodeOut:
        """Say what a code is for; a wrong one is refused, and after five no more are tried."""
        with dependencies.unit_of_work() as work:
            work.deliveries.get(delivery_id)
            now = dependencies.clock.now()
            try:
                code = check_code(work, dependencies.vault, delivery_id, shown.code, now=now)
            finally:
                work.commit()
            return CodeOut(kind=code.kind.value, name=code.name)

    @router.post("/deliveries/{delivery_id}/collected", status_code=202, tags=["network"])
    def post_collected(delivery_id: str, report: CollectedIn) -> CollectedOut:
        """Record that a parcel was collected at its shop or locker, which frees the compartment."""
        details = {"code": report.code} if report.code is not None else {}
        event = DriverEvent(
            report.id, "collected", report.at, "", delivery_id=delivery_id, details=details
        )
        is_new = record_collected(dependencies.desk, event, now=dependencies.clock.now())
        return CollectedOut(is_new=is_new)
