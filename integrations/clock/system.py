"""The machine's clock."""

from datetime import UTC, datetime

from deliveries.ports import Clock


class SystemClock:
    """Tells the machine's time."""

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        return datetime.now(tz=UTC)


_: type[Clock] = SystemClock
