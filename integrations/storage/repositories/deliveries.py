"""Deliveries."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, or_, select, union_all, update

from deliveries.model.delivery import FINAL_STATUSES, Delivery, DeliveryStatus
from deliveries.model.route import Stop
from integrations.storage.repositories.entities import SqlRepository
from integrations.storage.tables import co_recipients, deliveries

_ENOUGH_TO_FIND_A_PLACE = 200


class SqlDeliveryRepository(SqlRepository[Delivery]):
    """Deliveries in a database."""

    kind = Delivery

    def by_reference(self, shipper_id: str, reference: str) -> Delivery | None:
        """Return the delivery a shipper knows by that reference."""
        return self._session.scalars(
            select(Delivery).where(
                deliveries.c.shipper_id == shipper_id, deliveries.c.reference == reference
            )
        ).one_or_none()

    def open_of_person(self, person_id: str) -> Sequence[Delivery]:
        """Return deliveries not final that a person is on, by date, then id."""
        return self._session.scalars(
            select(Delivery)
            .where(_concerns(person_id), deliveries.c.status.not_in(FINAL_STATUSES))
            .order_by(deliveries.c.date, deliveries.c.id)
        ).all()

    def latest_of_person(self, person_id: str, *, limit: int = 3) -> Sequence[Delivery]:
        """Return the newest deliveries a person is on, final ones too, newest date first."""
        return self._session.scalars(
            select(Delivery)
            .where(_concerns(person_id))
            .order_by(deliveries.c.date.desc(), deliveries.c.id)
            .limit(limit)
        ).all()

    def of_day(self, depot_id: str, day: date) -> Sequence[Delivery]:
        """Return a depot's deliveries of one service day, by id."""
        return self._session.scalars(
            select(Delivery)
            .where(deliveries.c.depot_id == depot_id, deliveries.c.date == day)
            .order_by(deliveries.c.id)
        ).all()

    def load_of_day(self, depot_id: str, day: date) -> int:
        """Return the load of all of a depot's deliveries that are still to come on a day."""
        is_to_come = deliveries.c.status.in_((DeliveryStatus.PENDING, DeliveryStatus.IN_TRANSIT))
        return (
            self._session.scalar(
                select(func.sum(deliveries.c.load)).where(
                    deliveries.c.depot_id == depot_id, deliveries.c.date == day, is_to_come
                )
            )
            or 0
        )

    def show(self, stops: Mapping[str, Stop]) -> None:
        """Show on deliveries which stop serves them now, and when it is expected to.

        Those in use are changed as entities, all others where they are stored.
        """
        self._session.flush()
        rows: list[dict[str, object]] = []
        for id_, stop in stops.items():
            delivery = self._session.identity_map.get(self._session.identity_key(Delivery, id_))
            if delivery is None:
                rows.append(
                    {"of": id_, "route": stop.route_id, "stop": stop.id, "eta": stop.eta_at}
                )
            else:
                delivery.route_id, delivery.stop_id = stop.route_id, stop.id
                delivery.eta_at = stop.eta_at
        if rows:
            self._session.connection().execute(_SHOW, rows)

    def lock(self, ids: Sequence[str]) -> None:
        """Let nobody else choose for these deliveries until this unit of work ends."""
        # In order, so that two who want the same do not wait for each other; on SQLite a unit of
        # work that may write is alone anyway.
        theirs = select(deliveries.c.id).where(deliveries.c.id.in_(ids)).order_by(deliveries.c.id)
        self._session.execute(theirs.with_for_update(key_share=True)).all()

    def near_postcode(self, postcode: str) -> Sequence[Delivery]:
        """Return some deliveries at a postcode, whatever its blanks and case."""
        written = func.upper(func.replace(deliveries.c.postcode, " ", ""))
        wanted = postcode.replace(" ", "").upper()
        return self._session.scalars(
            select(Delivery)
            .where(written == wanted)
            .order_by(deliveries.c.id)
            .limit(_ENOUGH_TO_FIND_A_PLACE)
        ).all()

    def on_street(self, words: str) -> Sequence[Delivery]:
        """Return some deliveries whose address line holds the words, whatever their case."""
        return self._session.scalars(
            select(Delivery)
            .where(deliveries.c.address_line.icontains(words, autoescape=True))
            .order_by(deliveries.c.id)
            .limit(_ENOUGH_TO_FIND_A_PLACE)
        ).all()

    def page(self, *, after: str | None, limit: int, day: date | None = None) -> Sequence[Delivery]:
        """Return deliveries by id, those after one, for operators."""
        wanted = select(Delivery).order_by(deliveries.c.id).limit(limit)
        if after is not None:
            wanted = wanted.where(deliveries.c.id > after)
        if day is not None:
            wanted = wanted.where(deliveries.c.date == day)
        return self._session.scalars(wanted).all()


_ROUTE: BindParameter[str] = bindparam("route", type_=deliveries.c.route_id.type)
_STOP: BindParameter[str] = bindparam("stop", type_=deliveries.c.stop_id.type)
_ETA: BindParameter[datetime] = bindparam("eta", type_=deliveries.c.eta_at.type)
_SHOW = (
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("of"),
        or_(
            deliveries.c.route_id.is_distinct_from(_ROUTE),
            deliveries.c.stop_id.is_distinct_from(_STOP),
            deliveries.c.eta_at.is_distinct_from(_ETA),
        ),
    )
    .values(route_id=_ROUTE, stop_id=_STOP, eta_at=_ETA, version=deliveries.c.version + 1)
)


def _concerns(person_id: str) -> ColumnElement[bool]:
    """Return the condition that a delivery is a person's, or that they are on it beside others."""
    return deliveries.c.id.in_(
        union_all(
            select(deliveries.c.id).where(deliveries.c.person_id == person_id),
            select(co_recipients.c.delivery_id).where(co_recipients.c.person_id == person_id),
        )
    )
