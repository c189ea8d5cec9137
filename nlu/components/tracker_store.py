"""A tracker store that keeps the last turns only."""

from __future__ import annotations

from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker


class RecentTurnsTrackerStore(SQLTrackerStore):
    """Keeps the last turns of each conversation in SQL.

    Every turn reads the whole tracker back, so one that grows for ever makes every turn slower than
    the one before it; and what people wrote is kept in our own database, under our own retention.
    """

    KEPT_TURNS = 8
    PRUNED_ABOVE_EVENTS = 80

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain=domain, host=host, event_broker=event_broker, **kwargs)

    async def save(self, tracker: DialogueStateTracker) -> None:
        await super().save(tracker)
        if len(tracker.events) > self.PRUNED_ABOVE_EVENTS:
            self._prune(tracker.sender_id)

    def _prune(self, sender_id: str) -> None:
        """Forget all but the last turns."""
        event = self.SQLEvent
        with self.session_scope() as session:
            ends_of_turns = (
                session.query(event.id)
                .filter(
                    event.sender_id == sender_id,
                    event.type_name == ActionExecuted.type_name,
                    event.action_name == "action_listen",
                )
                .order_by(event.id.desc())
            )
            newest = [row.id for row in ends_of_turns.limit(self.KEPT_TURNS)]
            session.query(event).filter(
                event.sender_id == sender_id, event.id < newest[-1]
            ).delete(synchronize_session=False)
            session.commit()
