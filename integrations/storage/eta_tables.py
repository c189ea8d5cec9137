"""The tables of expected arrivals: windows told, errors, days, and what they taught."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
)

from integrations.storage.tables import metadata
from integrations.storage.types import Identifier, UtcDateTime

eta_promises = Table(
    "eta_promises",
    metadata,
    Column("delivery_id", Identifier, primary_key=True),
    Column("depot_id", Identifier, nullable=False),
    Column("day", Date, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("eta_at", UtcDateTime, nullable=False),
    Column("window_start", UtcDateTime, nullable=False),
    Column("window_end", UtcDateTime, nullable=False),
    Column("is_learned", Boolean, nullable=False),
    Index(None, "depot_id", "day"),
)

eta_errors = Table(
    "eta_errors",
    metadata,
    Column(
        "id",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
    Column("depot_id", Identifier, nullable=False),
    Column("day", Date, nullable=False),
    Column("weekday", SmallInteger, nullable=False),
    Column("hour", SmallInteger, nullable=False),
    Column("stops_ahead", SmallInteger, nullable=False),
    Column("error_s", Integer, nullable=False),
    Index(None, "depot_id", "day"),
)

eta_days = Table(
    "eta_days",
    metadata,
    Column("depot_id", Identifier, nullable=False),
    Column("day", Date, nullable=False),
    Column("learned_at", UtcDateTime, nullable=False),
    Column("stops", Integer, nullable=False),
    Column("promised", Integer, nullable=False),
    Column("kept", Integer, nullable=False),
    Column("width_s", Integer, nullable=False),
    Column("learned_promised", Integer, nullable=False),
    Column("learned_kept", Integer, nullable=False),
    Column("learned_width_s", Integer, nullable=False),
    Column("fixed_kept", Integer, nullable=False),
    Column("p50_s", Integer, nullable=False),
    Column("p90_s", Integer, nullable=False),
    Column("paces", JSON, nullable=False),
    Column("stop_paces", JSON(none_as_null=True)),
    PrimaryKeyConstraint("depot_id", "day"),
    Index(None, "day"),
)

eta_calibrations = Table(
    "eta_calibrations",
    metadata,
    Column("depot_id", Identifier, primary_key=True),
    Column("calibrated_at", UtcDateTime, nullable=False),
    Column("shift", Float, nullable=False),
    Column("groups", JSON, nullable=False),
    Column("paces", JSON, nullable=False),
    Column("stop_paces", JSON(none_as_null=True)),
)
