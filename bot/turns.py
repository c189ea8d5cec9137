"""A turn's transactions: taking what waits, and keeping the answer with everything it did."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.dialogue import Answer, Question
from deliveries.model.conversation import Conversation, ConversationState
from deliveries.model.ids import new_id
from deliveries.model.message import InboundMessage, OutboxMessage, OutboxState, Purpose
from deliveries.model.offer import Offer
from deliveries.model.recipient import Contact
from deliveries.model.saying import Fact, Saying
from deliveries.ports import Clock, UnitOfWork
from deliveries.services.handoffs import give_up_waiting, is_way_back

LEASE = timedelta(seconds=30)

_SLASHES = re.compile(r"^[\s/]+")
_DIGITS = re.compile(r"(?:(?:option|number|nr|no)\W{0,2})?\W{0,2}(\d{1,2})\W{0,3}", re.IGNORECASE)
_NOT_A_LETTER = re.compile(r"[\W_]+")

type RequestHandoff = Callable[[UnitOfWork, Conversation, str, datetime], Sequence[Saying]]

_log = structlog.get_logger()


@dataclass(frozen=True)
class Turn:
    """One turn, taken: the messages it answers and what Rasa is asked.

    Attributes:
        key: Stays the same when a crash makes the turn come again.
        epoch: The conversation's, when it was taken.
    """

    key: str
    conversation_id: str
    contact_id: str
    epoch: int
    question: Question


@dataclass(frozen=True)
class Group:
    """Messages that are answered together.

    Attributes:
        saying: The answer that needs no Rasa.
        text: What Rasa is asked.
    """

    messages: tuple[InboundMessage, ...]
    text: str = ""
    saying: str | None = None


@dataclass(frozen=True)
class Turns:
    """Takes and finishes turns; every method runs in the caller's unit of work.

    Attributes:
        name: Who claims, unique among gateways.
        clock: The day's time.
        machine: The machine's time, for claims.
        request_handoff: Passes a conversation to staff; returns what the person is told.
    """

    name: str
    clock: Clock
    machine: Clock
    request_handoff: RequestHandoff

    def take(self, work: UnitOfWork, conversation_id: str) -> Turn | None:
        """Claim a conversation and its next turn; none: there is nothing for Rasa to do.

        What needs no Rasa is answered on the way.
        """
        technical_now = self.machine.now()
        if not work.conversations.claim_turn(
            conversation_id, by=self.name, now=technical_now, until=technical_now + LEASE
        ):
            return None
        conversation = work.conversations.get(conversation_id)
        if conversation.state is not ConversationState.HANDING_BACK:
            turn = self._next(work, conversation)
            if turn is not None:
                return turn
        work.conversations.release_turn(conversation_id, by=self.name)
        return None

    def finish(self, work: UnitOfWork, turn: Turn, answer: Answer) -> bool:
        """Keep the answer and give the conversation free; say whether more messages wait."""
        conversation = work.conversations.get(turn.conversation_id)
        if conversation.claimed_by != self.name:
            _log.warning("turn_overtaken", conversation_id=turn.conversation_id)
            return False
        now = self.clock.now()
        waiting = work.inbound.unworked(turn.conversation_id)
        for message in waiting:
            if (message.trace or {}).get("turn") == turn.key:
                message.worked_at = now
                message.trace = {**answer.trace, "turn": turn.key}
        self._reply(work, conversation, turn, answer, now=now)
        work.conversations.release_turn(turn.conversation_id, by=self.name)
        return any(message.worked_at is None for message in waiting)

    def _next(self, work: UnitOfWork, conversation: Conversation) -> Turn | None:
        now = self.clock.now()
        waiting = list(work.inbound.unworked(conversation.id))
        offer = work.offers.find(conversation.last_offer_id) if conversation.last_offer_id else None
        while waiting:
            group = next_group(waiting, offer)
            waiting = waiting[len(group.messages) :]
            contact = work.contacts.get(group.messages[-1].contact_id)
            if _wants_bot_back(conversation, group):
                give_up_waiting(work, conversation, now=now)
                _settle(group.messages, now=now)
            elif not self._is_for_bot(work, conversation, contact):
                _settle(group.messages, now=now)
            elif group.saying is not None:
                _settle(group.messages, now=now)
                saying = (Saying(group.saying),)
                key = f"turn:{turn_key(group.messages)}"
                self._write(work, conversation, contact.id, saying, key=key, now=now)
            else:
                return _begin(conversation, contact, group)
        return None

    @staticmethod
    def _is_for_bot(work: UnitOfWork, conversation: Conversation, contact: Contact) -> bool:
        """The bot may answer: nobody else has the conversation, and the person wants to hear it."""
        if not conversation.is_with_bot or contact.person_id != conversation.person_id:
            return False
        return not any(each.opted_out_at for each in work.contacts.of_person(contact.person_id))

    def _reply(
        self,
        work: UnitOfWork,
        conversation: Conversation,
        turn: Turn,
        answer: Answer,
        *,
        now: datetime,
    ) -> None:
        is_void = conversation.epoch != turn.epoch
        sayings = answer.sayings
        if answer.handoff and not is_void:
            sayings += tuple(self.request_handoff(work, conversation, answer.handoff, now))
        if sayings:
            self._write(
                work,
                conversation,
                turn.contact_id,
                sayings,
                key=f"turn:{turn.key}",
                now=now,
                is_void=is_void,
            )

    @staticmethod
    def _write(
        work: UnitOfWork,
        conversation: Conversation,
        contact_id: str,
        sayings: tuple[Saying, ...],
        *,
        key: str,
        now: datetime,
        is_void: bool = False,
    ) -> None:
        work.outbox.add_once(
            OutboxMessage(
                id=new_id("m"),
                conversation_id=conversation.id,
                contact_id=contact_id,
                purpose=Purpose.REPLY,
                sayings=sayings,
                created_at=now,
                not_before=now,
                dedupe_key=key,
                epoch=conversation.epoch,
                state=OutboxState.SUPPRESSED if is_void else OutboxState.QUEUED,
                reason="superseded" if is_void else None,
            )
        )


def next_group(waiting: Sequence[InboundMessage], offer: Offer | None) -> Group:
    """Return the messages of the next turn: one choice, or all free text up to the next one.

    A turn that was begun before a crash comes again with the same messages, so that the actions
    know it by its key.
    """
    begun = (waiting[0].trace or {}).get("turn")
    if begun:
        same = [each for each in waiting if (each.trace or {}).get("turn") == begun]
        waiting = list(waiting[: len(same)])
    first = waiting[0]
    option_id = first.option_id or chosen_option(first.text, offer)
    if option_id:
        payload = json.dumps({"option_id": option_id}, separators=(",", ":"))
        return Group((first,), text=f"/choose{payload}")
    if not free_text(first):
        return Group((first,), **_without_text(first))
    texts: list[InboundMessage] = []
    for message in waiting:
        if message.option_id or chosen_option(message.text, offer) or not free_text(message):
            break
        texts.append(message)
    return Group(tuple(texts), text="\n".join(free_text(each) for each in texts))


def free_text(message: InboundMessage) -> str:
    """Return the text as it may reach Rasa, which would execute ``/intent`` typed by anybody."""
    return _SLASHES.sub("", message.text).strip()


def chosen_option(text: str, offer: Offer | None) -> str | None:
    """Return the option that a digit or word alone stands for, in the last offer shown."""
    if offer is None:
        return None
    digits = _DIGITS.fullmatch(text.strip())
    if digits:
        position = int(digits[1])
        return offer.options[position - 1].id if 0 < position <= len(offer.options) else None
    typed = _plain(text)
    if not typed:
        return None
    for option in offer.options:
        if typed in {_plain(word) for word in option.words}:
            return option.id
    return None


def turn_key(messages: Sequence[InboundMessage]) -> str:
    """Return the key of the turn that answers these messages."""
    return f"{messages[-1].conversation_id}:{messages[-1].seq}"


def _begin(conversation: Conversation, contact: Contact, group: Group) -> Turn:
    key = turn_key(group.messages)
    for message in group.messages:
        message.trace = {"turn": key}
    last = group.messages[-1]
    metadata: dict[str, Fact] = {
        "turn": key,
        "epoch": conversation.epoch,
        "contact_id": contact.id,
        "channel": contact.channel.value,
    }
    if last.lat is not None and last.lon is not None:
        metadata["location"] = {"lat": last.lat, "lon": last.lon}
    return Turn(
        key=key,
        conversation_id=conversation.id,
        contact_id=contact.id,
        epoch=conversation.epoch,
        question=Question(conversation.id, group.text, metadata),
    )


def _without_text(message: InboundMessage) -> dict[str, str]:
    """Pass a place on to Rasa; say of anything else without words that we cannot read it."""
    if message.lat is not None:
        return {"text": "/inform"}
    return {"saying": "cannot_read_media" if message.media_count else "empty_message"}


def _wants_bot_back(conversation: Conversation, group: Group) -> bool:
    return conversation.state is ConversationState.QUEUED and is_way_back(group.text)


def _settle(messages: Sequence[InboundMessage], *, now: datetime) -> None:
    for message in messages:
        message.worked_at = now


def _plain(text: str) -> str:
    return _NOT_A_LETTER.sub(" ", text).strip().casefold()
