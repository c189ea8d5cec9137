"""Valid entities with one keyword to differ, and a store in memory to keep them in."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from deliveries.model.conversation import Conversation, Handoff, Note
from deliveries.model.delivery import Delivery, Parcel
from deliveries.model.handover import HandoverCode, NeighbourRequest
from deliveries.model.history import DriverEvent, HistoryEntry, StaffTask
from deliveries.model.message import InboundMessage, OutboxMessage, Purpose, Turn
from deliveries.model.network import (
    Break,
    Depot,
    PickupPoint,
    PickupPointKind,
    Shipper,
    Vehicle,
)
from deliveries.model.offer import Hold, Offer, Option, OptionKind
from deliveries.model.personal import ContactAddress
from deliveries.model.preference import PlannerChange, Preference
from deliveries.model.rating import Rating
from deliveries.model.recipient import Channel, Contact, CoRecipient, LinkToken, Person
from deliveries.model.route import Plan, Route, Stop, StopKind
from deliveries.model.rules_form import read_rules
from deliveries.model.saying import Saying
from deliveries.model.staff import Agent, AgentSession, Attendance
from deliveries.model.standing import StandingKind, StandingWish
from deliveries.model.window import TimeWindow
from integrations.storage import Storage, storage
from integrations.storage.mapping import map_entities
from integrations.storage.tables import metadata

# Entities made before they are mapped could not be kept; tests make them in any order.
map_entities()

A_DAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
ZONE = "Europe/London"


def at(hour: int, minute: int = 0, *, day: date = A_DAY) -> datetime:
    """Return an instant of the day, in UTC (London keeps winter time then)."""
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)


def a_window(start: datetime | None = None, **length: float) -> TimeWindow:
    """Return a window: two hours from 12:00, or ``a_window(at(9), minutes=30)``."""
    begin = at(12) if start is None else start
    return TimeWindow(begin, begin + (timedelta(**length) if length else timedelta(hours=2)))


def a_shipper(**different: Any) -> Shipper:
    """Return a shipper; its rules as operators write them."""
    rules = read_rules(different.pop("rules", {}))
    usual = {"id": "s-1", "name": "Larkfield Books", "country": "GB", "rules": rules}
    return Shipper(**{**usual, **different})


def a_depot(**different: Any) -> Depot:
    usual = {"id": "dep-1", "name": "Eastgate", "lat": 51.5, "lon": -0.05, "zone": ZONE}
    return Depot(**{**usual, **different})


def a_vehicle(**different: Any) -> Vehicle:
    usual = {
        "id": "v-1",
        "depot_id": "dep-1",
        "driver_name": "Ines",
        "capacity": 80,
        "shift_start": time(8),
        "shift_end": time(18),
        "breaks": (Break(duration_s=1800, earliest=time(12), latest=time(14)),),
    }
    return Vehicle(**{**usual, **different})


def a_pickup_point(**different: Any) -> PickupPoint:
    usual = {
        "id": "pp-1",
        "kind": PickupPointKind.LOCKER,
        "name": "Market Lockers",
        "address": "3 Market Row",
        "lat": 51.501,
        "lon": -0.06,
        "zone": ZONE,
        "opening_hours": "24/7",
        "compartments": {"S": 10, "M": 10, "L": 5},
    }
    return PickupPoint(**{**usual, **different})


def a_person(**different: Any) -> Person:
    return Person(**{"id": "p-1", **different})


def a_contact(**different: Any) -> Contact:
    usual = {
        "id": "c-1",
        "person_id": "p-1",
        "channel": Channel.SMS,
        "address": ContactAddress("+447700900001"),
        "verified_at": NOW,
    }
    return Contact(**{**usual, **different})


def a_link_token(**different: Any) -> LinkToken:
    usual = {"token_hash": "hash-1", "person_id": "p-1", "expires_at": NOW + timedelta(days=1)}
    return LinkToken(**{**usual, **different})


def a_conversation(**different: Any) -> Conversation:
    return Conversation(**{"id": "conv-1", "person_id": "p-1", **different})


def a_parcel(**different: Any) -> Parcel:
    return Parcel(**{"tracking_number": "LB1000000001", "description": "books", **different})


def a_delivery(**different: Any) -> Delivery:
    usual = {
        "id": "d-1",
        "reference": "ORDER-1",
        "shipper_id": "s-1",
        "depot_id": "dep-1",
        "person_id": "p-1",
        "recipient_name": "Robin Vale",
        "address_line": "12 Harbour Street",
        "postcode": "E1 6AN",
        "city": "London",
        "lat": 51.51,
        "lon": -0.07,
        "zone": ZONE,
        "date": A_DAY,
        "parcels": (a_parcel(),),
    }
    return Delivery(**{**usual, **different})


def a_stop(**different: Any) -> Stop:
    usual = {
        "id": "st-1",
        "route_id": "r-1",
        "position": 0,
        "kind": StopKind.ADDRESS,
        "lat": 51.51,
        "lon": -0.07,
        "service_duration_s": 180,
        "load": 1,
        "delivery_ids": ("d-1",),
    }
    return Stop(**{**usual, **different})


def a_route(**different: Any) -> Route:
    usual = {
        "id": "r-1",
        "depot_id": "dep-1",
        "vehicle_id": "v-1",
        "driver_name": "Ines",
        "date": A_DAY,
        "zone": ZONE,
        "capacity": 80,
        "shift_start": at(8),
        "shift_end": at(18),
        "depot_lat": 51.5,
        "depot_lon": -0.05,
    }
    return Route(**{**usual, **different})


def a_plan(**different: Any) -> Plan:
    return Plan(**{"id": "plan-1", "depot_id": "dep-1", "date": A_DAY, **different})


def an_option(**different: Any) -> Option:
    usual = {
        "id": "of-1-1",
        "kind": OptionKind.WINDOW,
        "label": Saying("option_window", {"day": "2026-03-11"}),
        "details": {"start": "2026-03-11T12:00:00+00:00"},
        "words": ("noon",),
        "cutoff_at": NOW + timedelta(hours=8),
    }
    return Option(**{**usual, **different})


def an_offer(**different: Any) -> Offer:
    usual = {
        "id": "of-1",
        "conversation_id": "conv-1",
        "delivery_ids": ("d-1",),
        "options": (an_option(),),
        "created_at": NOW,
        "expires_at": NOW + timedelta(minutes=10),
    }
    return Offer(**{**usual, **different})


def a_hold(**different: Any) -> Hold:
    usual = {
        "id": "h-1",
        "resource": "compartment:pp-1:M",
        "quantity": 1,
        "offer_id": "of-1",
        "expires_at": NOW + timedelta(minutes=10),
    }
    return Hold(**{**usual, **different})


def a_preference(**different: Any) -> Preference:
    usual = {
        "id": "pref-1",
        "delivery_id": "d-1",
        "version": 1,
        "kind": OptionKind.SAFE_PLACE,
        "details": {"words": "behind the shed"},
        "chosen_at": NOW,
        "contact_id": "c-1",
    }
    return Preference(**{**usual, **different})


def a_change(**different: Any) -> PlannerChange:
    usual = {
        "id": "ch-1",
        "preference_id": "pref-1",
        "delivery_id": "d-1",
        "depot_id": "dep-1",
        "idempotency_key": "d-1:1",
        "created_at": NOW,
        "expires_at": NOW + timedelta(hours=9),
    }
    return PlannerChange(**{**usual, **different})


def an_inbound_message(**different: Any) -> InboundMessage:
    usual = {
        "channel": Channel.SMS,
        "provider_id": "SM0001",
        "contact_id": "c-1",
        "conversation_id": "conv-1",
        "text": "where is my parcel?",
        "received_at": NOW,
    }
    return InboundMessage(**{**usual, **different})


def an_outbox_message(**different: Any) -> OutboxMessage:
    usual = {
        "id": "m-1",
        "conversation_id": "conv-1",
        "contact_id": "c-1",
        "purpose": Purpose.REPLY,
        "sayings": (Saying("greeting", {"name": "Robin"}),),
        "created_at": NOW,
        "not_before": NOW,
    }
    return OutboxMessage(**{**usual, **different})


def a_standing_wish(**different: Any) -> StandingWish:
    usual = {
        "id": "w-1",
        "person_id": "p-1",
        "kind": StandingKind.PLACE,
        "details": {"kind": "safe_place", "words": "spot_shed"},
        "since": NOW,
    }
    return StandingWish(**{**usual, **different})


def a_turn(**different: Any) -> Turn:
    usual = {"key": "turn-1", "conversation_id": "conv-1", "sayings": (), "at": NOW}
    return Turn(**{**usual, **different})


def an_agent(**different: Any) -> Agent:
    return Agent(**{"id": "ag-1", "name": "nadia", "password_hash": "argon", **different})


def an_agent_session(**different: Any) -> AgentSession:
    usual = {
        "token_hash": "session-1",
        "agent_id": "ag-1",
        "csrf_token": "csrf",
        "expires_at": NOW + timedelta(hours=8),
        "id": "as-1",
        "created_at": NOW,
        "seen_at": NOW,
    }
    return AgentSession(**{**usual, **different})


def a_handoff(**different: Any) -> Handoff:
    usual = {
        "id": "ho-1",
        "conversation_id": "conv-1",
        "reason": "asked_for",
        "priority": 3,
        "requested_at": NOW,
    }
    return Handoff(**{**usual, **different})


def a_note(**different: Any) -> Note:
    usual = {
        "id": "n-1",
        "conversation_id": "conv-1",
        "agent_id": "ag-1",
        "text": "rang the depot",
        "at": NOW,
    }
    return Note(**{**usual, **different})


def a_history_entry(**different: Any) -> HistoryEntry:
    usual = {"kind": "choice_confirmed", "at": NOW, "actor": "planner", "delivery_id": "d-1"}
    return HistoryEntry(**{**usual, **different})


def a_staff_task(**different: Any) -> StaffTask:
    usual = {"id": "t-1", "kind": "send_failed", "dedupe_key": "send:m-1", "created_at": NOW}
    return StaffTask(**{**usual, **different})


def a_driver_event(**different: Any) -> DriverEvent:
    return DriverEvent(
        **{"id": "e-1", "kind": "arrived", "at": NOW, "route_id": "r-1", **different}
    )


def in_memory_storage(*entities: object) -> Storage:
    """Return a store in memory that holds the entities given.

    What an entity refers to must be among them: a delivery needs its shipper, depot and person.
    """
    store = storage("sqlite://")
    metadata.create_all(store.engine)
    keep(store, *entities)
    return store


def a_stocked_storage(*more: object) -> Storage:
    """Return a store in memory with one of what stands still, a person and a delivery."""
    return in_memory_storage(
        a_shipper(),
        a_depot(),
        a_vehicle(),
        a_pickup_point(),
        a_person(),
        a_contact(),
        a_conversation(),
        a_delivery(),
        *more,
    )


def keep(store: Storage, *entities: object) -> None:
    """Keep entities of any kind in one transaction."""
    with store.unit_of_work() as work:
        homes: dict[type, Any] = {
            Agent: work.agents,
            Attendance: work.attendances,
            AgentSession: work.agent_sessions,
            Contact: work.contacts,
            Rating: work.ratings,
            Conversation: work.conversations,
            Delivery: work.deliveries,
            Depot: work.depots,
            Handoff: work.handoffs,
            HandoverCode: work.handover_codes,
            HistoryEntry: work.history,
            LinkToken: work.link_tokens,
            NeighbourRequest: work.neighbour_requests,
            Note: work.notes,
            Offer: work.offers,
            OutboxMessage: work.outbox,
            Person: work.people,
            PickupPoint: work.pickup_points,
            Plan: work.plans,
            PlannerChange: work.changes,
            Preference: work.preferences,
            Shipper: work.shippers,
            StandingWish: work.standing,
            Turn: work.turns,
            Vehicle: work.vehicles,
        }
        once: dict[type, Any] = {
            CoRecipient: work.co_recipients,
            DriverEvent: work.driver_events,
            InboundMessage: work.inbound,
            StaffTask: work.tasks,
        }
        for entity in entities:
            if isinstance(entity, Hold):
                assert work.holds.take(entity)
            elif type(entity) in once:
                assert once[type(entity)].add_once(entity)
            else:
                homes[type(entity)].add(entity)
        work.commit()
