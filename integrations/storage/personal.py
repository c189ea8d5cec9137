"""Which tables hold what people said and did, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, Text, cast, exists, select

from deliveries.model.message import OutboxState
from deliveries.model.privacy import Period
from integrations.storage.console_tables import chat_events, chat_views, reply_drafts
from integrations.storage.handover_tables import handover_codes, neighbour_requests
from integrations.storage.message_tables import (
    challenges,
    driver_events,
    handoffs,
    history,
    inbound,
    live_views,
    notes,
    offers,
    outbox,
    preferences,
    ratings,
    staff_tasks,
    turns,
)
from integrations.storage.outside_tables import outside_tasks, planner_events
from integrations.storage.staff_tables import agent_sessions, sign_in_attempts
from integrations.storage.surface_tables import surface_cases, surface_lines
from integrations.storage.tables import (
    co_recipients,
    link_tokens,
    parcel_numbers,
    routes,
    standing_wishes,
)

ERASED_NOW = object()
"""Stands for the instant of the erasure."""


class Owner(Enum):
    """By what a row belongs to a person."""

    PERSON = auto()
    CONTACT = auto()
    CONVERSATION = auto()
    DELIVERY = auto()


@dataclass(frozen=True)
class Trace:
    """Rows about a person.

    Attributes:
        column: Tells whose they are.
        emptied: What stays of a row; none: the row goes.
    """

    owner: Owner
    column: Column[Any]
    emptied: Mapping[str, object] | None = None

    @property
    def table(self) -> Table:
        """Whose rows they are."""
        table: Table = self.column.table
        return table


TRACES = (
    *(
        Trace(Owner.PERSON, table.c.person_id)
        for table in (standing_wishes, link_tokens, co_recipients)
    ),
    Trace(
        Owner.CONTACT,
        neighbour_requests.c.contact_id,
        {"contact_id": None, "name": None, "erased_at": ERASED_NOW},
    ),
    *(
        Trace(Owner.CONVERSATION, table.c.conversation_id)
        for table in (
            inbound,
            outbox,
            turns,
            notes,
            offers,
            challenges,
            chat_events,
            chat_views,
            reply_drafts,
            surface_lines,
            surface_cases,
        )
    ),
    Trace(Owner.CONVERSATION, ratings.c.conversation_id, {"comment": None}),
    Trace(Owner.CONVERSATION, handoffs.c.conversation_id, {"summary": {}}),
    Trace(Owner.CONVERSATION, history.c.conversation_id, {"facts": {}}),
    Trace(Owner.CONVERSATION, staff_tasks.c.conversation_id, {"facts": {}, "note": None}),
    *(
        Trace(Owner.DELIVERY, table.c.delivery_id)
        for table in (handover_codes, challenges, co_recipients, parcel_numbers, live_views)
    ),
    Trace(
        Owner.DELIVERY,
        preferences.c.delivery_id,
        {"details": {}, "before": {}, "contact_id": None},
    ),
    Trace(Owner.DELIVERY, history.c.delivery_id, {"facts": {}}),
    Trace(Owner.DELIVERY, staff_tasks.c.delivery_id, {"facts": {}, "note": None}),
    Trace(Owner.DELIVERY, driver_events.c.delivery_id, {"details": {}}),
    Trace(Owner.DELIVERY, planner_events.c.delivery_id, {"facts": {}}),
    Trace(Owner.DELIVERY, outside_tasks.c.delivery_id, {"place": ""}),
    # To others, about it.
    Trace(Owner.DELIVERY, outbox.c.delivery_id, {"text": None, "sayings": ()}),
)


@dataclass(frozen=True)
class Ageing:
    """Rows that are kept for a period.

    Attributes:
        since: From when on; none: for as long as ``only`` does not hold.
        only: Which of them.
        emptied: What stays of a row; none: the row goes.
    """

    table: Table
    since: Column[Any] | None
    only: tuple[ColumnElement[bool], ...] = ()
    emptied: Mapping[str, object] = field(default_factory=dict)


def _has_case() -> ColumnElement[bool]:
    case = surface_cases.c
    line = surface_lines.c
    same = (case.surface == line.surface) & (case.conversation_id == line.conversation_id)
    return exists(select(case.id).where(same))


AGEING: Mapping[Period, tuple[Ageing, ...]] = {
    Period.WORDS: (
        Ageing(inbound, inbound.c.received_at, (inbound.c.worked_at.is_not(None),)),
        Ageing(
            outbox,
            outbox.c.created_at,
            (outbox.c.state.not_in((OutboxState.QUEUED, OutboxState.SENDING)),),
        ),
        Ageing(turns, turns.c.at),
        Ageing(notes, notes.c.at),
        Ageing(offers, offers.c.expires_at),
        Ageing(chat_events, chat_events.c.at),
        Ageing(reply_drafts, reply_drafts.c.saved_at),
        Ageing(staff_tasks, staff_tasks.c.done_at),
        Ageing(history, history.c.at, (history.c.delivery_id.is_(None),)),
        Ageing(
            ratings,
            ratings.c.scored_at,
            (ratings.c.comment.is_not(None),),
            {"comment": None},
        ),
        Ageing(
            handoffs,
            handoffs.c.closed_at,
            (cast(handoffs.c.summary, Text) != "{}",),
            {"summary": {}},
        ),
        Ageing(surface_cases, surface_cases.c.opened_at, (surface_cases.c.is_over,)),
        Ageing(surface_lines, None, (~_has_case(),)),
    ),
    Period.WHEREABOUTS: (
        Ageing(driver_events, driver_events.c.at),
        Ageing(
            planner_events, planner_events.c.received_at, (planner_events.c.worked_at.is_not(None),)
        ),
        Ageing(live_views, live_views.c.changed_at),
        Ageing(challenges, challenges.c.expires_at),
        Ageing(link_tokens, link_tokens.c.expires_at),
        Ageing(agent_sessions, agent_sessions.c.expires_at),
        Ageing(sign_in_attempts, sign_in_attempts.c.last_at),
        Ageing(
            routes,
            routes.c.van_at,
            emptied={"van_lat": None, "van_lon": None, "van_at": None},
        ),
    ),
}
