"""Senders' token buckets: a row each, filled up by reckoning when somebody looks."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CursorResult,
    Float,
    Update,
    bindparam,
    case,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_on_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite
from sqlalchemy.orm import Session

from deliveries.model.rates import SenderLimit
from integrations.storage.rate_tables import sender_rates

_NOW = bindparam("the_now", type_=Float())
_PER_S = bindparam("the_rate", type_=Float())
_BURST = bindparam("the_burst", type_=Float())
_COST = bindparam("the_cost", type_=Float())
_KEY = sender_rates.c.key == bindparam("the_key", type_=sender_rates.c.key.type)
# Machines' clocks differ a little: a bucket that somebody faster has filled is not emptied again.
_LATER = case((sender_rates.c.at > _NOW, sender_rates.c.at), else_=_NOW)


class SqlRateRepository:
    """Token buckets in a database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def levels(self, limits: Sequence[SenderLimit], *, now: datetime) -> Mapping[str, float]:
        """Return by key how much may be sent now, at most the burst; nothing while paused."""
        found = {
            key: (level, at, paused_until)
            for key, level, at, paused_until in self._session.execute(
                _of_keys(), {"the_keys": [limit.key for limit in limits]}
            )
        }
        return {
            limit.key: _level(limit, found[limit.key], now.timestamp())
            if limit.key in found
            else limit.burst
            for limit in limits
        }

    def take(self, limit: SenderLimit, cost: float, *, now: datetime) -> float:
        """Take by a conditional update; return 0, or after how many seconds to ask again.

        What costs more than a burst waits for a full one and leaves a debt.
        """
        values = {
            "the_key": limit.key,
            "the_now": now.timestamp(),
            "the_rate": limit.per_s or 0.0,
            "the_burst": limit.burst,
            "the_cost": cost if limit.per_s is not None else 0.0,
        }
        for _ in range(2):
            taken = self._session.execute(_take(), values)
            if isinstance(taken, CursorResult) and taken.rowcount:
                return 0.0
            row = self._session.execute(_of_keys(), {"the_keys": [limit.key]}).one_or_none()
            if row is not None:
                return _wait_s(limit, cost, row[1:], now.timestamp())
            self._begin(limit.key, level=limit.burst, at=now)
        return 0.0

    def give_back(self, limit: SenderLimit, cost: float) -> None:
        """Put back what was taken for nothing."""
        level = sender_rates.c.level + cost
        self._session.execute(
            update(sender_rates).where(sender_rates.c.key == limit.key).values(level=level)
        )

    def pause(self, limit: SenderLimit, *, until: datetime) -> None:
        """Let nobody send until then, as a provider asked."""
        self._begin(limit.key, level=limit.burst, at=until)
        self._session.execute(_pause(), {"the_key": limit.key, "the_end": until.timestamp()})

    def forget(self, prefix: str, *, before: datetime) -> None:
        """Drop the records under keys with a prefix that were not used since."""
        key = sender_rates.c.key
        self._session.execute(
            delete(sender_rates).where(
                key >= prefix,
                key < prefix + "\U0010ffff",
                sender_rates.c.at < before.timestamp(),
                sender_rates.c.paused_until < before.timestamp(),
            )
        )

    def _begin(self, key: str, *, level: float, at: datetime) -> None:
        """Make the row of a sender that has none yet; of several who try, one does."""
        is_postgresql = self._session.get_bind().dialect.name == "postgresql"
        insert = insert_on_postgresql if is_postgresql else insert_on_sqlite
        values = {"key": key, "level": level, "at": at.timestamp(), "paused_until": 0.0}
        self._session.execute(insert(sender_rates).on_conflict_do_nothing(), values)


@cache
def _of_keys():  # type: ignore[no-untyped-def]  # noqa: ANN202 a row of four columns
    keys: BindParameter[str] = bindparam("the_keys", expanding=True)
    return select(
        sender_rates.c.key, sender_rates.c.level, sender_rates.c.at, sender_rates.c.paused_until
    ).where(sender_rates.c.key.in_(keys))


@cache
def _take() -> Update:
    level = _refilled()
    needed = case((_COST < _BURST, _COST), else_=_BURST)
    return (
        update(sender_rates)
        .where(_KEY, sender_rates.c.paused_until <= _NOW, level >= needed)
        .values(level=level - _COST, at=_LATER)
    )


@cache
def _pause() -> Update:
    end = bindparam("the_end", type_=Float())
    return (
        update(sender_rates).where(_KEY, sender_rates.c.paused_until < end).values(paused_until=end)
    )


def _refilled() -> ColumnElement[float]:
    """Return what is in the bucket by now."""
    level = sender_rates.c.level + (_LATER - sender_rates.c.at) * _PER_S
    return case((level > _BURST, _BURST), else_=level)


def _level(limit: SenderLimit, row: tuple[float, float, float], now: float) -> float:
    level, at, paused_until = row
    if now < paused_until:
        return 0.0
    if limit.per_s is None:
        return limit.burst
    return min(limit.burst, level + max(0.0, now - at) * limit.per_s)


def _wait_s(limit: SenderLimit, cost: float, row: Sequence[float], now: float) -> float:
    level, at, paused_until = row
    missing = min(cost, limit.burst) - _level(limit, (level, at, 0.0), now)
    refill_s = missing / limit.per_s if limit.per_s else 0.0
    return max(refill_s, paused_until - now, 0.001)
