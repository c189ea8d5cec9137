"""What agents' screens need beside the conversations: what moved, who looks on, what is drafted."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deliveries.model.conversation import ConversationState
from deliveries.model.recipient import Channel


class Movement(StrEnum):
    """What changed of a chat: the chat itself, or only who looks at it."""

    CHAT = "chat"
    VIEWERS = "viewers"


@dataclass(eq=False)
class ChatEvent:
    """That a commit changed a chat; screens read the rest themselves.

    Attributes:
        at: The machine's time.
        seq: Order of writing, given by the store.
    """

    conversation_id: str
    kind: Movement
    at: datetime
    seq: int | None = None


@dataclass(frozen=True)
class Sought:
    """What a chat is looked for by; it is found if one of these is its person's.

    Attributes:
        number: A parcel's, as it is compared.
        addresses: Phone numbers in E.164.
        places: Postcodes without spaces, each with a house number; without one, of any house.
        names: The whole name of a recipient, in small and capital letters.
    """

    number: str
    addresses: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    names: tuple[str, ...]


@dataclass(eq=False)
class ChatView:
    """An agent looking at a chat.

    Attributes:
        seen_at: The machine's time of the last sign that the chat is on their screen.
        typing_at: The machine's time of their last key.
        read_seq: The newest message of the person that was on their screen.
    """

    agent_id: str
    conversation_id: str
    seen_at: datetime
    typing_at: datetime | None = None
    read_seq: int = 0


@dataclass(eq=False)
class ReplyDraft:
    """What an agent has typed and not sent.

    Attributes:
        mode: ``reply`` or ``note``.
    """

    agent_id: str
    conversation_id: str
    mode: str
    text: str
    saved_at: datetime


@dataclass(eq=False)
class CannedReply:
    """A text that agents may start from.

    Attributes:
        code: What is typed after a slash to find it.
        text: With variables in braces.
        shipper_id: The shipper it is for; none: any.
        language: The language it is in; none: any.
    """

    id: str
    code: str
    text: str
    made_by: str
    changed_at: datetime
    shipper_id: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class ChatSummary:
    """A chat as a list shows it.

    Attributes:
        channel: Where the person wrote last.
        name: The person's, from their newest delivery; for masking.
        reason: Of the open handoff, with its ``priority``, ``requested_at``, ``due_at`` and
            ``claimed_at``.
        last_text: What the person wrote last, with its instant and number.
        answered_at: When an agent wrote last.
        unread: How many messages of the person the agent has not had on screen.
    """

    conversation_id: str
    state: ConversationState
    owner_id: str | None
    version: int
    language: str
    channel: Channel | None
    name: str | None
    reason: str | None
    priority: int | None
    requested_at: datetime | None
    due_at: datetime | None
    claimed_at: datetime | None
    last_text: str | None
    last_at: datetime | None
    last_seq: int
    answered_at: datetime | None
    unread: int
