"""One chat with everything around it, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.console.facts import Fact, Facts, Way, has_others, ways_of, zone_of
from bot.console.lists import Row, make_rows
from bot.console.sessions import SignedIn
from bot.console.threads import Line, Threads
from bot.console.whys import Why, why_here
from deliveries.model.console import ChatView
from deliveries.model.conversation import Conversation, ConversationState
from deliveries.model.ids import new_id
from deliveries.model.staff import Permission, may
from deliveries.ports import UnitOfWork
from deliveries.services.staff.scope import is_within

# Somebody whose screen has not been heard of for so long does not look any more.
GONE_AFTER = timedelta(seconds=45)
# A typing screen says so every two seconds; the strip is gone within six of the last key.
TYPING_FOR = timedelta(seconds=5)


@dataclass(frozen=True)
class Viewer:
    """A colleague who has the same chat open.

    Attributes:
        types_ms: For so long, in milliseconds, they count as typing; 0: they do not.
    """

    name: str
    types_ms: int

    @property
    def types(self) -> bool:
        """They are typing."""
        return self.types_ms > 0


@dataclass(frozen=True)
class Chat:
    """A conversation on an agent's screen.

    Attributes:
        is_offered: It was given to this agent, who has not accepted it yet.
        is_paused: This agent has put it off.
        colleagues: Who else could have it: ids and names.
        why: Why a person is needed; none: nobody asked for one.
        has_others: They get parcels of shippers that this agent may not see.
        barred: Why nothing can be sent to the person; empty: it can.
        read_seq: The newest message of the person.
        key: For the next message sent from this page; the same key sends once.
    """

    id: str
    version: int
    state: str
    is_mine: bool
    is_offered: bool
    is_paused: bool
    owner: str
    colleagues: Sequence[tuple[str, str]]
    row: Row
    why: Why | None
    barred: str
    lines: Sequence[Line]
    facts: Sequence[Fact]
    has_others: bool
    ways: Sequence[Way]
    viewers: Sequence[Viewer]
    reply_draft: str
    note_draft: str
    read_seq: int
    key: str


@dataclass(frozen=True)
class Chats:
    """Reads chats for the pages."""

    threads: Threads
    facts: Facts

    def chat(
        self, work: UnitOfWork, id_: str, agent: SignedIn, *, now: datetime, machine_now: datetime
    ) -> Chat:
        """Return one chat.

        Raises:
            NotFoundError: If there is none with that id.
        """
        conversation = work.conversations.get(id_)
        [summary] = work.chat_lists.some([id_], agent_id=agent.agent_id)
        [row] = make_rows(
            work, [summary], agent_id=agent.agent_id, now=now, machine_now=machine_now
        )
        drafts = [work.reply_drafts.find(agent.agent_id, id_, mode) for mode in ("reply", "note")]
        reply_draft, note_draft = (each.text if each else "" for each in drafts)
        owner = work.agents.find(conversation.owner_id) if conversation.owner_id else None
        zone = zone_of(work, conversation)
        return Chat(
            id=id_,
            version=conversation.version,
            state=conversation.state.value,
            is_mine=is_mine(conversation, agent.agent_id),
            is_offered=_is_theirs(conversation, agent, ConversationState.ASSIGNED),
            is_paused=_is_theirs(conversation, agent, ConversationState.SNOOZED),
            owner=owner.name if owner else "",
            colleagues=colleagues(work, agent.agent_id, id_),
            row=row,
            why=why_here(work, conversation, zone=zone),
            barred=barred(work, conversation),
            lines=self.threads.lines(work, conversation, agent_id=agent.agent_id, zone=zone),
            facts=self.facts.of(work, conversation, agent, now=now),
            has_others=has_others(work, conversation, agent),
            ways=ways_of(work, conversation),
            viewers=viewers(work, id_, agent.agent_id, now=machine_now),
            reply_draft=reply_draft,
            note_draft=note_draft,
            read_seq=summary.last_seq,
            key=new_id("k"),
        )


def is_mine(conversation: Conversation, agent_id: str) -> bool:
    """Say whether an agent has a conversation."""
    return conversation.owner_id == agent_id and conversation.state is ConversationState.HUMAN


def colleagues(work: UnitOfWork, agent_id: str, chat_id: str) -> list[tuple[str, str]]:
    """Return who else may have a chat, by name."""
    return [
        (each.id, each.name)
        for each in sorted(work.agents.all(), key=lambda each: each.name.casefold())
        if each.id != agent_id
        and each.disabled_at is None
        and may(each.role, Permission.WORK_CHATS)
        and is_within(work, each, chat_id)
    ]


def _is_theirs(conversation: Conversation, agent: SignedIn, state: ConversationState) -> bool:
    return conversation.owner_id == agent.agent_id and conversation.state is state


def barred(work: UnitOfWork, conversation: Conversation) -> str:
    """Return why nothing can be sent to a person; empty if it can."""
    contacts = work.contacts.of_person(conversation.person_id)
    if any(each.opted_out_at for each in contacts):
        return "This person texted STOP: nothing can be sent until they text START."
    contact_id = conversation.last_contact_id
    contact = work.contacts.find(contact_id) if contact_id else None
    if contact is None:
        return "This person has no number or chat that we could write to."
    if contact.blocked_at:
        return "This person has blocked us on this channel."
    return "" if contact.is_reachable else "This contact is not theirs: nothing can be sent."


def viewers(work: UnitOfWork, id_: str, agent_id: str, *, now: datetime) -> list[Viewer]:
    """Return which colleagues have a chat on their screens now."""
    found = [each for each in work.chat_views.of(id_) if _looks(each, agent_id, now=now)]
    names = {each.agent_id: work.agents.find(each.agent_id) for each in found}
    return [
        Viewer(agent.name, types_ms=_typing_ms(each, now=now))
        for each in found
        if (agent := names[each.agent_id]) is not None
    ]


def _typing_ms(view: ChatView, *, now: datetime) -> int:
    """Return for how many milliseconds more somebody counts as typing."""
    if view.typing_at is None:
        return 0
    return max(0, round((view.typing_at + TYPING_FOR - now).total_seconds() * 1000))


def _looks(view: ChatView, agent_id: str, *, now: datetime) -> bool:
    return view.agent_id != agent_id and now - view.seen_at < GONE_AFTER
