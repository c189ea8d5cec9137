"""A tracker store that keeps the last turns only."""

from __future__ import annotations

from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import event


class RecentTurnsTrackerStore(SQLTrackerStore):
    """Keeps the last turns of each conversation in SQL.

    Every turn reads the whole tracker back, so one that grows for ever makes every turn slower than
    the one before it; and what people wrote is kept in our own database, under our own retention.
    """

    KEPT_TURNS = 4
    PRUNED_ABOVE_EVENTS = 40

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain=domain, host=host, event_broker=event_broker, **kwargs)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _write_ahead)
            self.engine.dispose()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the tracker, its oldest turns forgotten if it has grown too long.

        Here and not in ``save``: what a tracker was loaded with must still be stored when it is saved,
        because the store counts on that to tell new events from old ones.
        """
        tracker = await super().retrieve(sender_id)
        if tracker is None or len(tracker.events) <= self.PRUNED_ABOVE_EVENTS:
            return tracker
        self._prune(sender_id)
        return await super().retrieve(sender_id)

    def _prune(self, sender_id: str) -> None:
        """Forget all but the last turns."""
        stored = self.SQLEvent
        with self.session_scope() as session:
            ends_of_turns = (
                session.query(stored.id)
                .filter(
                    stored.sender_id == sender_id,
                    stored.type_name == ActionExecuted.type_name,
                    stored.action_name == "action_listen",
                )
                .order_by(stored.id.desc())
            )
            newest = [row.id for row in ends_of_turns.limit(self.KEPT_TURNS)]
            if newest:
                session.query(stored).filter(
                    stored.sender_id == sender_id, stored.id < newest[-1]
                ).delete(synchronize_session=False)
                session.commit()


def _write_ahead(connection: Any, _record: Any) -> None:
    """Spare each turn a wait for the disk: what a power cut may take is a turn of talk, which nothing rests on."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
