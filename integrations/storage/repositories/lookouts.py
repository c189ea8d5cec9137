"""What may be due to be told: columns and indexes only, no entities.

The looks of a tick go through ``deliveries_on_their_way``, which holds all columns they need and
nothing of the past. What was told is looked up by key, one row a delivery, whatever else there is.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import batched

from sqlalchemy import (
    JSON,
    ColumnElement,
    Select,
    String,
    TextClause,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from deliveries.model.delivery import PlaceKind
from deliveries.model.message import Purpose
from deliveries.model.route import RouteState
from deliveries.model.window import TimeWindow
from deliveries.repositories.lookouts import Candidate, Lookout
from deliveries.services.notices.posting import prefix_of
from integrations.storage.message_tables import outbox
from integrations.storage.tables import BROUGHT_BACK, ON_THE_WAY, deliveries, routes
from integrations.storage.types import Identifier

_IDS_PER_STATEMENT = 5_000
# Routes are kept with their plans; a delivery's is of its day, give or take a change of plan.
_DAYS_OF_ROUTES = timedelta(days=2)
# A degree of longitude is the shorter the further north; beyond 78 degrees nobody delivers.
_SHORTEST_LONGITUDE = 0.2

_COLUMNS = (
    deliveries.c.id,
    deliveries.c.person_id,
    deliveries.c.route_id,
    deliveries.c.eta_at,
)


class SqlLookoutRepository:
    """Deliveries about which something may be due, in a database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def zones(self) -> Sequence[str]:
        """Return the zones of deliveries on their way: one look into an index each."""
        return list(self._zones())

    def find(self, lookout: Lookout) -> Sequence[Candidate]:
        """Return the deliveries that are to go to an address and are as looked for."""
        found = self._session.execute(select(*_COLUMNS).where(*_conditions(lookout)))
        return self._at_addresses([Candidate(*row) for row in found])

    def brought_back(
        self, day: date, *, reason: str, untold: str, within: TimeWindow
    ) -> Sequence[Candidate]:
        """Return a day's deliveries that failed for a reason in a span and were not told of."""
        found = self._session.execute(
            select(*_COLUMNS).where(
                BROUGHT_BACK,
                deliveries.c.date == day,
                deliveries.c.status_at.between(within.start, within.end),
                deliveries.c.failed_reason == reason,
                _is_untold(day, untold),
            )
        )
        return [Candidate(*row) for row in found]

    def failed(self, *, since: datetime) -> Sequence[str]:
        """Return the ids of deliveries whose last attempt failed, at an instant or after it."""
        # A day either way: the index begins with the day at the address.
        first = since.date() - timedelta(days=1)
        return self._session.scalars(
            select(deliveries.c.id)
            .where(BROUGHT_BACK, deliveries.c.date >= first, deliveries.c.status_at >= since)
            .order_by(deliveries.c.status_at, deliveries.c.id)
        ).all()

    def told(self, delivery_ids: Sequence[str]) -> frozenset[str]:
        """Return the dedupe keys of all notices about some deliveries."""
        keys: set[str] = set()
        for some in batched(delivery_ids, _IDS_PER_STATEMENT):
            found = self._session.scalars(
                select(outbox.c.dedupe_key).where(
                    outbox.c.delivery_id.in_(some), outbox.c.purpose == Purpose.NOTICE
                )
            )
            keys.update(key for key in found if key is not None)
        return frozenset(keys)

    def _zones(self) -> Iterator[str]:
        last = ""
        while True:
            following = self._session.scalar(
                select(func.min(deliveries.c.zone)).where(ON_THE_WAY, deliveries.c.zone > last)
            )
            if following is None:
                return
            yield following
            last = following

    def _at_addresses(self, found: Sequence[Candidate]) -> Sequence[Candidate]:
        """Leave out what goes to pickup points; only of what was found, for it is not indexed."""
        kind = type_coerce(deliveries.c.place, JSON)["kind"].as_string()
        elsewhere: set[str] = set()
        for some in batched(found, _IDS_PER_STATEMENT):
            elsewhere.update(
                self._session.scalars(
                    select(deliveries.c.id).where(
                        deliveries.c.id.in_([each.id for each in some]),
                        kind == PlaceKind.PICKUP_POINT.value,
                    )
                )
            )
        return [each for each in found if each.id not in elsewhere]


def _conditions(lookout: Lookout) -> Iterator[ColumnElement[bool] | TextClause]:
    yield ON_THE_WAY
    yield deliveries.c.zone == lookout.zone
    yield deliveries.c.date == lookout.day
    earliest, latest = lookout.eta
    if earliest is not None:
        yield deliveries.c.eta_at >= earliest
    if latest is not None:
        yield deliveries.c.eta_at <= latest
    if earliest is None and latest is None:
        yield or_(deliveries.c.eta_at.is_not(None), deliveries.c.window_start.is_not(None))
    yield from _of_vans(lookout)
    promised = lookout.promised_within
    if promised is not None:
        start, end = deliveries.c.promised_start, deliveries.c.promised_end
        yield and_(start >= promised.start, start < promised.end)
        yield or_(deliveries.c.eta_at > end, deliveries.c.eta_at < start)
    for kind in lookout.untold:
        yield _is_untold(lookout.day, kind)


def _of_vans(lookout: Lookout) -> Iterator[ColumnElement[bool]]:
    has_left = routes.c.state == RouteState.DEPARTED
    if lookout.left_since is not None:
        left = _routes_of(lookout.day).where(has_left, routes.c.start_at >= lookout.left_since)
        yield deliveries.c.route_id.in_(left)
    if lookout.seen_since is not None:
        near = lookout.within_deg
        north, east = deliveries.c.lat - routes.c.van_lat, deliveries.c.lon - routes.c.van_lon
        yield (
            select(routes.c.id)
            .where(
                routes.c.id == deliveries.c.route_id,
                has_left,
                routes.c.van_at >= lookout.seen_since,
                north.between(-near, near),
                east.between(-near / _SHORTEST_LONGITUDE, near / _SHORTEST_LONGITUDE),
            )
            .exists()
        )
    leaving = lookout.waits_except
    if leaving is not None:
        is_leaving = routes.c.start_at.between(leaving.start, leaving.end)
        busy = _routes_of(lookout.day).where(or_(routes.c.state != RouteState.PLANNED, is_leaving))
        yield or_(deliveries.c.route_id.is_(None), deliveries.c.route_id.not_in(busy))


def _routes_of(day: date) -> Select[str]:
    return select(routes.c.id).where(
        routes.c.date.between(day - _DAYS_OF_ROUTES, day + _DAYS_OF_ROUTES)
    )


def _is_untold(day: date, kind: str) -> ColumnElement[bool]:
    """Say that no notice of a kind was written about this attempt.

    As one value a row, so that no database thinks of reading through all that was ever written.
    """
    begins = literal(f"{prefix_of(day.isoformat())}{kind}:", Identifier())
    key = begins + deliveries.c.id + ":" + cast(deliveries.c.attempts, String)
    return select(outbox.c.seq).where(outbox.c.dedupe_key == key).scalar_subquery().is_(None)
