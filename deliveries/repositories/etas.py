"""How wrong expected arrivals were."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from deliveries.model.eta import EtaCalibration, EtaDay, EtaError, EtaPromise


class EtaRepository(Protocol):
    """Promised windows, measured errors, days and what they taught."""

    def promise(self, delivery_id: str, day: date) -> EtaPromise | None:
        """Return the first window told about a delivery on a day."""
        ...

    def add_promise(self, promise: EtaPromise) -> None:
        """Keep a window that is being told; one of another day is replaced."""
        ...

    def promises_of(self, depot_id: str, day: date) -> Sequence[EtaPromise]:
        """Return every window told about a depot's day."""
        ...

    def add_errors(self, errors: Sequence[EtaError]) -> None:
        """Keep errors."""
        ...

    def errors_since(self, depot_id: str, first: date) -> Sequence[tuple[int, int, int]]:
        """Return hour, stops ahead and seconds of a depot's errors from a day on."""
        ...

    def add_day(self, day: EtaDay) -> None:
        """Keep what a day came to.

        Raises:
            ConflictError: When the work is flushed, if somebody has learned from it already.
        """
        ...

    def day(self, depot_id: str, day: date) -> EtaDay | None:
        """Return what a depot's day came to."""
        ...

    def days_since(self, first: date, *, depot_id: str | None = None) -> Sequence[EtaDay]:
        """Return days from one on in order, of one depot or of all."""
        ...

    def calibration(self, depot_id: str) -> EtaCalibration | None:
        """Return what a depot's days taught so far."""
        ...

    def paces(self, depot_id: str) -> tuple[Mapping[str, float], Mapping[str, float]]:
        """Return the paces that a depot's days taught so far, by hour and by kind of stop."""
        ...

    def add_calibration(self, calibration: EtaCalibration) -> None:
        """Keep the first of a depot."""
        ...

    def forget_promises(self, depot_id: str, day: date) -> None:
        """Forget the windows told about a day and the days before it."""
        ...

    def forget_before(self, first: date) -> None:
        """Forget errors and days of before a day."""
        ...
