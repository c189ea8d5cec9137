"""What people send us and what leaves to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from deliveries.model.recipient import Channel
from deliveries.model.saying import Fact, Saying


@dataclass(eq=False)
class InboundMessage:
    """Something a person sent, kept before anything else happens.

    Attributes:
        seq: Order of arrival, given by the store.
        provider_id: The network's own id; unique per channel, so that it is worked once.
        option_id: What a tapped button carried.
        media_count: Photos, voice notes and the like that came with it.
        pictures: What the network fetches each picture among them by, as long as it keeps them.
        worked_at: When its turn was over.
        trace: What Rasa understood and which action answered (intent, confidence, action).
        code_sealed: A code that was in the text, until it is checked; the text holds it no more.
    """

    channel: Channel
    provider_id: str
    contact_id: str
    conversation_id: str
    text: str
    received_at: datetime
    option_id: str | None = None
    media_count: int = 0
    pictures: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    worked_at: datetime | None = None
    trace: Mapping[str, Fact] | None = None
    code_sealed: bytes | None = None
    seq: int | None = None


class Purpose(StrEnum):
    """Why something is sent; decides which rules hold and what goes first."""

    REPLY = "reply"
    NOTICE = "notice"
    CODE = "code"
    AGENT = "agent"
    CONFIRMATION = "confirmation"


class Form(StrEnum):
    """How something is shown; networks that lack a form get words, or nothing."""

    WORDS = "words"
    VENUE = "venue"
    EDIT = "edit"
    LIVE = "live"
    MOVE = "move"
    HALT = "halt"


# What is changed by them is already in the thread; and changed twice it looks as if changed once.
CHANGING_FORMS = frozenset({Form.EDIT, Form.MOVE, Form.HALT})


class OutboxState(StrEnum):
    """A message's life; never backwards."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    SUPPRESSED = "suppressed"


class Rank(IntEnum):
    """What goes first; within a rank shippers take turns, within a shipper the oldest goes."""

    CODE = 0
    REPLY = 1
    AGENT = 2
    URGENT_NOTICE = 3
    NOTICE = 4


# Shippers take turns from here on; what is more urgent leaves in the order in which it was written.
FAIR_FROM = Rank.URGENT_NOTICE
# A notice that is worthless so soon goes before those that keep.
URGENT_WITHIN = timedelta(hours=1)
_RANKS = {
    Purpose.CODE: Rank.CODE,
    Purpose.REPLY: Rank.REPLY,
    Purpose.CONFIRMATION: Rank.REPLY,
    Purpose.AGENT: Rank.AGENT,
}


@dataclass(eq=False)
class OutboxMessage:
    """Something for a person, written in the transaction that decided it.

    Attributes:
        sayings: What it says, in order, rendered when it leaves.
        dedupe_key: At most one message has it, ever.
        epoch: The conversation's epoch it was made in; void once that has moved on. None: a notice
            or an agent's own words.
        not_before: It does not leave earlier.
        expires_at: It does not leave later.
        notice: Which notice it is (``A1`` … as in the product's table).
        attempt_id: The send under way; a message found in ``sending`` after a crash is compared
            with the provider's list before anything is sent again.
        reason: Why it waits, was held back or failed, as a stable code.
        text: The words that left, for the thread.
        author_id: The agent, for purpose ``agent``.
        form: How it is shown; what is no words tells nothing that words have not told.
        changes: The message in whose place it is shown, for forms that change an earlier one.
        told_in: The message that tells of this one's delivery too; what has it never leaves itself.
        interrupted: It was claimed while already in ``sending``: whoever sent it died, so its
            attempt is looked up at the provider first.
        channel: Of its contact; the store sees to it, as to ``rank`` and ``lane``.
        rank: What it goes before and behind.
        lane: The shipper whose turn it waits for.
    """

    id: str
    conversation_id: str
    contact_id: str
    purpose: Purpose
    sayings: tuple[Saying, ...]
    created_at: datetime
    not_before: datetime
    expires_at: datetime | None = None
    delivery_id: str | None = None
    dedupe_key: str | None = None
    epoch: int | None = None
    notice: str | None = None
    state: OutboxState = OutboxState.QUEUED
    attempts: int = 0
    attempt_id: str | None = None
    claimed_by: str | None = None
    claimed_until: datetime | None = None
    next_attempt_at: datetime | None = None
    provider_id: str | None = None
    reason: str | None = None
    text: str | None = None
    segments: int | None = None
    sent_at: datetime | None = None
    author_id: str | None = None
    form: Form = Form.WORDS
    changes: str | None = None
    told_in: str | None = None
    interrupted: bool = False
    channel: Channel | None = None
    rank: int | None = None
    lane: str | None = None
    seq: int | None = None


def rank_of(message: OutboxMessage) -> Rank:
    """Return how urgent a message is."""
    if message.purpose is not Purpose.NOTICE:
        return _RANKS[message.purpose]
    is_short_lived = (
        message.expires_at is not None and message.expires_at - message.not_before <= URGENT_WITHIN
    )
    return Rank.URGENT_NOTICE if is_short_lived else Rank.NOTICE


@dataclass(eq=False)
class LiveView:
    """What a chat shows of a van on its way, and follows until the stop is over.

    Attributes:
        delivery_id: Whose stop it is.
        message_id: The notice whose words follow the ETA.
        shown_eta: The ETA that its words were made by.
        changed_at: When they were last changed.
        location_id: The message that shows where the van is, if the shipper lets it be seen.
        lat: Where it was shown last, with ``lon``.
    """

    delivery_id: str
    message_id: str
    shown_eta: datetime
    changed_at: datetime
    location_id: str | None = None
    lat: float | None = None
    lon: float | None = None
    moved_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(eq=False)
class Turn:
    """What an action answered to one turn, so that a repeated turn is answered alike.

    Attributes:
        handoff: Why it asked for a person, if it did.
    """

    key: str
    conversation_id: str
    sayings: tuple[Saying, ...]
    at: datetime
    handoff: str | None = None
