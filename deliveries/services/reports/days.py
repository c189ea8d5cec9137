"""The figures of some days."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import groupby
from zoneinfo import ZoneInfo

from deliveries.errors import InvalidInputError
from deliveries.model.conversation import HandoffState
from deliveries.model.report import Case, Day, Group, Queue, Report, Spread
from deliveries.ports import UnitOfWork
from deliveries.services.etas.reporting import report_etas

LONGEST = 92
# Nobody means a day that calendars end at; midnight there cannot be told in UTC.
_YEARS = range(2000, 2200)
_WAIT = (HandoffState.QUEUED, HandoffState.ASSIGNED)

type Ids = Sequence[str]


def report_days(
    work: UnitOfWork, first: date, last: date, zone: str, *, now: datetime, shippers: Ids = ()
) -> Report:
    """Return the figures of whole days, from the first to the last one.

    Args:
        work: For reading.
        first: The first day.
        last: The last day, itself included.
        zone: IANA zone whose midnights part the days.
        now: The day's time, for what waits now.
        shippers: Only chats of their recipients count; none: all.

    Raises:
        InvalidInputError: If the last day is before the first, or there are more than 92.
    """
    _check_days(first, last)
    start, end = _midnight(first, zone), _midnight(last + timedelta(days=1), zone)
    cases = work.reports.cases(start, end, shippers=shippers)
    talks, with_staff = work.reports.talks(start, end, shippers=shippers)
    scores = partial(work.reports.scores, start, end, shippers=shippers)
    return Report(
        first=start,
        end=end,
        queue=_queue(work.reports.open_cases(shippers=shippers), now),
        cases=cases,
        waited=_spread(each.waited for each in cases),
        handled=_spread(each.handled for each in cases),
        reasons=_groups(cases, lambda each: each.reason),
        agents=_by_agent(cases),
        outcomes=dict(Counter(each.outcome for each in cases if each.outcome).most_common()),
        days=_days(work, cases, first, last, zone, shippers),
        talks=talks,
        finished_by_bot=talks - with_staff,
        talk_scores=scores(of_talks=True),
        delivery_scores=scores(of_talks=False),
        etas=report_etas(work, first, last),
    )


def zone_of_reports(work: UnitOfWork) -> str:
    """Return the zone that most depots are in; UTC where there is none."""
    zones = Counter(each.zone for each in work.depots.all())
    return min(zones, key=lambda each: (-zones[each], each)) if zones else "UTC"


def _by_agent(cases: Sequence[Case]) -> list[Group]:
    return _groups([each for each in cases if each.agent_id], lambda each: each.agent_id or "")


def _check_days(first: date, last: date) -> None:
    is_real = first.year in _YEARS and last.year in _YEARS
    if not is_real or last < first or (last - first).days >= LONGEST:
        raise InvalidInputError(f"from 1 to {LONGEST} days, the first one first")


def _days(
    work: UnitOfWork,
    cases: Sequence[Case],
    first: date,
    last: date,
    zone: str,
    shippers: Sequence[str],
) -> list[Day]:
    """Return the days, each with what was asked for on it."""
    place = ZoneInfo(zone)
    asked: dict[date, list[Case]] = {}
    for each in cases:
        asked.setdefault(each.requested_at.astimezone(place).date(), []).append(each)
    days = []
    for day in (first + timedelta(days=ahead) for ahead in range((last - first).days + 1)):
        start, end = _midnight(day, zone), _midnight(day + timedelta(days=1), zone)
        talks, with_staff = work.reports.talks(start, end, shippers=shippers)
        staff = _group(day.isoformat(), asked.get(day, []))
        days.append(Day(day, talks, talks - with_staff, staff))
    return days


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _queue(cases: Sequence[Case], now: datetime) -> Queue:
    waiting = [each for each in cases if each.state in _WAIT]
    return Queue(
        waiting=len(waiting),
        overdue=sum(1 for each in waiting if each.due_at is not None and each.due_at < now),
        oldest=min((each.requested_at for each in waiting), default=None),
        reasons=dict(Counter(each.reason for each in waiting).most_common()),
        with_agents=sum(1 for each in cases if each.state is HandoffState.ACTIVE),
    )


def _groups(cases: Sequence[Case], key: Callable[[Case], str]) -> list[Group]:
    """Return the groups, the largest first."""
    found = [(name, list(some)) for name, some in groupby(sorted(cases, key=key), key)]
    groups = [_group(name, some) for name, some in found]
    return sorted(groups, key=lambda each: (-each.cases, each.key))


def _group(key: str, cases: Sequence[Case]) -> Group:
    in_time = [each.was_in_time for each in cases if each.was_in_time is not None]
    return Group(
        key=key,
        cases=len(cases),
        waited=_spread(each.waited for each in cases),
        handled=_spread(each.handled for each in cases),
        in_time=sum(in_time),
        answered=len(in_time),
    )


def _spread(lengths: Iterable[timedelta | None]) -> Spread:
    known = sorted(each for each in lengths if each is not None)
    if not known:
        return Spread(0)

    def quantile(share: float) -> timedelta:
        return known[max(0, math.ceil(share * len(known)) - 1)]

    return Spread(len(known), quantile(0.5), quantile(0.9))
