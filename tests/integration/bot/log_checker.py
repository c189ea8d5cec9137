"""Reads what a provider took, and says what a carrier must never have sent.

Knows nothing of the gate: only the log, who wrote STOP when, and what the rows say they were.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, CLOSES, OPENS_FOR_A_STOP = time(8), time(21), time(7)
# Notices about a stop of the day, which may come early, or late while the van is still out.
OF_THE_DAY = frozenset({"A3", "A4", "A5", "A6", "A7", "A8", "A9"})
BEFORE_THE_DOOR = frozenset({"A1", "A2", "A3", "A4", "A5", "A6"})
# So long before and after its stop a van that is still out in the evening may be told of.
WHILE_OUT = timedelta(hours=1)
# What tells a window, or that it is another.
TELLS = frozenset({"A1", "A2", "A3", "A6"})
# Small delays are not told, and how late it gets is known only when the van is behind.
FORGIVEN = timedelta(minutes=30)
FINAL = frozenset({"sent", "delivered", "failed", "suppressed"})


@dataclass(frozen=True)
class Taken:
    """One message that the provider took.

    Attributes:
        message_id: Our row.
        notice: Its kind (``A1`` …); none: an answer.
        attempt: Which delivery and attempt it is about.
        says_stopped: It confirms an opt-out.
        until: The end of the window that it tells.
    """

    at: datetime
    address: str
    message_id: str
    zone: str
    notice: str | None = None
    attempt: tuple[str, int] | None = None
    mark: str = ""
    says_stopped: bool = False
    until: datetime | None = None


def complaints(
    log: Sequence[Taken],
    *,
    stopped: Mapping[str, datetime],
    states: Mapping[str, str],
    unwanted: Mapping[str, datetime] | None = None,
    arrived: Mapping[tuple[str, int], datetime] | None = None,
    unreached: Collection[tuple[str, int]] = (),
) -> list[str]:
    """Return what is wrong; empty: a good carrier wrote it.

    Args:
        log: What the provider took.
        stopped: When each address asked to be left alone.
        states: What became of each row.
        unwanted: Since when nothing was to be told of a delivery.
        arrived: When the van came for each attempt.
        unreached: Attempts whose recipient the networks could not be brought to tell of a delay.
    """
    return [
        *_at_night(log, arrived or {}),
        *_after_stop(log, stopped),
        *_unwanted(log, unwanted or {}),
        *_twice(log),
        *_contradictory(log),
        *_kept_waiting(log, arrived or {}, {**stopped, **(unwanted or {})}, unreached),
        *(f"no end: {id_} is {state}" for id_, state in states.items() if state not in FINAL),
    ]


def _at_night(log: Iterable[Taken], arrived: Mapping[tuple[str, int], datetime]) -> Iterator[str]:
    for each in log:
        if each.notice is None:
            continue
        local = each.at.astimezone(ZoneInfo(each.zone)).time()
        opens = OPENS_FOR_A_STOP if each.notice in OF_THE_DAY else OPENS
        is_about_now = each.notice in OF_THE_DAY and _is_just_there(each, arrived)
        if local < opens or (local >= CLOSES and not is_about_now):
            yield f"at night: {each.message_id} ({each.notice}) at {local:%H:%M}"


def _is_just_there(each: Taken, arrived: Mapping[tuple[str, int], datetime]) -> bool:
    """Say whether the van of which it tells came, or comes, within the hour."""
    came = arrived.get(each.attempt) if each.attempt else None
    return came is not None and abs(each.at - came) <= WHILE_OUT


def _after_stop(log: Iterable[Taken], stopped: Mapping[str, datetime]) -> Iterator[str]:
    confirmed: Counter[str] = Counter()
    for each in log:
        since = stopped.get(each.address)
        if since is None or each.at < since:
            continue
        confirmed[each.address] += each.says_stopped
        if not each.says_stopped or confirmed[each.address] > 1:
            yield f"after STOP: {each.message_id}"


def _unwanted(log: Iterable[Taken], since: Mapping[str, datetime]) -> Iterator[str]:
    for each in log:
        if each.notice is None or each.attempt is None:
            continue
        if each.attempt[0] in since and each.at >= since[each.attempt[0]]:
            yield f"unwanted: {each.message_id} ({each.notice}) about {each.attempt[0]}"


def _twice(log: Iterable[Taken]) -> Iterator[str]:
    rows = Counter(each.message_id for each in log)
    yield from (f"twice: row {id_}" for id_, times in rows.items() if times > 1)
    told = Counter(
        (each.address, each.notice, each.attempt, each.mark) for each in log if each.notice
    )
    yield from (f"twice: {key[1]} about {key[2]}" for key, times in told.items() if times > 1)


def _contradictory(log: Iterable[Taken]) -> Iterator[str]:
    """Say what was told as to come of an attempt that was told to be over, by any contact."""
    over: set[tuple[str, int] | None] = set()
    near: set[tuple[str, int] | None] = set()
    for each in sorted(log, key=lambda entry: entry.at):
        if each.notice in BEFORE_THE_DOOR and each.attempt in over:
            yield f"contradictory: {each.notice} of {each.attempt} after its end"
        if each.notice in {"A1", "A2"} and each.attempt in near:
            yield f"contradictory: {each.notice} of {each.attempt} when it was near"
        if each.notice in {"A7", "A8"}:
            over.add(each.attempt)
        if each.notice == "A4":
            near.add(each.attempt)


def _kept_waiting(
    log: Iterable[Taken],
    arrived: Mapping[tuple[str, int], datetime],
    silent: Mapping[str, datetime],
    unreached: Collection[tuple[str, int]],
) -> Iterator[str]:
    """Say whose van came long after the last window told, though they could be told."""
    last: dict[tuple[str, int], Taken] = {}
    for each in sorted(log, key=lambda entry: entry.at):
        if each.attempt is not None and each.notice in TELLS and each.until is not None:
            last[each.attempt] = each
    for attempt, told in last.items():
        came = arrived.get(attempt)
        is_late = came and told.until and came > told.until + FORGIVEN
        if not is_late or not came or attempt in unreached:
            continue
        if min(silent.get(told.address, came), silent.get(attempt[0], came)) >= came:
            yield f"kept waiting: {attempt} was told {told.until:%H:%M}, it came {came:%H:%M}"
