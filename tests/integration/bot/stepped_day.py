"""A day that a test moves on by itself, for the worker's jobs and for a gateway that follows it."""

from datetime import UTC, date, datetime

from deliveries.model.message import OutboxMessage, OutboxState
from deliveries.services.conversing.turns import Desk
from integrations.geography import RoadGeography
from integrations.planners.embedded import EmbeddedPlanner
from integrations.storage import storage
from integrations.vault import FernetVault
from scheduling.duty import Duty
from tests.integration.bot.stage import World, until

DAY = date(2026, 3, 11)
EVE = datetime(2026, 3, 10, 16, 50, tzinfo=UTC)
KEY = "a-secret-key-for-tests"


class SteppedClock:
    """The day's time, moved by the test; the gateway follows it in place of the sandbox's."""

    now_at = EVE

    def __init__(self, _url: str = "") -> None:
        """Stand at the eve."""

    def now(self) -> datetime:
        return SteppedClock.now_at

    def start(self) -> None:
        """Have nothing to start."""

    def stop(self) -> None:
        """Have nothing to stop."""


def duty_on(url: str) -> Duty:
    """Return what the worker's jobs work on."""
    store, clock = storage(url), SteppedClock()
    desk = Desk(store.unit_of_work, EmbeddedPlanner(budget_s=1), RoadGeography(), FernetVault(KEY))
    return Duty(desk, clock, clock, "worker")


def written(duty: Duty) -> list[OutboxMessage]:
    """Return every row of the outbox, newest first."""
    with duty.desk.unit_of_work(read_only=True) as work:
        return list(work.outbox.newest(limit=1000))


async def come_to_rest(world: World, duty: Duty) -> None:
    """Wait until everything that is due has left or been held back."""
    if not _is_at_rest(duty):
        world.gateway.outbox.wake()
        await until(lambda: _is_at_rest(duty), within_s=20)


def _is_at_rest(duty: Duty) -> bool:
    """Say whether all that is due has left or been held back; answers to a choice never expire."""
    now = SteppedClock.now_at
    return not any(
        each.state is OutboxState.SENDING
        or (
            each.state is OutboxState.QUEUED
            and min(each.not_before, each.expires_at or each.not_before) <= now
        )
        for each in written(duty)
    )
