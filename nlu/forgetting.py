"""A tracker store that keeps nothing: what a conversation is about is kept in our own database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa.core.tracker_store import TrackerStore

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rasa.shared.core.trackers import DialogueStateTracker


class ForgettingTrackerStore(TrackerStore):
    """Starts every turn anew.

    Every turn is one rule and one action, with no slots and no forms (decision 2), so nothing of an earlier
    turn is ever read. Keeping trackers took two fifths of Rasa's time and a second place for what people wrote.
    """

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep nothing."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return nothing, so that Rasa begins a tracker."""
        return None

    async def keys(self) -> Iterable[str]:
        """Return no conversations."""
        return ()
