"""Chats as agents' lists show them: one query for a list, however long it is."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    bindparam,
    desc,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union,
)

from deliveries.model.console import ChatSummary, Sought
from deliveries.model.conversation import ConversationState, HandoffState
from deliveries.model.message import Purpose
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from integrations.storage.console_tables import chat_views
from integrations.storage.message_tables import conversations, handoffs, inbound, outbox
from integrations.storage.sessions import WorkSession
from integrations.storage.tables import (
    COMPARED_POSTCODE,
    co_recipients,
    contacts,
    deliveries,
    parcel_numbers,
    people,
)

# How far back the newest messages are looked through for chats with the bot.
LOOKED_THROUGH = 400


class SqlChatListRepository:
    """Chats as lists show them, in a database."""

    def __init__(self, session: WorkSession) -> None:
        self._session = session

    def in_hands(self, *, agent_id: str, shippers: Sequence[str] = ()) -> Sequence[ChatSummary]:
        """Return the chats that wait for an agent or are with one."""
        in_hands = conversations.c.state != ConversationState.BOT
        return self._read(_summaries().where(in_hands, is_of(shippers)), agent_id)

    def with_bot(
        self, *, agent_id: str, limit: int, shippers: Sequence[str] = ()
    ) -> Sequence[ChatSummary]:
        """Return the chats that the bot answers, the last one written to first."""
        newest = (
            select(inbound.c.conversation_id)
            .order_by(inbound.c.seq.desc())
            .limit(LOOKED_THROUGH)
            .subquery()
        )
        found = self._read(
            _summaries().where(
                conversations.c.state == ConversationState.BOT,
                conversations.c.id.in_(select(newest.c.conversation_id)),
                is_of(shippers),
            ),
            agent_id,
        )
        return sorted(found, key=lambda each: -each.last_seq)[:limit]

    def counts(self, *, agent_id: str, shippers: Sequence[str] = ()) -> dict[str, int]:
        """Return how many chats are in hands, wait, and are an agent's."""
        found = self._session.execute(
            select(conversations.c.state, conversations.c.owner_id, func.count().label("many"))
            .where(conversations.c.state != ConversationState.BOT, is_of(shippers))
            .group_by(conversations.c.state, conversations.c.owner_id)
        ).all()
        waiting = ConversationState.QUEUED
        return {
            "mine": sum(row.many for row in found if row.owner_id == agent_id),
            "queue": sum(row.many for row in found if row.state == waiting),
            "all": sum(row.many for row in found),
        }

    def found(
        self, sought: Sought, *, agent_id: str, limit: int, shippers: Sequence[str] = ()
    ) -> Sequence[ChatSummary]:
        """Return the chats of the people somebody looks for, the last written to first."""
        is_theirs = conversations.c.person_id.in_(_people(sought))
        theirs = _summaries().where(is_theirs, is_of(shippers))
        newest = theirs.order_by(desc("last_seq"), conversations.c.id).limit(limit)
        return self._read(newest, agent_id)

    def some(
        self, conversation_ids: Sequence[str], *, agent_id: str, shippers: Sequence[str] = ()
    ) -> Sequence[ChatSummary]:
        """Return the chats with the ids given, as far as they are known."""
        are_these = conversations.c.id.in_(conversation_ids)
        return self._read(_summaries().where(are_these, is_of(shippers)), agent_id)

    def within(self, conversation_ids: Collection[str], shippers: Sequence[str]) -> set[str]:
        """Return which of some chats are within a limit; all of them if there is none."""
        if not shippers or not conversation_ids:
            return set(conversation_ids)
        wanted = select(conversations.c.id).where(
            conversations.c.id.in_(conversation_ids), is_of(shippers)
        )
        return set(self._session.scalars(wanted))

    def _read(self, statement: Select[Any], agent_id: str) -> list[ChatSummary]:
        rows = self._session.execute(statement, {"the_agent": agent_id})
        return [ChatSummary(**row) for row in rows.mappings()]


def is_of(shippers: Sequence[str]) -> ColumnElement[bool]:
    """Say whether a chat's person gets a delivery of one of some shippers; none named: always.

    Both parts are looked up by the person's index, chat by chat.
    """
    if not shippers:
        return true()
    is_theirs = deliveries.c.shipper_id.in_(shippers)
    own = exists().where(deliveries.c.person_id == conversations.c.person_id, is_theirs)
    shared = exists().where(
        co_recipients.c.person_id == conversations.c.person_id,
        co_recipients.c.delivery_id == deliveries.c.id,
        is_theirs,
    )
    return or_(own.correlate(conversations), shared.correlate(conversations))


@cache
def _summaries() -> Select[Any]:
    """Return what all lists read; the subqueries use the indices by conversation."""
    last = inbound.alias("last")
    last_seq = (
        select(func.max(inbound.c.seq))
        .where(inbound.c.conversation_id == conversations.c.id)
        .correlate(conversations)
        .scalar_subquery()
    )
    handoff = _open_handoff()
    return (
        select(
            conversations.c.id.label("conversation_id"),
            conversations.c.state,
            conversations.c.owner_id,
            conversations.c.version,
            people.c.language,
            contacts.c.channel,
            _name().label("name"),
            handoffs.c.reason,
            handoffs.c.priority,
            handoffs.c.requested_at,
            handoffs.c.due_at,
            handoffs.c.claimed_at,
            last.c.text.label("last_text"),
            last.c.received_at.label("last_at"),
            func.coalesce(last.c.seq, 0).label("last_seq"),
            _answered_at().label("answered_at"),
            _unread().label("unread"),
        )
        .join(people, people.c.id == conversations.c.person_id)
        .outerjoin(contacts, contacts.c.id == conversations.c.last_contact_id)
        .outerjoin(last, last.c.seq == last_seq)
        .outerjoin(handoffs, handoffs.c.id == handoff)
    )


def _people(sought: Sought) -> CompoundSelect[Any]:
    """Return whose chat is looked for; each part has its index."""
    number = select(parcel_numbers.c.delivery_id).where(parcel_numbers.c.number == sought.number)
    name = select(deliveries.c.id).where(
        func.lower(deliveries.c.recipient_name).in_([func.lower(each) for each in sought.names])
    )
    compared = COMPARED_POSTCODE
    places = [
        select(deliveries.c.id).where(compared == postcode, _is_at(house))
        for postcode, house in sought.places
    ]
    about = union(number, name, *places).subquery()
    ids = select(about.c[0])
    reached = select(contacts.c.person_id).where(
        contacts.c.channel.in_(list(Channel)),
        contacts.c.address.in_([ContactAddress(each) for each in sought.addresses]),
    )
    return union(
        reached,
        select(deliveries.c.person_id).where(deliveries.c.id.in_(ids)),
        select(co_recipients.c.person_id).where(co_recipients.c.delivery_id.in_(ids)),
    )


def _is_at(house: str) -> ColumnElement[bool]:
    """Say whether a house number stands in an address, as a word of its own."""
    if not house:
        return true()
    line = func.replace(func.upper(deliveries.c.address_line), ",", " ", type_=String())
    return (literal(" ") + line + " ").contains(f" {house} ", autoescape=True)


def _open_handoff() -> ColumnElement[str]:
    other = handoffs.alias("other")
    return (
        select(other.c.id)
        .where(other.c.conversation_id == conversations.c.id, other.c.state != HandoffState.CLOSED)
        .order_by(other.c.requested_at.desc(), other.c.id)
        .limit(1)
        .correlate(conversations)
        .scalar_subquery()
    )


def _name() -> ColumnElement[str]:
    return (
        select(deliveries.c.recipient_name)
        .where(deliveries.c.person_id == conversations.c.person_id)
        .order_by(deliveries.c.date.desc(), deliveries.c.id)
        .limit(1)
        .correlate(conversations)
        .scalar_subquery()
    )


def _answered_at() -> ColumnElement[Any]:
    return (
        select(func.max(outbox.c.created_at, type_=outbox.c.created_at.type))
        .where(outbox.c.conversation_id == conversations.c.id, outbox.c.purpose == Purpose.AGENT)
        .correlate(conversations)
        .scalar_subquery()
    )


def _unread() -> ColumnElement[int]:
    """Count what came after what the agent has seen; of before the handoff, nothing."""
    read = (
        select(chat_views.c.read_seq)
        .where(
            chat_views.c.conversation_id == conversations.c.id,
            chat_views.c.agent_id == bindparam("the_agent"),
        )
        .correlate(conversations)
        .scalar_subquery()
    )
    return (
        select(func.count())
        .select_from(inbound)
        .where(
            inbound.c.conversation_id == conversations.c.id,
            inbound.c.seq > func.coalesce(read, 0),
            or_(
                handoffs.c.requested_at.is_(None),
                inbound.c.received_at >= handoffs.c.requested_at,
                inbound.c.worked_at.is_(None),
            ),
        )
        .correlate(conversations, handoffs)
        .scalar_subquery()
    )
