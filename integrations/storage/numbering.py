"""The numbers of parcels beside their deliveries, so that one is found by a number."""

from sqlalchemy import bindparam, delete, insert, inspect
from sqlalchemy.orm import Session

from deliveries.model.delivery import Delivery, comparable_number
from integrations.storage.tables import parcel_numbers

_FORGET = delete(parcel_numbers).where(parcel_numbers.c.delivery_id == bindparam("of"))


def renumbered(session: Session) -> tuple[list[Delivery], list[Delivery]]:
    """Return the deliveries that a flush adds, and those whose parcels it changes."""
    new = [each for each in session.new if isinstance(each, Delivery)]
    known = [each for each in session.dirty if isinstance(each, Delivery)]
    return new, [each for each in known if inspect(each).attrs.parcels.history.added]


def write_numbers(session: Session, new: list[Delivery], known: list[Delivery]) -> None:
    """Keep the numbers of deliveries' parcels, and no former ones."""
    rows = [
        {"number": number, "delivery_id": delivery.id}
        for delivery in (*new, *known)
        for number in sorted({comparable_number(each.tracking_number) for each in delivery.parcels})
    ]
    if known:
        session.connection().execute(_FORGET, [{"of": delivery.id} for delivery in known])
    if rows:
        session.connection().execute(insert(parcel_numbers), rows)
