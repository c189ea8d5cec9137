"""One person's thread with us: who may speak, and what is still open."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from deliveries.model.saying import Fact


class ConversationState(StrEnum):
    """Who may speak free text: exactly one of the bot, nobody yet, or an agent.

    Nobody yet: it is queued, or given to an agent who has not accepted it. An agent still has what
    was put off; what was resolved is the bot's soon, and staff's again if the person goes on.
    """

    BOT = "bot"
    QUEUED = "queued"
    ASSIGNED = "assigned"
    HUMAN = "human"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


@dataclass(frozen=True)
class Draft:
    """A choice in the making: what is wanted and what was gathered so far.

    Attributes:
        goal: The wish, by the name of its Rasa intent.
        delivery_ids: The deliveries it is about; empty while we ask which.
        asked: What our last question was for (``delivery``, ``neighbour``, ``place`` …).
        gathered: JSON values heard so far (names, numbers, words, ISO instants).
        wishes: Goals heard but not dealt with yet, in order, each with its own text.
    """

    goal: str
    delivery_ids: tuple[str, ...] = ()
    asked: str | None = None
    gathered: Mapping[str, Fact] = field(default_factory=dict)
    wishes: tuple[Mapping[str, Fact], ...] = ()

    def with_gathered(self, **facts: Fact) -> "Draft":
        """Return the draft with more known."""
        return replace(self, gathered={**self.gathered, **facts})


@dataclass(eq=False)
class Conversation:
    """A person's one thread over all contacts.

    Control lives here and not in Rasa: every change of who may speak raises ``epoch``, every
    change at all raises ``version``; a bot message leaves only under the epoch it was made in.

    Attributes:
        id: Also Rasa's sender id; never a number or name.
        owner_id: The agent who has it, in state ``human``.
        focus: Deliveries that the last notice or choice was about.
        misunderstandings: How many turns in a row we did not understand.
        last_contact_id: The contact that wrote last; replies go there.
        claimed_by: The gateway that works its turn now, until ``claimed_until``.
    """

    id: str
    person_id: str
    state: ConversationState = ConversationState.BOT
    owner_id: str | None = None
    version: int = 1
    epoch: int = 1
    focus: tuple[str, ...] = ()
    draft: Draft | None = None
    last_offer_id: str | None = None
    misunderstandings: int = 0
    last_contact_id: str | None = None
    claimed_by: str | None = None
    claimed_until: datetime | None = None

    @property
    def is_with_bot(self) -> bool:
        """The bot may answer."""
        return self.state is ConversationState.BOT

    def forget(self) -> None:
        """Forget what it was about; the bot has it."""
        if not self.is_with_bot:
            self.pass_to(ConversationState.BOT)
        self.focus, self.draft = (), None
        self.last_offer_id = self.last_contact_id = None
        self.misunderstandings = 0

    def pass_to(self, state: ConversationState, *, owner_id: str | None = None) -> None:
        """Change who may speak: everything the former speaker has not sent yet is void."""
        self.state, self.owner_id = state, owner_id
        self.epoch += 1


class HandoffState(StrEnum):
    """The life of one handoff."""

    DEFERRED = "deferred"
    QUEUED = "queued"
    ASSIGNED = "assigned"
    ACTIVE = "active"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What came of a handoff.

    ``unspecified`` comes from places that do not ask; ``customer_returned_to_bot`` is the person's
    own doing.
    """

    SETTLED = "settled"
    RESCHEDULED = "rescheduled"
    DIVERTED = "diverted"
    CLAIM_OPENED = "claim_opened"
    INFORMATION = "information"
    NO_ANSWER = "no_answer"
    UNSPECIFIED = "unspecified"
    RETURNED_TO_BOT = "customer_returned_to_bot"


@dataclass(eq=False)
class Handoff:
    """One passing of a conversation to a person.

    Attributes:
        priority: 1 is most urgent, 4 least.
        summary: What the agent should know at a glance, as facts, and marks of our own: who let it
            pass, who is preferred, whether the agent wrote last.
        queued_at: Since when it waits for staff; none: not yet.
        due_at: By when a person should have answered.
        timer_at: When its state ends by itself: staff are there, an offer lapses, an agent's hold,
            a pause or the grace after resolving is over.
        answered_at: When a person first answered.
        resolved_at: When an agent saw nothing left to do.
    """

    id: str
    conversation_id: str
    reason: str
    priority: int
    requested_at: datetime
    summary: Mapping[str, Fact] = field(default_factory=dict)
    state: HandoffState = HandoffState.QUEUED
    agent_id: str | None = None
    claimed_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str | None = None
    queued_at: datetime | None = None
    due_at: datetime | None = None
    timer_at: datetime | None = None
    answered_at: datetime | None = None
    resolved_at: datetime | None = None

    def close(self, now: datetime) -> None:
        """End it."""
        self.state, self.closed_at, self.timer_at = HandoffState.CLOSED, now, None


@dataclass(eq=False)
class Note:
    """What agents write for each other; it never leaves."""

    id: str
    conversation_id: str
    agent_id: str
    text: str
    at: datetime
