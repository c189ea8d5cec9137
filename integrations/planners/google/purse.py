"""What may be spent in a day: counted before a call is made, shared by all processes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from deliveries.model.history import StaffTask
from deliveries.model.ids import new_id
from deliveries.ports import UnitOfWorkFactory


@dataclass(frozen=True)
class Purse:
    """A day's money.

    Attributes:
        cents: The limit of a day (UTC).
        machine_now: Tells the machine's time: bills know nothing of the day's clock.
    """

    unit_of_work: UnitOfWorkFactory
    cents: int
    machine_now: Callable[[], datetime]

    def take(self, cents: int) -> bool:
        """Count an amount, or leave a task for staff, once a day, if it is too much."""
        now = self.machine_now()
        day = f"google:{now.date().isoformat()}"
        with self.unit_of_work() as work:
            is_there = work.spending.spend(day, cents, limit=self.cents)
            if not is_there:
                work.tasks.add_once(
                    StaffTask(
                        id=new_id("t"),
                        kind="planner_budget_spent",
                        dedupe_key=f"planner_budget:{day}",
                        created_at=now,
                        facts={"cents": cents, "limit": self.cents},
                    )
                )
            work.commit()
        return is_there
