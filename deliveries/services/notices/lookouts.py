"""Where to look for notices that may be due: all that the rules could find, by columns.

The rules themselves are in ``noticing``, and decide on each delivery found. A rule that finds more
than before must be found here too: the test of both compares them on days full of chance.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from deliveries.model.window import TimeWindow
from deliveries.ports import UnitOfWork
from deliveries.repositories.lookouts import Candidate, Lookout
from deliveries.services.days.journeys import NOT_ATTEMPTED
from deliveries.services.days.outcomes import TOLD_WITHIN
from deliveries.services.messages.sending import (
    QUIET_FROM,
    QUIET_UNTIL,
    SAME_DAY_FROM,
    SAME_DAY_LEAD,
)
from deliveries.services.notices.approaching import FRESH, NEAR, STALE_ETA

PRE_ADVICE_FROM, PRE_ADVICE_UNTIL = time(17), time(20, 30)
OUT_LIVES = timedelta(hours=2)
# The van is about to leave: what is said then carries the window, so the morning's is spared.
LEAVES_SOON = timedelta(minutes=45)
LEAVES_LATE = timedelta(minutes=20)
# That a van came back with a parcel may still be corrected by what its driver reports late.
BROUGHT_BACK_FOR = timedelta(minutes=15)
ONE_DAY = timedelta(days=1)
# The shortest degree of latitude, and a little less.
_DEGREE_M = 110_000.0


def candidates(work: UnitOfWork, *, now: datetime) -> list[Candidate]:
    """Return every delivery about which a notice may be due: the nearest first, van by van."""
    found: dict[str, Candidate] = {}
    zones = work.lookouts.zones()
    arriving_m = max((each.rules.notices.arriving_m for each in work.shippers.all()), default=0)
    for zone in zones:
        for lookout in _lookouts(zone, now=now, arriving_m=arriving_m):
            found.update((each.id, each) for each in work.lookouts.find(lookout))
    back = TimeWindow(now - TOLD_WITHIN, now - BROUGHT_BACK_FOR)
    for day in _days(work, zones, now=now):
        failed = work.lookouts.brought_back(day, reason=NOT_ATTEMPTED, untold="A7", within=back)
        found.update((each.id, each) for each in failed)
    return sorted(found.values(), key=lambda each: _urgency(each, now=now))


def is_waking_time(now: datetime, zone: str) -> bool:
    """Say whether it is the time of day at which notices of the day are read."""
    return QUIET_UNTIL <= now.astimezone(ZoneInfo(zone)).time() < QUIET_FROM


def _urgency(candidate: Candidate, *, now: datetime) -> tuple[bool, str, str]:
    """Return what sorts the last words before the door first, then what is on one van together."""
    is_near = candidate.eta_at is not None and candidate.eta_at - now <= NEAR
    return not is_near, candidate.route_id or "", candidate.person_id


def _lookouts(zone: str, *, now: datetime, arriving_m: float) -> Iterator[Lookout]:
    local = now.astimezone(ZoneInfo(zone))
    today = local.date()
    if PRE_ADVICE_FROM <= local.time() < PRE_ADVICE_UNTIL:
        yield Lookout(zone, today + ONE_DAY, ("A1",))
    latest = None if is_waking_time(now, zone) else now + SAME_DAY_LEAD
    if latest is not None and local.time() < SAME_DAY_FROM:
        return
    for day in (today - ONE_DAY, today):
        yield from _of_day(zone, day, latest, now=now, arriving_m=arriving_m)
    leaving = TimeWindow(now - LEAVES_LATE, now + LEAVES_SOON)
    yield Lookout(zone, today, ("A2", "A3", "A4"), (now + NEAR, latest), waits_except=leaving)


def _of_day(
    zone: str, day: date, latest: datetime | None, *, now: datetime, arriving_m: float
) -> Iterator[Lookout]:
    near = now + NEAR
    yield Lookout(zone, day, ("A4", "A5"), (now - STALE_ETA, near))
    if arriving_m > 0:
        within_deg = arriving_m / _DEGREE_M
        seen = now - FRESH
        yield Lookout(zone, day, ("A5",), (None, near), seen_since=seen, within_deg=within_deg)
    yield Lookout(zone, day, ("A3", "A4"), (near, latest), left_since=now - OUT_LIVES)
    start = datetime.combine(day, time(), tzinfo=ZoneInfo(zone))
    end = datetime.combine(day + ONE_DAY, time(), tzinfo=ZoneInfo(zone))
    promised = TimeWindow(start, end)
    yield Lookout(zone, day, eta=(None, latest), promised_within=promised)


def _days(work: UnitOfWork, zones: Sequence[str], *, now: datetime) -> list[date]:
    """Return yesterday to tomorrow, wherever deliveries and depots are."""
    known = {*zones, *(depot.zone for depot in work.depots.all())}
    todays = {now.astimezone(ZoneInfo(zone)).date() for zone in known} or {now.date()}
    first, last = min(todays) - ONE_DAY, max(todays) + ONE_DAY
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
