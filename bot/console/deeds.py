"""What agents do about a chat: each deed of the page and the service behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

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
UNOWNED = frozenset({ConversationState.BOT, ConversationState.QUEUED})


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
        outcome=order.form.get("outcome", "settled"),
        version=order.version,
        now=order.now,
    )


DEEDS: Mapping[str, Deed] = {
    "take": take,
    "reply": reply,
    "note": note,
    "hand-back": hand_back,
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
            return "Nothing can be sent: the person wants no messages, or cannot be reached.", 409
        case NotFoundError():
            return "There is no such conversation.", 404
        case InvalidInputError() if str(error) == UNFILLED:
            return "Fill in what stands in braces first.", 422
        case RefusedError():
            return "Please write something, at most 1600 characters.", 422
        case _:
            return "That failed. Please try again.", 503


def _forget_draft(work: UnitOfWork, order: Order, mode: str) -> None:
    draft = ReplyDraft(order.agent.agent_id, order.chat_id, mode, "", order.now)
    work.reply_drafts.keep(draft)
