"""How wrong expected arrivals were, in a database."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import delete, insert, select

from deliveries.model.eta import EtaCalibration, EtaDay, EtaError, EtaPromise
from integrations.storage.eta_tables import eta_calibrations, eta_days, eta_errors, eta_promises
from integrations.storage.sessions import WorkSession


class SqlEtaRepository:
    """Promised windows, measured errors, days and what they taught."""

    def __init__(self, session: WorkSession) -> None:
        self._session = session

    def promise(self, delivery_id: str, day: date) -> EtaPromise | None:
        """Return the first window told about a delivery on a day."""
        found = self._session.get(EtaPromise, delivery_id)
        return found if found is not None and found.day == day else None

    def add_promise(self, promise: EtaPromise) -> None:
        """Keep a window that is being told; one of another day is replaced."""
        self._session.merge(promise)

    def promises_of(self, depot_id: str, day: date) -> Sequence[EtaPromise]:
        """Return every window told about a depot's day."""
        return self._session.scalars(
            select(EtaPromise).where(eta_promises.c.depot_id == depot_id, eta_promises.c.day == day)
        ).all()

    def add_errors(self, errors: Sequence[EtaError]) -> None:
        """Keep errors."""
        if not errors:
            return
        rows = [
            {
                "depot_id": each.depot_id,
                "day": each.day,
                "weekday": each.weekday,
                "hour": each.hour,
                "stops_ahead": each.stops_ahead,
                "error_s": each.error_s,
            }
            for each in errors
        ]
        self._session.execute(insert(eta_errors), rows)

    def errors_since(self, depot_id: str, first: date) -> Sequence[tuple[int, int, int]]:
        """Return hour, stops ahead and seconds of a depot's errors from a day on."""
        found = self._session.execute(
            select(eta_errors.c.hour, eta_errors.c.stops_ahead, eta_errors.c.error_s).where(
                eta_errors.c.depot_id == depot_id, eta_errors.c.day >= first
            )
        )
        return [(hour, stops_ahead, error_s) for hour, stops_ahead, error_s in found]

    def add_day(self, day: EtaDay) -> None:
        """Keep what a day came to."""
        self._session.add(day)

    def day(self, depot_id: str, day: date) -> EtaDay | None:
        """Return what a depot's day came to."""
        return self._session.get(EtaDay, (depot_id, day))

    def days_since(self, first: date, *, depot_id: str | None = None) -> Sequence[EtaDay]:
        """Return days from one on in order, of one depot or of all."""
        wanted = select(EtaDay).where(eta_days.c.day >= first)
        if depot_id is not None:
            wanted = wanted.where(eta_days.c.depot_id == depot_id)
        return self._session.scalars(wanted.order_by(eta_days.c.day, eta_days.c.depot_id)).all()

    def calibration(self, depot_id: str) -> EtaCalibration | None:
        """Return what a depot's days taught so far."""
        return self._session.get(EtaCalibration, depot_id)

    def paces(self, depot_id: str) -> tuple[Mapping[str, float], Mapping[str, float]]:
        """Return the paces that a depot's days taught so far, by hour and by kind of stop."""
        # All the rest of a calibration is large, and offers ask for these.
        known = self._session.execute(
            select(eta_calibrations.c.paces, eta_calibrations.c.stop_paces).where(
                eta_calibrations.c.depot_id == depot_id
            )
        ).first()
        return (known.paces, known.stop_paces or {}) if known is not None else ({}, {})

    def add_calibration(self, calibration: EtaCalibration) -> None:
        """Keep the first of a depot."""
        self._session.add(calibration)

    def forget_promises(self, depot_id: str, day: date) -> None:
        """Forget the windows told about a day and the days before it."""
        self._session.execute(
            delete(eta_promises).where(
                eta_promises.c.depot_id == depot_id, eta_promises.c.day <= day
            )
        )

    def forget_before(self, first: date) -> None:
        """Forget errors and days of before a day."""
        self._session.execute(delete(eta_errors).where(eta_errors.c.day < first))
        self._session.execute(delete(eta_days).where(eta_days.c.day < first))
