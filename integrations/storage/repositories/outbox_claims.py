"""The statements by which messages are claimed; each is built once and takes its values later.

Building them costs more than running them, and a claim follows every turn.
"""

from functools import cache

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    String,
    TextClause,
    Update,
    and_,
    bindparam,
    case,
    cast,
    exists,
    or_,
    select,
    update,
)

from deliveries.model.message import OutboxMessage, OutboxState, Purpose, Rank
from integrations.storage.message_tables import UNSENT, conversations, outbox
from integrations.storage.types import UtcDateTime

# Said this way round on purpose: a queue's statistics are always old, and by ``UNSENT`` a database
# that believes it empty would look through all of it for each row, not through one conversation.
_SETTLED = tuple(state for state in OutboxState if state not in ("queued", "sending"))

_NOW = bindparam("the_now", type_=UtcDateTime())
_TECHNICAL_NOW = bindparam("the_technical_now", type_=UtcDateTime())
_STUCK_SINCE = bindparam("the_stuck_since", type_=UtcDateTime())
_IDS: BindParameter[str] = bindparam("the_ids", expanding=True)
_LIMIT: BindParameter[int] = bindparam("the_limit")
_CHANNEL = outbox.c.channel == bindparam("the_channel", type_=outbox.c.channel.type)
_RANK = outbox.c.rank == bindparam("the_rank", type_=outbox.c.rank.type)
_IS_FREE = or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until <= _TECHNICAL_NOW)


@cache
def due_of_channel() -> Select[str, str, int, str]:
    """Return what finds messages of a channel that may be claimed, the most urgent first.

    Takes ``the_channel``, ``the_now``, ``the_technical_now``, ``the_stuck_since`` and
    ``the_limit``; locks the rows.
    """
    return (
        select(outbox.c.conversation_id, outbox.c.id, outbox.c.rank, outbox.c.lane)
        .where(_CHANNEL, *_is_due())
        .order_by(outbox.c.rank, outbox.c.not_before, outbox.c.seq)
        .limit(_LIMIT)
        .with_for_update(skip_locked=True)
    )


@cache
def due_of_lane() -> Select[str, str]:
    """Return what finds a shipper's messages of one rank that may be claimed, oldest first.

    Takes ``the_channel``, ``the_rank``, ``the_lane``, ``the_now``, ``the_technical_now``,
    ``the_stuck_since`` and ``the_limit``; locks the rows.
    """
    is_of_lane = outbox.c.lane == bindparam("the_lane", type_=outbox.c.lane.type)
    return (
        select(outbox.c.conversation_id, outbox.c.id)
        .where(_CHANNEL, _RANK, is_of_lane, *_is_due())
        .order_by(outbox.c.not_before, outbox.c.seq)
        .limit(_LIMIT)
        .with_for_update(skip_locked=True)
    )


@cache
def next_lane() -> Select[str]:
    """Return what finds the next shipper after ``the_lane`` who has something due.

    One look into an index each, however much waits. Takes also ``the_channel``, ``the_rank`` and
    ``the_now``.
    """
    is_behind = outbox.c.lane > bindparam("the_lane", type_=outbox.c.lane.type)
    return (
        select(outbox.c.lane)
        .where(_CHANNEL, _RANK, is_behind, UNSENT, outbox.c.not_before <= _NOW)
        .order_by(outbox.c.lane)
        .limit(1)
    )


@cache
def expired() -> Select[str]:
    """Return what finds queued messages whose time is over; locks them."""
    return (
        select(outbox.c.id)
        .where(UNSENT, outbox.c.expires_at <= _NOW, outbox.c.state == OutboxState.QUEUED)
        .order_by(outbox.c.expires_at)
        .limit(_LIMIT)
        .with_for_update(skip_locked=True)
    )


def _is_due() -> tuple[ColumnElement[bool] | TextClause, ...]:
    """Return the conditions under which a message may be claimed now."""
    return (
        UNSENT,
        outbox.c.not_before <= _NOW,
        or_(outbox.c.next_attempt_at.is_(None), outbox.c.next_attempt_at <= _TECHNICAL_NOW),
        _IS_FREE,
        ~_is_held_up(),
        ~_is_verdict_amid_turn(),
    )


def _is_held_up() -> ColumnElement[bool]:
    """Say that another message of the conversation is being sent, or goes first."""
    other = outbox.alias("other")
    is_being_sent = and_(
        other.c.state == OutboxState.SENDING, other.c.claimed_until > _TECHNICAL_NOW
    )
    # "Noted" before "confirmed", although a fast planner's verdict may be written first.
    is_verdict, is_answer = (
        and_(mine.c.purpose == Purpose.CONFIRMATION, theirs.c.purpose == Purpose.REPLY)
        for mine, theirs in ((outbox, other), (other, outbox))
    )
    # Codes and replies read as one talk: of these the older goes first, whatever their ranks.
    are_talk = and_(outbox.c.rank <= Rank.REPLY, other.c.rank <= Rank.REPLY)
    is_as_urgent = or_(other.c.rank <= outbox.c.rank, are_talk)
    # What cannot leave is tried on, but a talk does not wait for it for ever.
    is_stuck = and_(other.c.attempts > 0, other.c.not_before <= _STUCK_SINCE)
    is_older = and_(other.c.seq < outbox.c.seq, is_as_urgent, ~is_answer, ~is_stuck)
    goes_first = and_(
        other.c.contact_id == outbox.c.contact_id,
        other.c.not_before <= _NOW,
        or_(is_older, is_verdict),
    )
    return exists().where(
        other.c.conversation_id == outbox.c.conversation_id,
        other.c.state.not_in(_SETTLED),
        other.c.seq != outbox.c.seq,
        or_(is_being_sent, goes_first),
    )


def _is_verdict_amid_turn() -> ColumnElement[bool]:
    """Say that a verdict would overtake the answer to the turn that asked for it."""
    return and_(
        outbox.c.purpose == Purpose.CONFIRMATION,
        exists().where(
            conversations.c.id == outbox.c.conversation_id,
            conversations.c.claimed_until > _TECHNICAL_NOW,
        ),
    )


@cache
def claim_of_ids() -> Update:
    """Return what claims rows that are still free.

    Takes ``the_ids``, ``the_technical_now``, ``the_claimer``, ``the_end`` and ``the_attempt``, from
    which every fresh row's attempt id is made.
    """
    was_sending = outbox.c.state == OutboxState.SENDING
    fresh = bindparam("the_attempt", type_=String()) + "-" + cast(outbox.c.seq, String)
    return (
        update(outbox)
        .where(outbox.c.id.in_(_IDS), UNSENT, _IS_FREE)
        .values(
            state=OutboxState.SENDING,
            interrupted=was_sending,
            attempt_id=case((was_sending, outbox.c.attempt_id), else_=fresh),
            attempts=outbox.c.attempts + 1,
            claimed_by=bindparam("the_claimer", type_=outbox.c.claimed_by.type),
            claimed_until=bindparam("the_end", type_=UtcDateTime()),
        )
    )


@cache
def messages_of_ids() -> Select[OutboxMessage]:
    """Return what reads messages as they are now; takes ``the_ids``."""
    return (
        select(OutboxMessage).where(outbox.c.id.in_(_IDS)).execution_options(populate_existing=True)
    )


@cache
def locked_of_ids() -> Select[OutboxMessage]:
    """Return what reads and locks messages as they are now; takes ``the_ids``.

    In one order: who locks others of them waits, and neither waits for the other.
    """
    return messages_of_ids().order_by(outbox.c.seq).with_for_update()


@cache
def unsent_of_conversations() -> Select[str]:
    """Return what finds those of ``the_conversations`` of which something is unsettled."""
    are_these = outbox.c.conversation_id.in_(bindparam("the_conversations", expanding=True))
    return (
        select(outbox.c.conversation_id)
        .where(are_these, outbox.c.state.not_in(_SETTLED))
        .distinct()
    )


@cache
def unsent_of_conversation() -> Select[int]:
    """Return what finds one unsettled message of ``the_conversation``."""
    of_conversation = outbox.c.conversation_id == bindparam("the_conversation")
    return select(outbox.c.seq).where(of_conversation, outbox.c.state.not_in(_SETTLED)).limit(1)


@cache
def notices_of_delivery() -> Select[OutboxMessage]:
    """Return what finds the notices about ``the_delivery``, oldest first."""
    return (
        select(OutboxMessage)
        .where(
            outbox.c.delivery_id == bindparam("the_delivery"), outbox.c.purpose == Purpose.NOTICE
        )
        .order_by(outbox.c.seq)
    )


@cache
def told_along_with() -> Select[OutboxMessage]:
    """Return what finds the rows of deliveries told of in other rows; takes ``the_ids``."""
    return select(OutboxMessage).where(outbox.c.told_in.in_(_IDS)).order_by(outbox.c.seq)
