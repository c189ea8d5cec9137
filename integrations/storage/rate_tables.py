"""The table of senders' rates."""

from sqlalchemy import Column, Float, Table

from integrations.storage.tables import metadata
from integrations.storage.types import Identifier

# How much a sender may send now: so much at that technical instant, refilled since; and until when
# its provider asked us to wait. All instants are seconds since 1970, to be reckoned with in SQL.
sender_rates = Table(
    "sender_rates",
    metadata,
    Column("key", Identifier, primary_key=True),
    Column("level", Float, nullable=False),
    Column("at", Float, nullable=False),
    Column("paused_until", Float, nullable=False),
)
