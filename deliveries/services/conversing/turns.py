"""One turn of a conversation: what was heard, what is answered, and that it is answered once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from deliveries.model.conversation import Conversation, Draft
from deliveries.model.message import Turn
from deliveries.model.saying import Fact, Saying
from deliveries.ports import Geocoder, Geography, RoutePlanner, UnitOfWork, UnitOfWorkFactory, Vault
from deliveries.windows import ReadWindows, WishedWindow, read_windows


@dataclass(frozen=True)
class Entity:
    """Something named in a message, as the language understanding found it."""

    kind: str
    value: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Heard:
    """What one turn brought.

    Attributes:
        turn: Key of the turn; the same turn coming again gets the same answer.
        intent: The goal that the language understanding heard.
        also: Other goals that it heard in the same words, the likelier first.
        option_id: The option chosen by digit, button or word, if that is what the turn was.
        location: Latitude and longitude of a shared position.
        told: What is said before the answer: another wish of the same text, dealt with already.
        by: The agent who acts for the person; none: the person themselves.
        override: Why an agent goes past cutoffs, prohibitions and codes; none: all rules hold.
    """

    turn: str
    conversation_id: str
    contact_id: str
    text: str
    intent: str
    entities: tuple[Entity, ...] = ()
    option_id: str | None = None
    location: tuple[float, float] | None = None
    also: tuple[str, ...] = ()
    told: tuple[Saying, ...] = ()
    by: str | None = None
    override: str | None = None

    def values(self, kind: str) -> tuple[str, ...]:
        """Return the values of the entities of one kind, in order."""
        return tuple(entity.value for entity in self.entities if entity.kind == kind)

    def first(self, kind: str) -> str | None:
        """Return the first value of a kind, if any."""
        return next(iter(self.values(kind)), None)


@dataclass(frozen=True)
class Answer:
    """What we say to a turn, and why a person should take over, if one should."""

    sayings: tuple[Saying, ...]
    handoff: str | None = None


@dataclass(frozen=True)
class Desk:
    """What answering needs: the store, the planner, the ground and the vault.

    Attributes:
        geocoder: Finds addresses; none: only corrected numbers and positions can be placed.
    """

    unit_of_work: UnitOfWorkFactory
    planner: RoutePlanner
    geography: Geography
    vault: Vault
    geocoder: Geocoder | None = None


@dataclass(frozen=True)
class Matter:
    """A goal pursued for some deliveries in one turn.

    Attributes:
        heard: The turn; its text and entities may be those of an earlier one that we had to ask
            about first.
        gathered: What the draft knew already.
    """

    heard: Heard
    goal: str
    delivery_ids: tuple[str, ...]
    now: datetime
    gathered: Mapping[str, Fact] = field(default_factory=dict)

    def with_gathered(self, **facts: Fact) -> "Matter":
        """Return the matter with more known."""
        return replace(self, gathered={**self.gathered, **facts})

    def text_of(self, name: str) -> str | None:
        """Return a gathered string."""
        value = self.gathered.get(name)
        return value if isinstance(value, str) else None


def answered_before(work: UnitOfWork, heard: Heard) -> Answer | None:
    """Return the answer this turn already got, if a crash made it come again."""
    turn = work.turns.find(heard.turn)
    return Answer(turn.sayings, turn.handoff) if turn else None


def settle(
    work: UnitOfWork,
    heard: Heard,
    sayings: Sequence[Saying],
    *,
    now: datetime,
    handoff: str | None = None,
) -> Answer:
    """Keep the answer with everything else the turn did, and commit."""
    sayings = (*heard.told, *sayings)
    work.turns.add(
        Turn(
            key=heard.turn,
            conversation_id=heard.conversation_id,
            sayings=tuple(sayings),
            at=now,
            handoff=handoff,
        )
    )
    work.commit()
    return Answer(tuple(sayings), handoff)


def understood(conversation: Conversation, draft: Draft | None) -> None:
    """Note that the turn made sense, and what is left open after it."""
    conversation.misunderstandings = 0
    conversation.draft = draft


def read_times(
    work: UnitOfWork, conversation: Conversation, text: str, *, now: datetime
) -> ReadWindows:
    """Return what a text says about time, by the clock of the person's deliveries."""
    deliveries = work.deliveries.open_of_person(conversation.person_id)
    if not deliveries:
        return ReadWindows(())
    language = work.people.get(conversation.person_id).language
    return read_windows(text, now=now, zone=ZoneInfo(deliveries[0].zone), language=language)


def wished_windows(
    text: str, *, now: datetime, zone: str, language: str
) -> tuple[WishedWindow, ...]:
    """Return the windows that a text wishes for, the preferred first, none in the past."""
    return read_windows(text, now=now, zone=ZoneInfo(zone), language=language).windows
