"""A turn's transactions: taking what waits, and keeping the answer with everything it did."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.departure import Departure
from bot.departures import Departures
from bot.dialogue import BOT_DOWN, Answer, Question
from deliveries.model.conversation import Conversation, ConversationState
from deliveries.model.ids import new_id
from deliveries.model.message import InboundMessage, OutboxMessage, OutboxState, Purpose
from deliveries.model.offer import Offer
from deliveries.model.recipient import Contact
from deliveries.model.saying import Fact, Saying
from deliveries.ports import UnitOfWork, Vault
from deliveries.replies import menu_number
from deliveries.services.handoffs import alarm_in, give_up_waiting, hear_person, is_way_back
from deliveries.services.handoffs.tiring import CameTo, came_to, misunderstood, why_a_person
from deliveries.services.identity.stepping_up import hear_code
from deliveries.services.ratings.hearing import hear_rating

LEASE = timedelta(seconds=30)
BROKEN = "turn_broken"
_UNOPENED = "cannot_read_media"

_SLASHES = re.compile(r"^[\s/]+")
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
class Taken:
    """What taking a conversation brought: a turn for Rasa, or what could be said without it."""

    turn: Turn | None = None
    departures: tuple[Departure, ...] = ()


@dataclass(frozen=True)
class Finished:
    """What finishing a turn brought.

    Attributes:
        has_more: More messages wait.
    """

    has_more: bool = False
    departures: tuple[Departure, ...] = ()


@dataclass(frozen=True)
class Group:
    """Messages that are answered together.

    Attributes:
        saying: The answer that needs no Rasa.
        text: What Rasa is asked.
        is_choice: It is a tap, or the digit or word of an option.
    """

    messages: tuple[InboundMessage, ...]
    text: str = ""
    saying: str | None = None
    is_choice: bool = False


@dataclass(frozen=True)
class Turns:
    """Takes and finishes turns; every method runs in the caller's unit of work.

    Attributes:
        departures: Who claims, by which clocks, and where answers go.
        request_handoff: Passes a conversation to staff; returns what the person is told.
        vault: Opens the codes that people type in.
    """

    departures: Departures
    request_handoff: RequestHandoff
    vault: Vault

    def take(self, work: UnitOfWork, conversation_id: str) -> Taken:
        """Claim a conversation and its next turn; what needs no Rasa is answered on the way."""
        technical_now = self.departures.machine.now()
        name = self.departures.name
        if not work.conversations.claim_turn(
            conversation_id, by=name, now=technical_now, until=technical_now + LEASE
        ):
            return Taken()
        taken = self._next(work, work.conversations.get(conversation_id))
        if taken.turn is None:
            work.conversations.release_turn(conversation_id, by=name)
        return taken

    def finish(self, work: UnitOfWork, turn: Turn, answer: Answer) -> Finished:
        """Keep the answer and give the conversation free."""
        conversation = work.conversations.get(turn.conversation_id)
        if conversation.claimed_by != self.departures.name:
            _log.warning("turn_overtaken", conversation_id=turn.conversation_id)
            return Finished()
        now = self.departures.clock.now()
        waiting = work.inbound.unworked(turn.conversation_id)
        result = came_to(answer.sayings, is_passed_on=answer.handoff is not None)
        reason = why_a_person(work, conversation, result, now=now)
        if reason is not None:
            answer, result = replace(answer, handoff=reason), CameTo.SETTLED
        for message in waiting:
            if (message.trace or {}).get("turn") == turn.key:
                message.worked_at = now
                message.trace = {**answer.trace, "turn": turn.key, "came_to": result}
        departures = self._reply(work, conversation, turn, answer, now=now)
        work.conversations.release_turn(turn.conversation_id, by=self.departures.name)
        has_more = any(message.worked_at is None for message in waiting)
        return Finished(has_more, tuple(departures))

    def abandon(self, work: UnitOfWork, conversation_id: str) -> list[Departure]:
        """Pass to staff what we fail to answer: what waits counts as worked, and says so."""
        conversation = work.conversations.get(conversation_id)
        waiting = work.inbound.unworked(conversation_id)
        if conversation.claimed_by != self.departures.name or not waiting:
            return []
        now = self.departures.clock.now()
        key = turn_key(waiting)
        for message in waiting:
            message.worked_at = now
            message.trace = {"turn": key, "failed": BROKEN}
        told = (Saying(BOT_DOWN), *self.request_handoff(work, conversation, BOT_DOWN, now))
        row = _reply_row(conversation, waiting[-1].contact_id, told, f"{key}:{BROKEN}", now)
        departures = self.departures.write(work, row)
        work.conversations.release_turn(conversation_id, by=self.departures.name)
        return departures

    def _next(self, work: UnitOfWork, conversation: Conversation) -> Taken:
        now = self.departures.clock.now()
        waiting = list(work.inbound.unworked(conversation.id))
        offer = _shown(work, conversation)
        departures: list[Departure] = []
        while waiting:
            departures += self._hear_code(work, conversation, waiting[0], now=now)
            departures += self._hear_rating(work, conversation, waiting[0], offer, now=now)
            if waiting[0].worked_at is not None:
                del waiting[0]
                offer = _shown(work, conversation)
                continue
            group = next_group(waiting, offer)
            waiting = waiting[len(group.messages) :]
            contact = work.contacts.get(group.messages[-1].contact_id)
            is_for_staff = not _chooses(work, conversation, group, offer)
            hear_person(work, conversation, is_for_staff=is_for_staff, now=now)
            if _wants_bot_back(conversation, group):
                give_up_waiting(work, conversation, now=now)
                departures += self.departures.claim(work, limit=1).departures
            elif _is_for_bot(conversation, contact):
                departures += self._hear_alarm(work, conversation, group, now=now)
                if conversation.is_with_bot and group.saying is None:
                    return Taken(_begin(conversation, contact, group), tuple(departures))
                if group.saying is not None and conversation.is_with_bot:
                    departures += self._say(work, conversation, group, group.saying, now=now)
            elif not conversation.is_with_bot and contact.person_id == conversation.person_id:
                # They answer it; how urgent it has become they are to see at once.
                self._alarm(work, conversation, group, now=now)
            _settle(group.messages, now=now)
        return Taken(None, tuple(departures))

    def _say(
        self,
        work: UnitOfWork,
        conversation: Conversation,
        group: Group,
        name: str,
        *,
        now: datetime,
    ) -> list[Departure]:
        """Say what needs no Rasa; who sends twice what we cannot open is passed to a person."""
        told: tuple[Saying, ...] = (Saying(name),)
        if name == _UNOPENED and misunderstood(work, conversation):
            told = tuple(self.request_handoff(work, conversation, "media", now)) or told
        key, contact_id = turn_key(group.messages), group.messages[-1].contact_id
        return self.departures.write(work, _reply_row(conversation, contact_id, told, key, now))

    def _hear_alarm(
        self, work: UnitOfWork, conversation: Conversation, group: Group, *, now: datetime
    ) -> list[Departure]:
        """Pass words that alarm to staff at once; out of hours the bot answers them as well."""
        reason, told = self._alarm(work, conversation, group, now=now)
        if not told:
            return []
        key = f"{turn_key(group.messages)}:{reason}"
        row = _reply_row(conversation, group.messages[-1].contact_id, told, key, now)
        return self.departures.write(work, row)

    def _alarm(
        self, work: UnitOfWork, conversation: Conversation, group: Group, *, now: datetime
    ) -> tuple[str | None, tuple[Saying, ...]]:
        """Ask for a person if the words alarm; return why, and what is said to that."""
        text = "\n".join(each.text for each in group.messages)
        is_tap = group.messages[-1].option_id is not None
        reason = None if is_tap else alarm_in(work, conversation, text, now=now)
        if reason is None:
            return None, ()
        return reason, tuple(self.request_handoff(work, conversation, reason, now))

    def _hear_code(
        self,
        work: UnitOfWork,
        conversation: Conversation,
        message: InboundMessage,
        *,
        now: datetime,
    ) -> list[Departure]:
        """Check a code before anything else hears of the message; a right one chooses what waits.

        The code is wiped; Rasa is asked about the choice alone.
        """
        sealed, message.code_sealed = message.code_sealed, None
        contact = work.contacts.get(message.contact_id)
        if sealed is None or not _is_for_bot(conversation, contact):
            return []
        given = self.vault.open(sealed).reveal()
        answer = hear_code(work, self.vault, conversation, contact.id, given, now=now)
        message.option_id = answer.proven_id
        if answer.proven_id is not None:
            return []
        message.worked_at = now
        message.trace = {"answered": "code"}
        sayings = answer.sayings
        if answer.handoff is not None:
            sayings += tuple(self.request_handoff(work, conversation, answer.handoff, now))
        row = _reply_row(conversation, contact.id, sayings, turn_key([message]), now)
        return self.departures.write(work, row)

    def _hear_rating(
        self,
        work: UnitOfWork,
        conversation: Conversation,
        message: InboundMessage,
        offer: Offer | None,
        *,
        now: datetime,
    ) -> list[Departure]:
        """Take a rating that was asked for; what needs an answer beyond thanks goes on to Rasa."""
        contact = work.contacts.get(message.contact_id)
        is_asked = conversation.state is ConversationState.RESOLVED and contact.is_reachable
        is_heard = is_asked or _is_for_bot(conversation, contact)
        if message.worked_at is not None or not is_heard:
            return []
        has_menu = offer is not None and offer.closed_at is None and now < offer.expires_at
        heard = hear_rating(work, conversation, message, has_menu=has_menu, now=now)
        if heard is None or heard.goes_on:
            return []
        message.worked_at = now
        message.trace = {"answered": "rating"}
        row = _reply_row(conversation, contact.id, heard.sayings, turn_key([message]), now)
        return self.departures.write(work, row)

    def _reply(
        self,
        work: UnitOfWork,
        conversation: Conversation,
        turn: Turn,
        answer: Answer,
        *,
        now: datetime,
    ) -> list[Departure]:
        is_void = conversation.epoch != turn.epoch
        sayings = answer.sayings
        if answer.handoff and not is_void:
            sayings += tuple(self.request_handoff(work, conversation, answer.handoff, now))
        if not sayings:
            return []
        row = _reply_row(conversation, turn.contact_id, sayings, turn.key, now)
        if is_void:
            row.state, row.reason = OutboxState.SUPPRESSED, "superseded"
        return self.departures.write(work, row)


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
        return Group((first,), text=f"/choose{payload}", is_choice=True)
    if not free_text(first):
        return _without_text(first)
    texts = [first]
    for message in waiting[1:]:
        if is_way_back(first.text) or _stands_alone(message, offer):
            break
        texts.append(message)
    return Group(tuple(texts), text="\n".join(free_text(each) for each in texts))


def _shown(work: UnitOfWork, conversation: Conversation) -> Offer | None:
    """Return the menu that a digit stands for; after a question of ours it is an answer instead."""
    offer = work.offers.find(conversation.last_offer_id) if conversation.last_offer_id else None
    draft = conversation.draft
    is_gone = offer is not None and (offer.closed_at is not None or not offer.options)
    return None if is_gone and draft is not None and draft.asked else offer


def _stands_alone(message: InboundMessage, offer: Offer | None) -> bool:
    return bool(
        message.option_id
        or message.code_sealed
        or chosen_option(message.text, offer)
        or not free_text(message)
        or is_way_back(message.text)
    )


def free_text(message: InboundMessage) -> str:
    """Return the text as it may reach Rasa, which would execute ``/intent`` typed by anybody."""
    return _SLASHES.sub("", message.text).strip()


def chosen_option(text: str, offer: Offer | None) -> str | None:
    """Return the option that a digit or word alone stands for, in the last offer shown."""
    if offer is None:
        return None
    # "Three" may answer a question of ours; only the conversation tells.
    has_digit = any(letter.isdecimal() for letter in text)
    position = menu_number(text) if has_digit else None
    if position is not None:
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


def _without_text(message: InboundMessage) -> Group:
    """Pass a place on to Rasa; say of anything else without words that we cannot read it."""
    if message.lat is not None:
        return Group((message,), text="/inform")
    return Group((message,), saying=_UNOPENED if message.media_count else "empty_message")


def _reply_row(
    conversation: Conversation,
    contact_id: str,
    sayings: tuple[Saying, ...],
    key: str,
    now: datetime,
) -> OutboxMessage:
    return OutboxMessage(
        id=new_id("m"),
        conversation_id=conversation.id,
        contact_id=contact_id,
        purpose=Purpose.REPLY,
        sayings=sayings,
        created_at=now,
        not_before=now,
        dedupe_key=f"turn:{key}",
        epoch=conversation.epoch,
    )


def _is_for_bot(conversation: Conversation, contact: Contact) -> bool:
    """The bot may answer: nobody else has the conversation, and the person wants to hear it."""
    is_theirs = contact.person_id == conversation.person_id
    return conversation.is_with_bot and is_theirs and contact.opted_out_at is None


def _wants_bot_back(conversation: Conversation, group: Group) -> bool:
    is_waiting = conversation.state in (ConversationState.QUEUED, ConversationState.ASSIGNED)
    return is_waiting and is_way_back(group.text)


def _chooses(
    work: UnitOfWork, conversation: Conversation, group: Group, offer: Offer | None
) -> bool:
    """Say whether a message is a choice that only the bot can take.

    A digit is one if its menu was shown since an agent took the chat; of an older menu it may as
    well answer what the agent asked.
    """
    if group.messages[0].option_id:
        return True
    handoff = work.handoffs.open_of(conversation.id) if group.is_choice else None
    taken_at = handoff.claimed_at if handoff else None
    is_fresh = offer is not None and (taken_at is None or offer.created_at >= taken_at)
    return group.is_choice and is_fresh


def _settle(messages: Sequence[InboundMessage], *, now: datetime) -> None:
    for message in messages:
        message.worked_at = now


def _plain(text: str) -> str:
    return _NOT_A_LETTER.sub(" ", text).strip().casefold()
