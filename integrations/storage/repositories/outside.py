"""What is kept about planners that are other people's systems."""

from collections.abc import Sequence

from sqlalchemy import select, update

from deliveries.model.outside import OutsideTask, PlannerEvent, Spending
from integrations.storage.outside_tables import (
    NOT_WORKED,
    outside_tasks,
    planner_events,
    planner_spending,
)
from integrations.storage.repositories.entities import SqlRepository, insert_once, touch, wake


class SqlOutsideTaskRepository(SqlRepository[OutsideTask]):
    """Deliveries as other systems know them, in a database."""

    kind = OutsideTask

    def of(self, planner: str, delivery_ids: Sequence[str]) -> Sequence[OutsideTask]:
        """Return the tasks of deliveries in one system, in no order."""
        statement = select(OutsideTask).where(
            outside_tasks.c.id.in_([f"{planner}:{id_}" for id_ in delivery_ids])
        )
        return self._session.scalars(statement).all()

    def by_external_id(self, planner: str, external_id: str) -> OutsideTask | None:
        """Return the task that a system knows by that id."""
        statement = select(OutsideTask).where(
            outside_tasks.c.external_id == external_id, outside_tasks.c.planner == planner
        )
        return self._session.scalars(statement.limit(1)).one_or_none()

    def remove(self, task: OutsideTask) -> None:
        """Forget a task that is gone."""
        self._session.delete(task)


class SqlPlannerEventRepository(SqlRepository[PlannerEvent]):
    """What other systems reported, in a database."""

    kind = PlannerEvent

    def add_once(self, event: PlannerEvent) -> bool:
        """Keep an event; false if it was reported before."""
        is_new = insert_once(self._session, event, planner_events.c.id)
        if is_new:
            wake(self._session, "planner_events")
        return is_new

    def unworked(self, *, limit: int) -> Sequence[PlannerEvent]:
        """Return what waits, by the instant it happened."""
        statement = select(PlannerEvent).where(NOT_WORKED)
        return self._session.scalars(
            statement.order_by(planner_events.c.at, planner_events.c.id).limit(limit)
        ).all()


class SqlSpendingRepository(SqlRepository[Spending]):
    """What planners cost, in a database."""

    kind = Spending

    def spend(self, id_: str, cents: int, *, limit: int) -> bool:
        """Count an amount if it stays within the limit; say whether it did."""
        insert_once(self._session, Spending(id_), planner_spending.c.id)
        spent = planner_spending.c.cents
        more = (
            update(planner_spending)
            .where(planner_spending.c.id == id_, spent + cents <= limit)
            .values(cents=spent + cents)
        )
        return touch(self._session, more) > 0
