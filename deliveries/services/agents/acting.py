"""What agents do for a person: the bot's own choices, by the same rules and the same services.

Going past a rule takes a permission and a reason; both are kept with what was done.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from deliveries.errors import ConflictError, InvalidInputError
from deliveries.model.conversation import Conversation, ConversationState
from deliveries.model.history import HistoryEntry, StaffTask
from deliveries.model.ids import new_id
from deliveries.model.message import OutboxState, Purpose
from deliveries.ports import UnitOfWork
from deliveries.services.committing.choosing import choose
from deliveries.services.conversing.goals import pursue
from deliveries.services.conversing.turns import Answer, Desk, Entity, Heard
from deliveries.services.identity.co_recipients import people_on
from deliveries.services.identity.door_pins import has_pin, resend_pin
from deliveries.services.identity.stepping_up import resend_code
from deliveries.services.staff.auditing import record
from deliveries.services.staff.scope import may_see_delivery

# What an agent may do for a person, by the wish it is, with what may be told of it.
TOLD: Mapping[str, tuple[str, ...]] = {
    "reschedule": (),
    "redeliver": (),
    "leave_with_neighbour": ("neighbour_name", "house_number"),
    "leave_in_safe_place": ("place",),
    "collect_from_pickup_point": ("near_place",),
}
CLAIMS = ("damaged", "missing", "not_received", "wrong_item", "other")
TEXT_LENGTH = 200
REASON_LENGTH = 300


@dataclass(frozen=True)
class Hand:
    """An agent at work on a chat.

    Attributes:
        override: Why they go past a rule; none: they keep to it.
    """

    conversation_id: str
    agent_id: str
    override: str | None = None


def offer(
    desk: Desk,
    hand: Hand,
    delivery_id: str,
    goal: str,
    told: Mapping[str, str],
    *,
    now: datetime,
) -> Answer:
    """Offer what the person could choose, as the bot would; what is closed is refused alike.

    Args:
        desk: What answering needs.
        hand: By whom, in which chat.
        delivery_id: What it is about.
        goal: One of ``TOLD``.
        told: What the agent knows of it already, by the names in ``TOLD``; ``text`` for the rest.
        now: The day's time.

    Raises:
        ConflictError: If the agent does not have the chat.
        InvalidInputError: If there is no such wish, or the delivery is not the person's.
        UnavailableError: If the planner cannot be reached.
    """
    if goal not in TOLD:
        raise InvalidInputError("goal")
    with desk.unit_of_work(read_only=True) as work:
        contact_id = _require(work, hand, delivery_id)
    entities = tuple(
        Entity(name, value[:TEXT_LENGTH])
        for name in TOLD[goal]
        if (value := told.get(name, "").strip())
    )
    text = told.get("text", "")[:TEXT_LENGTH]
    heard = replace(_heard(hand, contact_id), text=text, intent=goal, entities=entities)
    return pursue(desk, heard, goal, now=now, delivery_ids=(delivery_id,), gathered={})


def take_option(
    desk: Desk, hand: Hand, delivery_id: str, option_id: str, *, now: datetime
) -> Answer:
    """Choose one of what was offered, for the person; what became of it is told by the planner.

    Raises:
        ConflictError: If the agent does not have the chat.
        NotAllowedError: If the person would have to prove it by a code first.
        UnavailableError: If the planner cannot be reached for what comes next.
    """
    with desk.unit_of_work(read_only=True) as work:
        contact_id = _require(work, hand, delivery_id)
    return choose(desk, replace(_heard(hand, contact_id), option_id=option_id), now=now)


def send_code_again(desk: Desk, hand: Hand, delivery_id: str, *, now: datetime) -> None:
    """Send the person the PIN for the door, or the code a choice waits for, once more.

    Raises:
        ConflictError: If the agent does not have the chat.
        InvalidInputError: If no code is waited for.
        OfferExpiredError: If no choice waits for a code any more.
    """
    with desk.unit_of_work() as work:
        contact = work.contacts.get(_require(work, hand, delivery_id))
        conversation = work.conversations.get(hand.conversation_id)
        challenge = work.challenges.latest_of(conversation.id)
        before = {each.id for each in work.outbox.of(conversation.id)}
        record(work, hand.agent_id, "code.resent", "delivery", delivery_id, now=now)
        if has_pin(work, contact, now=now):
            resend_pin(work, contact, now=now)
        elif challenge is not None and challenge.is_open and challenge.option is not None:
            heard = Heard(new_id("agent"), conversation.id, contact.id, "", "inform")
            resend_code(work, desk.vault, conversation, heard, now=now)
        else:
            raise InvalidInputError("no_code")
        work.flush()
        _sign(work, conversation, before, hand.agent_id)
        work.commit()


def open_claim(work: UnitOfWork, hand: Hand, delivery_id: str, kind: str, *, now: datetime) -> bool:
    """Open a claim for staff to follow; false if the delivery has an open one.

    Raises:
        ConflictError: If the agent does not have the chat.
        InvalidInputError: If there is no such claim.
    """
    if kind not in CLAIMS:
        raise InvalidInputError("kind")
    _require(work, hand, delivery_id)
    task = StaffTask(
        id=new_id("t"),
        kind="claim",
        dedupe_key=f"claim:{delivery_id}",
        created_at=now,
        delivery_id=delivery_id,
        conversation_id=hand.conversation_id,
        facts={"reason": kind},
    )
    if not work.tasks.add_once(task):
        return False
    record(
        work,
        hand.agent_id,
        "claim.opened",
        "delivery",
        delivery_id,
        now=now,
        after={"reason": kind, "task_id": task.id},
    )
    entry = HistoryEntry("claim_opened", now, hand.agent_id, delivery_id, hand.conversation_id)
    entry.facts = {"reason": kind}
    work.history.add(entry)
    return True


def _require(work: UnitOfWork, hand: Hand, delivery_id: str) -> str:
    """Return the contact to act for, if the agent has the chat and the delivery is its person's."""
    conversation = work.conversations.get(hand.conversation_id)
    if (conversation.state, conversation.owner_id) != (ConversationState.HUMAN, hand.agent_id):
        raise ConflictError(hand.conversation_id)
    delivery, agent = work.deliveries.get(delivery_id), work.agents.find(hand.agent_id)
    is_seen = agent is None or may_see_delivery(agent, delivery)
    if not is_seen or conversation.person_id not in people_on(work, delivery):
        raise InvalidInputError("delivery_id")
    contacts = work.contacts.of_person(conversation.person_id)
    contact_id = conversation.last_contact_id or next((each.id for each in contacts), None)
    if contact_id is None:
        raise InvalidInputError("contact")
    return contact_id


def _heard(hand: Hand, contact_id: str) -> Heard:
    """Return a turn that an agent takes for the person."""
    return Heard(
        new_id("agent"),
        hand.conversation_id,
        contact_id,
        "",
        "inform",
        by=hand.agent_id,
        override=_reason(hand),
    )


def _reason(hand: Hand) -> str | None:
    if hand.override is None:
        return None
    if not hand.override.strip():
        raise InvalidInputError("reason")
    return hand.override.strip()[:REASON_LENGTH]


def _sign(work: UnitOfWork, conversation: Conversation, before: set[str], agent_id: str) -> None:
    """Note that an agent had something sent, so that it leaves while they have the chat."""
    for message in work.outbox.of(conversation.id):
        is_new = message.id not in before and message.state is OutboxState.QUEUED
        if is_new and message.purpose is not Purpose.NOTICE:
            message.author_id = agent_id
