"""What every action does: read the turn from Rasa, let one service answer, hand the answer back."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from deliveries.errors import AssistantError, ConflictError, UnavailableError
from deliveries.model.saying import Saying
from deliveries.ports import Clock
from deliveries.services.conversing.continuing import answer_with_place
from deliveries.services.conversing.quietening import answer_parcel_opt_out
from deliveries.services.conversing.replying import answer_menu
from deliveries.services.conversing.speaking import follow_language, other_language
from deliveries.services.conversing.turns import Answer, Desk, Entity, Heard, answered_before
from deliveries.services.neighbours.answers import answer_as_neighbour

log = structlog.get_logger()
TRIES_AFTER_CONFLICT = 3
# Two wishes in one text share the confidence; of one wish hardly anything is left for another.
ALSO_HEARD_FROM = 0.08
# What was found by rules has no confidence; a language that is not sure is none.
SURE = 0.9


@dataclass(frozen=True)
class Counter:
    """What an action stands at: the desk, the day's clock and the threads that services run in."""

    desk: Desk
    clock: Clock
    threads: Executor


class GoalAction(Action):  # type: ignore[misc]  # rasa-sdk ships no types
    """An action of one goal; a subclass names it and calls its service."""

    def __init__(self, counter: Counter) -> None:
        """Keep what the service needs."""
        self.counter = counter

    def answer(self, desk: Desk, heard: Heard, *, now: datetime) -> Answer:
        """Call the goal's service."""
        raise NotImplementedError

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: Mapping[str, Any],  # noqa: ARG002 rasa-sdk passes it
    ) -> list[dict[str, Any]]:
        """Answer the turn; Rasa carries the answer to the gateway as it is."""
        heard = read_turn(tracker)
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self.counter.threads, self._answer_once, heard)
        dispatcher.utter_message(
            json_message={
                "sayings": [saying.to_json() for saying in answer.sayings],
                "trace": _trace(tracker, self.name()),
                "handoff": {"reason": answer.handoff} if answer.handoff else None,
            }
        )
        return []

    def _answer_once(self, heard: Heard) -> Answer:
        """Answer a turn that came before as before; a refusal or outage becomes a saying."""
        desk = self.counter.desk
        with desk.unit_of_work(read_only=True) as work:
            before = answered_before(work, heard)
            language = other_language(work, heard)
        if before is not None:
            return before
        if language is not None:
            follow_language(desk, heard, language)
        for _ in range(TRIES_AFTER_CONFLICT):
            try:
                now = self.counter.clock.now()
                found = (
                    answer_as_neighbour(desk, heard, now=now)
                    or answer_parcel_opt_out(desk, heard, now=now)
                    or answer_with_place(desk, heard, now=now)
                    or answer_menu(desk, heard, now=now)
                )
                return found or self.answer(desk, heard, now=now)
            except ConflictError:
                log.info("turn_conflicted", conversation_id=heard.conversation_id)
            except UnavailableError:
                log.warning("turn_unavailable", conversation_id=heard.conversation_id)
                return Answer((Saying("error_unavailable"),))
            except AssistantError as error:
                log.info("turn_refused", conversation_id=heard.conversation_id, code=error.code)
                return Answer((Saying(f"error_{error.code}"),))
        return Answer((Saying("error_conflict"),))


def read_turn(tracker: Tracker) -> Heard:
    """Return what Rasa heard in the latest message."""
    message = tracker.latest_message
    metadata = message.get("metadata") or {}
    entities = tuple(
        Entity(
            str(each["entity"]),
            str(each.get("value", "")),
            int(each.get("start") or 0),
            int(each.get("end") or 0),
        )
        for each in message.get("entities", [])
        if each.get("confidence_entity", 1.0) >= SURE
    )
    place = metadata.get("location")
    heard = Heard(
        turn=str(metadata.get("turn") or f"{tracker.sender_id}:{message.get('message_id')}"),
        conversation_id=str(tracker.sender_id),
        contact_id=str(metadata.get("contact_id", "")),
        text=str(message.get("text") or ""),
        intent=str(message.get("intent", {}).get("name") or ""),
        entities=entities,
        location=(float(place["lat"]), float(place["lon"])) if place else None,
        also=_also(message),
    )
    option_id = heard.first("option_id")
    return replace(heard, option_id=option_id) if option_id else heard


def _also(message: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the goals that were not chosen but may well have been meant too."""
    ranking = message.get("intent_ranking") or []
    return tuple(str(each["name"]) for each in ranking[1:] if each["confidence"] >= ALSO_HEARD_FROM)


def _trace(tracker: Tracker, action: str) -> dict[str, Any]:
    """Return what staff may want to see of the understanding; entity kinds only, no values."""
    intent = tracker.latest_message.get("intent", {})
    return {
        "intent": intent.get("name"),
        "confidence": intent.get("confidence"),
        "action": action,
        "entities": [each["entity"] for each in tracker.latest_message.get("entities", [])],
    }
