"""The tables of people, places, deliveries and plans; ``message_tables`` has the rest.

Entities refer to each other by foreign keys that are checked at commit, so that the order of
writing does not matter. Journals (messages, history, events, tasks) have none: they are kept and
emptied on schedules of their own.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Time,
    UniqueConstraint,
    false,
    func,
    text,
)
from sqlalchemy.ext.mutable import MutableDict

from deliveries.model.delivery import DeliveryStatus
from deliveries.model.network import PickupPointKind
from deliveries.model.recipient import Channel
from deliveries.model.route import RouteState, StopKind, StopState
from deliveries.model.rules_form import read_rules
from deliveries.model.standing import StandingKind
from integrations.storage import forms
from integrations.storage.types import (
    Address,
    Identifier,
    Name,
    UtcDateTime,
    Value,
    Values,
    Words,
)

# Of a delivery; the first as ``journeys.WAITING``. Words, as an index's condition must be.
ON_THE_WAY = text("status IN ('pending', 'in_transit', 'out_for_delivery')")
BROUGHT_BACK = text("status = 'delivery_failed'")

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)


def reference(name: str, target: str, *, nullable: bool = False, **options: Any) -> Column[str]:  # noqa: ANN401 options of ForeignKey
    """Return a column that refers to another entity, checked at commit."""
    key = ForeignKey(target, deferrable=True, initially="DEFERRED", **options)
    return Column(name, Identifier, key, nullable=nullable)


NOT_ERASED = text("erased_at IS NULL")

shippers = Table(
    "shippers",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("name", Words, nullable=False),
    Column("country", Identifier, nullable=False),
    Column("rules", Value(forms.write_rules, read_rules), nullable=False),
)

depots = Table(
    "depots",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("name", Words, nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("zone", Identifier, nullable=False),
)

vehicles = Table(
    "vehicles",
    metadata,
    Column("id", Identifier, primary_key=True),
    reference("depot_id", "depots.id"),
    Column("driver_name", Words, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("shift_start", Time, nullable=False),
    Column("shift_end", Time, nullable=False),
    Column("breaks", Values(forms.write_break, forms.read_break), nullable=False),
    Index(None, "depot_id"),
)

pickup_points = Table(
    "pickup_points",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("kind", Name(PickupPointKind), nullable=False),
    Column("name", Words, nullable=False),
    Column("address", Words, nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("zone", Identifier, nullable=False),
    Column("opening_hours", Words, nullable=False),
    Column(
        "compartments",
        MutableDict.as_mutable(Value(forms.write_facts, forms.read_facts)),
        nullable=False,
    ),
    Column("service_duration_s", Integer, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("language", Identifier, nullable=False),
    Column("zone", Identifier),
    Column("erased_at", UtcDateTime),
)

contacts = Table(
    "contacts",
    metadata,
    Column("id", Identifier, primary_key=True),
    reference("person_id", "people.id"),
    Column("channel", Name(Channel), nullable=False),
    Column("address", Address, nullable=False),
    Column("verified_at", UtcDateTime),
    Column("opted_out_at", UtcDateTime),
    Column("blocked_at", UtcDateTime),
    Column("unlinked_at", UtcDateTime),
    Column("last_inbound_at", UtcDateTime),
    Column("unreachable_until", UtcDateTime),
    Column("unreachable_reason", Identifier),
    UniqueConstraint("channel", "address"),
    Index(None, "person_id"),
)

link_tokens = Table(
    "link_tokens",
    metadata,
    Column("token_hash", Identifier, primary_key=True),
    reference("person_id", "people.id"),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)

standing_wishes = Table(
    "standing_wishes",
    metadata,
    Column("id", Identifier, primary_key=True),
    reference("person_id", "people.id"),
    Column("kind", Name(StandingKind), nullable=False),
    Column("details", Value(forms.write_facts, forms.read_facts), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("ended_at", UtcDateTime),
    Index(
        "standing_wishes_one_of_a_kind",
        "person_id",
        "kind",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("reference", Identifier, nullable=False),
    reference("shipper_id", "shippers.id"),
    reference("depot_id", "depots.id"),
    reference("person_id", "people.id"),
    Column("recipient_name", Words, nullable=False),
    Column("address_line", Words, nullable=False),
    Column("postcode", Words, nullable=False),
    Column("city", Words, nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("zone", Identifier, nullable=False),
    Column("date", Date, nullable=False),
    Column("parcels", Values(forms.write_parcel, forms.read_parcel), nullable=False),
    Column("load", Integer, nullable=False),
    Column("service_duration_s", Integer, nullable=False),
    Column("status", Name(DeliveryStatus), nullable=False),
    Column("status_at", UtcDateTime),
    Column("window_start", UtcDateTime),
    Column("window_end", UtcDateTime),
    Column("promised_start", UtcDateTime),
    Column("promised_end", UtcDateTime),
    Column("place", Value(forms.write_place, forms.read_place), nullable=False),
    Column("forbidden_options", Values(forms.write_text, forms.read_text), nullable=False),
    Column("access_ciphertext", LargeBinary),
    Column("door", Value(forms.write_door, forms.read_door)),
    Column("signature_released", Boolean, nullable=False, server_default=false()),
    Column("attempts", Integer, nullable=False),
    Column("failed_reason", Words),
    Column("route_id", Identifier),
    Column("stop_id", Identifier),
    Column("eta_at", UtcDateTime),
    Column("loaded_at", UtcDateTime),
    Column("handed_to", Words),
    Column("proof_url", Words),
    Column("contact_id", Identifier),
    Column("booked_at", UtcDateTime),
    Column("requires_pin", Boolean, nullable=False, server_default=false()),
    Column("notices_stopped_at", UtcDateTime),
    Column("erased_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    UniqueConstraint("shipper_id", "reference"),
    Index(None, "person_id", "date"),
    Index(None, "depot_id", "date"),
    Index(None, "date"),
)
Index(
    "deliveries_with_names",
    deliveries.c.date,
    deliveries.c.id,
    postgresql_where=NOT_ERASED,
    sqlite_where=NOT_ERASED,
)
# All that the looks for notices need of a delivery: they read nothing else, nor anything past.
Index(
    "deliveries_on_their_way",
    *(
        deliveries.c[name]
        for name in (
            "zone",
            "date",
            "eta_at",
            "route_id",
            "promised_start",
            "promised_end",
            "window_start",
            "attempts",
            "status",
            "id",
            "person_id",
        )
    ),
    postgresql_where=ON_THE_WAY,
    sqlite_where=ON_THE_WAY,
)
Index(
    "deliveries_brought_back",
    deliveries.c.date,
    deliveries.c.status_at,
    postgresql_where=BROUGHT_BACK,
    sqlite_where=BROUGHT_BACK,
)

# What agents search by, as it is compared. An index serves the very words of an expression alone.
COMPARED_POSTCODE: ColumnElement[str] = func.replace(
    func.upper(deliveries.c.postcode), text("' '"), text("''")
)
Index("deliveries_by_postcode", COMPARED_POSTCODE)
Index("deliveries_by_name", func.lower(deliveries.c.recipient_name))

parcel_numbers = Table(
    "parcel_numbers",
    metadata,
    Column("number", Identifier, primary_key=True),
    Column(
        "delivery_id",
        Identifier,
        ForeignKey("deliveries.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED"),
        primary_key=True,
    ),
    Index(None, "delivery_id"),
)

co_recipients = Table(
    "co_recipients",
    metadata,
    Column(
        "delivery_id",
        Identifier,
        ForeignKey("deliveries.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED"),
        primary_key=True,
    ),
    Column(
        "person_id",
        Identifier,
        ForeignKey("people.id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
    ),
    Column("contact_id", Identifier, nullable=False),
    Index(None, "person_id"),
)

plans = Table(
    "plans",
    metadata,
    Column("id", Identifier, primary_key=True),
    reference("depot_id", "depots.id"),
    Column("date", Date, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("planned_at", UtcDateTime),
    Column("unassigned", Values(forms.write_unassigned, forms.read_unassigned), nullable=False),
    Column("improved_revision", Integer, nullable=False, server_default="0"),
    Column("row_version", Integer, nullable=False),
    UniqueConstraint("depot_id", "date"),
    Index(None, "date"),
)

routes = Table(
    "routes",
    metadata,
    Column("id", Identifier, primary_key=True),
    reference("plan_id", "plans.id", ondelete="CASCADE"),
    Column("depot_id", Identifier, nullable=False),
    Column("vehicle_id", Identifier, nullable=False),
    Column("driver_name", Words, nullable=False),
    Column("date", Date, nullable=False),
    Column("zone", Identifier, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("shift_start", UtcDateTime, nullable=False),
    Column("shift_end", UtcDateTime, nullable=False),
    Column("depot_lat", Float, nullable=False),
    Column("depot_lon", Float, nullable=False),
    Column("breaks", Values(forms.write_break, forms.read_break), nullable=False),
    Column("paces", Values(float, float)),
    Column("stop_paces", JSON(none_as_null=True)),
    Column("start_at", UtcDateTime),
    Column("end_at", UtcDateTime),
    Column("state", Name(RouteState), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("van_lat", Float),
    Column("van_lon", Float),
    Column("van_at", UtcDateTime),
    Column("row_version", Integer, nullable=False),
    Index(None, "plan_id"),
    Index(None, "date"),
)

stops = Table(
    "stops",
    metadata,
    Column("id", Identifier, primary_key=True),
    reference("route_id", "routes.id", ondelete="CASCADE"),
    Column("position", Integer, nullable=False),
    Column("kind", Name(StopKind), nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("service_duration_s", Integer, nullable=False),
    Column("load", Integer, nullable=False),
    Column("delivery_ids", Values(forms.write_text, forms.read_text), nullable=False),
    Column("window_start", UtcDateTime),
    Column("window_end", UtcDateTime),
    Column("arrival_at", UtcDateTime),
    Column("service_at", UtcDateTime),
    Column("leave_at", UtcDateTime),
    Column("state", Name(StopState), nullable=False),
    Column("pickup_point_id", Identifier),
    Column("not_before", UtcDateTime),
    Index(None, "route_id"),
)
