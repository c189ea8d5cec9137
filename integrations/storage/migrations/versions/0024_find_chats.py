"""Let agents find a person's chat by a parcel's number, a postcode or a name."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

IDENTIFIER = sa.String().with_variant(sa.String(collation="C"), "postgresql")
# One number may stand on several parcels of a delivery.
_KNOWN = {
    "postgresql": """
        INSERT INTO parcel_numbers (number, delivery_id)
        SELECT DISTINCT upper(replace(parcel ->> 'tracking_number', ' ', '')), deliveries.id
        FROM deliveries, json_array_elements(deliveries.parcels) AS parcel""",
    "sqlite": """
        INSERT INTO parcel_numbers (number, delivery_id)
        SELECT DISTINCT
            upper(replace(json_extract(parcel.value, '$.tracking_number'), ' ', '')), deliveries.id
        FROM deliveries, json_each(deliveries.parcels) AS parcel""",
}


def upgrade() -> None:
    """Create the table with what is known, and the indexes."""
    op.create_table(
        "parcel_numbers",
        sa.Column("number", IDENTIFIER, nullable=False),
        sa.Column("delivery_id", IDENTIFIER, nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["deliveries.id"],
            name="parcel_numbers_delivery_id_fkey",
            ondelete="CASCADE",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("number", "delivery_id", name="parcel_numbers_pkey"),
    )
    op.create_index("parcel_numbers_delivery_id", "parcel_numbers", ["delivery_id"])
    op.execute(_KNOWN[op.get_bind().dialect.name])
    postcode, name = "replace(upper(postcode), ' ', '')", "lower(recipient_name)"
    op.create_index("deliveries_by_postcode", "deliveries", [sa.text(postcode)])
    op.create_index("deliveries_by_name", "deliveries", [sa.text(name)])
