"""What we promise from an ETA, and when an ETA breaks what was promised."""

from datetime import datetime, timedelta

from deliveries.model.window import TimeWindow

NARROW = timedelta(hours=1)
BROAD = timedelta(hours=2)
QUARTER = timedelta(minutes=15)
# A promise is broken only beyond this, on either side: an ETA that wavers is no news.
HYSTERESIS = timedelta(minutes=15)


def narrow_window(eta: datetime, agreed: TimeWindow | None, *, now: datetime) -> TimeWindow:
    """Return the hour around an ETA, from a quarter hour on.

    It stays within what was agreed as long as the ETA does, and does not begin long before now.
    """
    start = max(_floored(eta - NARROW / 2), _floored(now))
    return _within(TimeWindow(start, start + NARROW), agreed, eta)


def broad_window(eta: datetime, *, leaves_at: datetime | None) -> TimeWindow:
    """Return what can be said a day ahead: two hours around the ETA, none before the van leaves."""
    start = _floored(eta - BROAD / 2)
    if leaves_at is not None:
        start = max(start, _floored(leaves_at))
    return TimeWindow(start, start + BROAD)


def is_late(eta: datetime, promised: TimeWindow) -> bool:
    """Say whether the van comes so much later that the promise is broken."""
    return eta > promised.end + HYSTERESIS


def is_early(eta: datetime, promised: TimeWindow) -> bool:
    """Say whether it comes so much earlier; a van that waits for the window is not early."""
    return eta < promised.start - HYSTERESIS


def breaks(eta: datetime, promised: TimeWindow) -> bool:
    """Say whether the van comes so much later or earlier that the promise is broken."""
    return is_late(eta, promised) or is_early(eta, promised)


def _within(window: TimeWindow, agreed: TimeWindow | None, eta: datetime) -> TimeWindow:
    if agreed is None or not agreed.holds(eta):
        return window
    latest = max(agreed.start, agreed.end - window.duration)
    start = min(max(window.start, agreed.start), latest)
    return TimeWindow(start, min(start + window.duration, agreed.end))


def _floored(instant: datetime) -> datetime:
    """Return the quarter hour before; every zone's clock shows quarters at the same instants."""
    return instant - timedelta(seconds=instant.timestamp() % QUARTER.total_seconds())
