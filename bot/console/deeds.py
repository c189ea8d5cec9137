"""What agents do about a chat: each deed of the page and the service behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.console.sessions import SignedIn
from deliveries.errors import (
    AssistantError,
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
)
from deliveries.model.console import ReplyDraft
from deliveries.model.conversation import ConversationState
from deliveries.model.staff import Permission
from deliveries.ports import UnitOfWork
from deliveries.services import handoffs

# Written in a canned reply and not filled in.
UNFILLED = "unfilled"
# Who answers in one of these has the chat from then on.
UNOWNED = frozenset({ConversationState.BOT, ConversationState.QUEUED, ConversationState.RESOLVED})
# Acts on a colleague's chat that their role does not allow.
NOT_YOURS = "not yours"
_ONLY_LEADS = "Only a lead may do that with a colleague's chat."
_NO_MESSAGES = "Nothing can be sent: the person wants no messages, or cannot be reached."
# For how long a chat can be put off, in minutes.
PAUSES: Mapping[str, str] = {
    "30": "30 minutes",
    "120": "2 hours",
    "480": "8 hours",
    "1440": "A day",
    "10080": "A week",
}


@dataclass(frozen=True)
class Order:
    """What an agent asked for, with the fields of the form.

    Attributes:
        version: Of the chat, as it was on the agent's screen.
    """

    chat_id: str
    agent: SignedIn
    form: Mapping[str, str]
    now: datetime

    @property
    def version(self) -> int:
        """The version the agent saw."""
        version = self.form.get("version", "")
        return int(version) if version.isdecimal() else 0

    @property
    def text(self) -> str:
        """What was typed."""
        return self.form.get("text", "")


type Deed = Callable[[UnitOfWork, Order], None]


def take(work: UnitOfWork, order: Order) -> None:
    """Take the chat over."""
    handoffs.take(
        work,
        order.chat_id,
        agent_id=order.agent.agent_id,
        version=order.version,
        now=order.now,
    )


def reply(work: UnitOfWork, order: Order) -> None:
    """Send what was typed; a chat that nobody has becomes the agent's with it."""
    if "{" in order.text and "}" in order.text:
        raise InvalidInputError(UNFILLED)
    if work.conversations.get(order.chat_id).state in UNOWNED:
        take(work, order)
    handoffs.reply(
        work,
        order.chat_id,
        agent_id=order.agent.agent_id,
        text=order.text,
        key=order.form.get("key", ""),
        now=order.now,
    )
    _forget_draft(work, order, "reply")


def send_again(work: UnitOfWork, order: Order) -> None:
    """Send words anew that could not be delivered."""
    handoffs.send_again(
        work,
        order.chat_id,
        agent_id=order.agent.agent_id,
        message_id=order.form.get("message", ""),
        now=order.now,
    )


def send_now(work: UnitOfWork, order: Order) -> None:
    """Have a notice sent that waits because the agent has the chat."""
    handoffs.send_held(
        work,
        order.chat_id,
        agent_id=order.agent.agent_id,
        message_id=order.form.get("message", ""),
        now=order.now,
    )


def note(work: UnitOfWork, order: Order) -> None:
    """Keep a note for colleagues."""
    handoffs.note(
        work,
        order.chat_id,
        agent_id=order.agent.agent_id,
        text=order.text,
        now=order.now,
    )
    _forget_draft(work, order, "note")


def hand_back(work: UnitOfWork, order: Order) -> None:
    """Give the chat back to the assistant with what was settled."""
    handoffs.hand_back(
        work,
        order.chat_id,
        agent_id=order.agent.agent_id,
        outcome=order.form.get("outcome", ""),
        version=order.version,
        now=order.now,
    )


def resolve(work: UnitOfWork, order: Order) -> None:
    """Note that nothing is left to do."""
    handoffs.resolve(
        work,
        order.chat_id,
        agent_id=order.agent.agent_id,
        outcome=order.form.get("outcome", ""),
        version=order.version,
        now=order.now,
    )


def put_off(work: UnitOfWork, order: Order) -> None:
    """Put the chat away for a while, or until the person writes."""
    minutes = order.form.get("minutes", "")
    if minutes not in PAUSES:
        raise InvalidInputError("minutes")
    handoffs.put_off(
        work,
        order.chat_id,
        until=order.now + timedelta(minutes=int(minutes)),
        agent_id=order.agent.agent_id,
        version=order.version,
        now=order.now,
    )


def release(work: UnitOfWork, order: Order) -> None:
    """Give the chat back into the queue."""
    handoffs.release(
        work,
        order.chat_id,
        agent_id=order.agent.agent_id,
        version=order.version,
        now=order.now,
    )


def assign(work: UnitOfWork, order: Order) -> None:
    """Give the chat to a colleague; a chat of somebody else's only a lead can give away."""
    _check_whose(work, order)
    handoffs.assign(
        work,
        order.chat_id,
        to=order.form.get("to", ""),
        agent_id=order.agent.agent_id,
        version=order.version,
        now=order.now,
    )


def prioritise(work: UnitOfWork, order: Order) -> None:
    """Say how urgent the chat is."""
    _check_whose(work, order)
    priority = order.form.get("priority", "")
    handoffs.prioritise(
        work,
        order.chat_id,
        priority=int(priority) if priority.isdecimal() else 0,
        agent_id=order.agent.agent_id,
        version=order.version,
        now=order.now,
    )


DEEDS: Mapping[str, Deed] = {
    "take": take,
    "reply": reply,
    "send-again": send_again,
    "send-now": send_now,
    "note": note,
    "hand-back": hand_back,
    "resolve": resolve,
    "put-off": put_off,
    "release": release,
    "assign": assign,
    "prioritise": prioritise,
}
PERMISSIONS: Mapping[str, Permission] = {
    name: Permission.WRITE_NOTES if name == "note" else Permission.WORK_CHATS for name in DEEDS
}
# These empty the field they were typed in.
SENDING = frozenset({"reply", "note"})


def problem_of(error: AssistantError) -> tuple[str, int]:
    """Return how a refusal reads, and its HTTP status."""
    match error:
        case ConflictError():
            return "Somebody else has changed this chat meanwhile. This is how it stands now.", 409
        case NotAllowedError():
            is_theirs = str(error) == NOT_YOURS
            return (_ONLY_LEADS, 403) if is_theirs else (_NO_MESSAGES, 409)
        case NotFoundError():
            return "There is no such conversation.", 404
        case InvalidInputError() if str(error) == UNFILLED:
            return "Fill in what stands in braces first.", 422
        case RefusedError():
            return "Please write something, at most 1600 characters.", 422
        case _:
            return "That failed. Please try again.", 503


def _check_whose(work: UnitOfWork, order: Order) -> None:
    owner = work.conversations.get(order.chat_id).owner_id
    if owner not in (None, order.agent.agent_id) and not order.agent.may(Permission.MANAGE_CHATS):
        raise NotAllowedError(NOT_YOURS)


def _forget_draft(work: UnitOfWork, order: Order, mode: str) -> None:
    draft = ReplyDraft(order.agent.agent_id, order.chat_id, mode, "", order.now)
    work.reply_drafts.keep(draft)
