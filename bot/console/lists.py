"""The list of chats: what waits, with whom it is, and until when it should be answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.console.plain_words import LANGUAGES, REASONS, masked_name
from bot.console.sessions import SignedIn
from deliveries.model.console import ChatSummary
from deliveries.model.conversation import ConversationState
from deliveries.ports import UnitOfWork
from deliveries.services.staff.attending import away

PREVIEW = 90
LIVE_SHOWN = 50
SHOWN = ("mine", "queue", "all", "bot")
# What a search has found; its rows are renewed and no others join them.
FOUND = "found"
# From the first answer on, the person should hear back so soon.
NEXT_ANSWER = timedelta(minutes=10)


_NOBODY_WAITS = frozenset(
    {ConversationState.BOT, ConversationState.SNOOZED, ConversationState.RESOLVED}
)


@dataclass(frozen=True)
class Row:
    """One chat of the list.

    Attributes:
        left_s: Seconds until the target; negative when it has passed; none: nobody waits.
        is_owner_away: Their console is closed: a lead may give the chat to somebody else.
        order: Sorts rows by due time; what is due comes first.
    """

    id: str
    state: str
    name: str
    reason: str
    priority: int | None
    preview: str
    unread: int
    owner: str
    is_mine: bool
    language: str
    channel: str
    left_s: int | None
    last_at: datetime | None
    order: str
    is_owner_away: bool = False


def rows(
    work: UnitOfWork, show: str, agent: SignedIn, *, now: datetime, machine_now: datetime
) -> list[Row]:
    """Return the rows of one of the lists that the agent may see, the most urgent first."""
    agent_id, scope = agent.agent_id, agent.scope
    if show == "bot":
        found = work.chat_lists.with_bot(agent_id=agent_id, limit=LIVE_SHOWN, shippers=scope)
    else:
        found = work.chat_lists.in_hands(agent_id=agent_id, shippers=scope)
    kept = [each for each in found if belongs(each, show, agent_id=agent_id)]
    made = make_rows(work, kept, agent_id=agent_id, now=now, machine_now=machine_now)
    return sorted(made, key=lambda row: row.order)


def make_rows(
    work: UnitOfWork,
    summaries: Sequence[ChatSummary],
    *,
    agent_id: str,
    now: datetime,
    machine_now: datetime,
) -> list[Row]:
    """Return summaries as rows; ``machine_now`` tells who of their owners is away."""
    owners = {each.owner_id for each in summaries if each.owner_id}
    names = {id_: agent.name for id_ in owners if (agent := work.agents.find(id_))}
    gone = away(work, owners - {agent_id}, machine_now=machine_now)
    made = [_row(each, names, agent_id=agent_id, now=now) for each in summaries]
    return [
        replace(row, is_owner_away=summary.owner_id in gone)
        for row, summary in zip(made, summaries, strict=True)
    ]


def belongs(summary: ChatSummary, show: str, *, agent_id: str) -> bool:
    """Say whether a chat stands in one of the lists."""
    match show:
        case "mine":
            return summary.owner_id == agent_id
        case "queue":
            return summary.state is ConversationState.QUEUED
        case "bot":
            return summary.state is ConversationState.BOT
        case "found":
            return True
        case _:
            return summary.state is not ConversationState.BOT


def due_at(summary: ChatSummary) -> datetime | None:
    """Return until when somebody should answer; none if nobody waits."""
    if summary.state in _NOBODY_WAITS or summary.requested_at is None:
        return None
    if summary.answered_at is None or summary.answered_at < summary.requested_at:
        return summary.due_at
    if summary.last_at is not None and summary.last_at > summary.answered_at:
        return summary.last_at + NEXT_ANSWER
    return None


def _row(summary: ChatSummary, names: Mapping[str, str], *, agent_id: str, now: datetime) -> Row:
    due = due_at(summary)
    reason = summary.reason or ("staff" if summary.owner_id else "")
    late_first = due.isoformat() if due else f"~{_newest_first(summary.last_at)}"
    return Row(
        id=summary.conversation_id,
        state=summary.state.value,
        name=masked_name(summary.name),
        reason=REASONS.get(reason, reason.replace("_", " ").capitalize()),
        priority=summary.priority if summary.reason else None,
        preview=(summary.last_text or "")[:PREVIEW],
        unread=summary.unread if summary.state is not ConversationState.BOT else 0,
        owner=names.get(summary.owner_id or "", ""),
        is_mine=summary.owner_id == agent_id,
        language=LANGUAGES.get(summary.language, summary.language),
        channel=summary.channel.value if summary.channel else "",
        left_s=int((due - now).total_seconds()) if due else None,
        last_at=summary.last_at,
        order=late_first,
    )


def _newest_first(at: datetime | None) -> str:
    return f"{10**11 - int(at.timestamp() if at else 0):011d}"
