"""A shipper's own words for what its recipients are told."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(eq=False)
class OwnWording:
    """One version of a shipper's words for a notice, in a language; the newest one counts.

    Attributes:
        name: Of the notice, as in the catalogues.
        text: In Fluent, without the name; none: the house's words again.
        written_by: Who wrote it, as they call themselves.
        seq: Order of writing over all shippers, given by the store.
    """

    shipper_id: str
    name: str
    language: str
    version: int
    text: str | None
    written_at: datetime
    written_by: str = ""
    seq: int | None = None
