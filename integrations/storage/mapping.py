"""Maps the plain entities of the core onto the tables, from outside."""

from threading import Lock
from typing import Any

from sqlalchemy import Column, Table
from sqlalchemy.orm import RelationshipProperty, configure_mappers, registry, relationship

from deliveries.model.challenge import Challenge
from deliveries.model.console import CannedReply, ChatView, ReplyDraft
from deliveries.model.conversation import Conversation, Handoff, Note
from deliveries.model.delivery import Delivery
from deliveries.model.eta import EtaCalibration, EtaDay, EtaError, EtaPromise
from deliveries.model.handover import Collection, HandoverCode, NeighbourRequest
from deliveries.model.history import DriverEvent, HistoryEntry, StaffTask
from deliveries.model.message import InboundMessage, LiveView, OutboxMessage, Turn
from deliveries.model.network import Depot, PickupPoint, Shipper, Vehicle
from deliveries.model.offer import Hold, Offer
from deliveries.model.outside import OutsideTask, PlannerEvent, Spending
from deliveries.model.preference import PlannerChange, Preference
from deliveries.model.rating import Rating
from deliveries.model.recipient import Contact, CoRecipient, LinkToken, Person
from deliveries.model.route import Plan, Route, Stop
from deliveries.model.staff import (
    Agent,
    AgentSession,
    Attendance,
    AuditEntry,
    RecoveryCode,
    SignInAttempts,
)
from deliveries.model.standing import StandingWish
from deliveries.model.surface import SurfaceCase, SurfaceFollower, SurfaceLine, SurfaceMember
from deliveries.model.wording import OwnWording
from integrations.storage import (
    console_tables,
    eta_tables,
    handover_tables,
    message_tables,
    outside_tables,
    staff_tables,
    surface_tables,
    tables,
)

_mapped_once = Lock()
_registry = registry(metadata=tables.metadata)

_PLAIN: dict[type, Table] = {
    AgentSession: staff_tables.agent_sessions,
    Attendance: staff_tables.attendances,
    AuditEntry: staff_tables.audit_log,
    CannedReply: console_tables.canned_replies,
    ChatView: console_tables.chat_views,
    Collection: handover_tables.collections,
    Contact: tables.contacts,
    CoRecipient: tables.co_recipients,
    Depot: tables.depots,
    DriverEvent: message_tables.driver_events,
    EtaCalibration: eta_tables.eta_calibrations,
    EtaDay: eta_tables.eta_days,
    EtaError: eta_tables.eta_errors,
    EtaPromise: eta_tables.eta_promises,
    HandoverCode: handover_tables.handover_codes,
    HistoryEntry: message_tables.history,
    Hold: message_tables.holds,
    InboundMessage: message_tables.inbound,
    NeighbourRequest: handover_tables.neighbour_requests,
    LinkToken: tables.link_tokens,
    LiveView: message_tables.live_views,
    Offer: message_tables.offers,
    OwnWording: message_tables.own_wordings,
    OutsideTask: outside_tables.outside_tasks,
    Person: tables.people,
    PickupPoint: tables.pickup_points,
    PlannerEvent: outside_tables.planner_events,
    Preference: message_tables.preferences,
    RecoveryCode: staff_tables.recovery_codes,
    ReplyDraft: console_tables.reply_drafts,
    Rating: message_tables.ratings,
    Shipper: tables.shippers,
    SignInAttempts: staff_tables.sign_in_attempts,
    Spending: outside_tables.planner_spending,
    StaffTask: message_tables.staff_tasks,
    StandingWish: tables.standing_wishes,
    Stop: tables.stops,
    SurfaceFollower: surface_tables.surface_followers,
    SurfaceLine: surface_tables.surface_lines,
    SurfaceMember: surface_tables.surface_members,
    Turn: message_tables.turns,
    Vehicle: tables.vehicles,
}

# Known by an id of ours, stored in order of arrival.
_SEQUENCED: dict[type, Table] = {
    Note: message_tables.notes,
    OutboxMessage: message_tables.outbox,
    PlannerChange: message_tables.planner_changes,
}


def map_entities() -> None:
    """Map every entity once; later calls do nothing.

    An entity that is to be kept must have been made after the first call.
    """
    with _mapped_once:
        if any(True for _ in _registry.mappers):
            return
        for entity, table in _PLAIN.items():
            _registry.map_imperatively(entity, table)
        for entity, table in _SEQUENCED.items():
            _registry.map_imperatively(entity, table, primary_key=[table.c.id])
        _map_versioned()
        configure_mappers()


def entities() -> tuple[type, ...]:
    """Return every mapped entity, mapping them first."""
    map_entities()
    return tuple(sorted((mapper.class_ for mapper in _registry.mappers), key=lambda e: e.__name__))


def _map_versioned() -> None:
    """Map what several processes change: a change of an older state is refused."""
    for entity, table in (
        (Conversation, message_tables.conversations),
        (Delivery, tables.deliveries),
    ):
        _registry.map_imperatively(entity, table, version_id_col=table.c.version)
    _registry.map_imperatively(
        Agent, staff_tables.agents, version_id_col=staff_tables.agents.c.row_version
    )
    _registry.map_imperatively(
        Challenge, message_tables.challenges, version_id_col=message_tables.challenges.c.row_version
    )
    _registry.map_imperatively(
        Handoff, message_tables.handoffs, version_id_col=message_tables.handoffs.c.row_version
    )
    _registry.map_imperatively(
        SurfaceCase,
        surface_tables.surface_cases,
        version_id_col=surface_tables.surface_cases.c.row_version,
    )
    _registry.map_imperatively(
        Route,
        tables.routes,
        version_id_col=tables.routes.c.row_version,
        properties={"stops": _parts(Stop, tables.stops.c.position)},
    )
    # Not ``revision``: the core raises that itself, by a conditional update.
    _registry.map_imperatively(
        Plan,
        tables.plans,
        version_id_col=tables.plans.c.row_version,
        properties={"routes": _parts(Route, tables.routes.c.vehicle_id)},
    )


def _parts[T](kind: type[T], in_order_of: Column[Any]) -> RelationshipProperty[T]:
    """Return a list of what belongs to an entity and ends with it."""
    return relationship(
        kind,
        order_by=in_order_of,
        cascade="all, delete-orphan",
        passive_deletes=True,
        lazy="selectin",
    )
