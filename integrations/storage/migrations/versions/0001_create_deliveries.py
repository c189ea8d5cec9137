"""Create the tables of people, places, deliveries and plans."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

IDENTIFIER = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    _create_shippers()
    _create_depots()
    _create_vehicles()
    _create_pickup_points()
    _create_people()
    _create_contacts()
    _create_link_tokens()
    _create_deliveries()
    _create_plans()
    _create_routes()
    _create_stops()


def _create_shippers() -> None:
    op.create_table(
        "shippers",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", IDENTIFIER, nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="shippers_pkey"),
    )


def _create_depots() -> None:
    op.create_table(
        "depots",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("zone", IDENTIFIER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="depots_pkey"),
    )


def _create_vehicles() -> None:
    op.create_table(
        "vehicles",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("depot_id", IDENTIFIER, nullable=False),
        sa.Column("driver_name", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("shift_start", sa.Time(), nullable=False),
        sa.Column("shift_end", sa.Time(), nullable=False),
        sa.Column("breaks", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id"],
            ["depots.id"],
            name="vehicles_depot_id_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="vehicles_pkey"),
    )
    op.create_index("vehicles_depot_id", "vehicles", ["depot_id"])


def _create_pickup_points() -> None:
    op.create_table(
        "pickup_points",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("zone", IDENTIFIER, nullable=False),
        sa.Column("opening_hours", sa.Text(), nullable=False),
        sa.Column("compartments", sa.JSON(), nullable=False),
        sa.Column("service_duration_s", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pickup_points_pkey"),
    )


def _create_people() -> None:
    op.create_table(
        "people",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("language", IDENTIFIER, nullable=False),
        sa.Column("zone", IDENTIFIER),
        sa.PrimaryKeyConstraint("id", name="people_pkey"),
    )


def _create_contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True)),
        sa.Column("opted_out_at", sa.DateTime(timezone=True)),
        sa.Column("blocked_at", sa.DateTime(timezone=True)),
        sa.Column("unlinked_at", sa.DateTime(timezone=True)),
        sa.Column("last_inbound_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name="contacts_person_id_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="contacts_pkey"),
        sa.UniqueConstraint("channel", "address", name="contacts_channel_address_key"),
    )
    op.create_index("contacts_person_id", "contacts", ["person_id"])


def _create_link_tokens() -> None:
    op.create_table(
        "link_tokens",
        sa.Column("token_hash", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name="link_tokens_person_id_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("token_hash", name="link_tokens_pkey"),
    )


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("reference", IDENTIFIER, nullable=False),
        sa.Column("shipper_id", IDENTIFIER, nullable=False),
        sa.Column("depot_id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("recipient_name", sa.Text(), nullable=False),
        sa.Column("address_line", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("zone", IDENTIFIER, nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("parcels", sa.JSON(), nullable=False),
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("service_duration_s", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("status_at", sa.DateTime(timezone=True)),
        sa.Column("window_start", sa.DateTime(timezone=True)),
        sa.Column("window_end", sa.DateTime(timezone=True)),
        sa.Column("promised_start", sa.DateTime(timezone=True)),
        sa.Column("promised_end", sa.DateTime(timezone=True)),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("forbidden_options", sa.JSON(), nullable=False),
        sa.Column("access_ciphertext", sa.LargeBinary()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failed_reason", sa.Text()),
        sa.Column("route_id", IDENTIFIER),
        sa.Column("stop_id", IDENTIFIER),
        sa.Column("eta_at", sa.DateTime(timezone=True)),
        sa.Column("loaded_at", sa.DateTime(timezone=True)),
        sa.Column("handed_to", sa.Text()),
        sa.Column("proof_url", sa.Text()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id"],
            ["depots.id"],
            name="deliveries_depot_id_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name="deliveries_person_id_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["shipper_id"],
            ["shippers.id"],
            name="deliveries_shipper_id_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="deliveries_pkey"),
        sa.UniqueConstraint("shipper_id", "reference", name="deliveries_shipper_id_reference_key"),
    )
    op.create_index("deliveries_date", "deliveries", ["date"])
    op.create_index("deliveries_depot_id_date", "deliveries", ["depot_id", "date"])
    op.create_index("deliveries_person_id_date", "deliveries", ["person_id", "date"])


def _create_plans() -> None:
    op.create_table(
        "plans",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("depot_id", IDENTIFIER, nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True)),
        sa.Column("unassigned", sa.JSON(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id"],
            ["depots.id"],
            name="plans_depot_id_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="plans_pkey"),
        sa.UniqueConstraint("depot_id", "date", name="plans_depot_id_date_key"),
    )
    op.create_index("plans_date", "plans", ["date"])


def _create_routes() -> None:
    op.create_table(
        "routes",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("plan_id", IDENTIFIER, nullable=False),
        sa.Column("depot_id", IDENTIFIER, nullable=False),
        sa.Column("vehicle_id", IDENTIFIER, nullable=False),
        sa.Column("driver_name", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("zone", IDENTIFIER, nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("shift_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shift_end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("depot_lat", sa.Float(), nullable=False),
        sa.Column("depot_lon", sa.Float(), nullable=False),
        sa.Column("breaks", sa.JSON(), nullable=False),
        sa.Column("start_at", sa.DateTime(timezone=True)),
        sa.Column("end_at", sa.DateTime(timezone=True)),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("van_lat", sa.Float()),
        sa.Column("van_lon", sa.Float()),
        sa.Column("van_at", sa.DateTime(timezone=True)),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["plans.id"],
            name="routes_plan_id_fkey",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="routes_pkey"),
    )
    op.create_index("routes_plan_id", "routes", ["plan_id"])


def _create_stops() -> None:
    op.create_table(
        "stops",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("route_id", IDENTIFIER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("service_duration_s", sa.Integer(), nullable=False),
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("delivery_ids", sa.JSON(), nullable=False),
        sa.Column("window_start", sa.DateTime(timezone=True)),
        sa.Column("window_end", sa.DateTime(timezone=True)),
        sa.Column("arrival_at", sa.DateTime(timezone=True)),
        sa.Column("service_at", sa.DateTime(timezone=True)),
        sa.Column("leave_at", sa.DateTime(timezone=True)),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("pickup_point_id", IDENTIFIER),
        sa.ForeignKeyConstraint(
            ["route_id"],
            ["routes.id"],
            name="stops_route_id_fkey",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="stops_pkey"),
    )
    op.create_index("stops_route_id", "stops", ["route_id"])
