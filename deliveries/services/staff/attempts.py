"""How often signing in may fail: by account and by address, counted for all gateways together."""

from datetime import datetime, timedelta

from deliveries.errors import AttemptsExhaustedError
from deliveries.model.staff import SignInAttempts
from deliveries.ports import UnitOfWork
from deliveries.services.staff.desk import StaffDesk

ALLOWED = 5
FORGOTTEN_AFTER = timedelta(minutes=15)
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(minutes=32)
_KEPT = timedelta(days=1)


def begin(desk: StaffDesk, *, account: str, address: str) -> None:
    """Count a try before it is made: a hundred at once are a hundred.

    Raises:
        AttemptsExhaustedError: If too many failed of late, for the account or from the address.
    """
    now = desk.now()
    with desk.unit_of_work() as work:
        rows = [work.sign_in_attempts.lock(each, now=now) for each in _keys(desk, account, address)]
        if any(each.blocked_until and each.blocked_until > now for each in rows):
            raise AttemptsExhaustedError("sign-in")
        for each in rows:
            _count(each, now)
        work.sign_in_attempts.forget_before(now - _KEPT)
        work.commit()


def succeed(
    desk: StaffDesk, work: UnitOfWork, *, account: str, address: str, is_through: bool
) -> None:
    """Take back that a try was counted; once somebody is through, forget the account's failures.

    The address's others stay: one account of one's own does not buy guesses at another.
    """
    now = desk.now()
    for key in _keys(desk, account, address):
        row = work.sign_in_attempts.lock(key, now=now)
        row.failures = max(0, row.failures - 1)
        row.blocked_until = None
    if is_through:
        work.sign_in_attempts.forget(desk.keyed("account", account.casefold()))


def _count(row: SignInAttempts, now: datetime) -> None:
    last = max(row.last_at, row.blocked_until or row.last_at)
    if now - last >= FORGOTTEN_AFTER:
        row.failures = 0
    row.failures += 1
    row.last_at, row.blocked_until = now, None
    if row.failures >= ALLOWED:
        doubled = min(row.failures - ALLOWED, 10)
        row.blocked_until = now + min(FIRST_DELAY * 2**doubled, LONGEST_DELAY)


def _keys(desk: StaffDesk, account: str, address: str) -> list[str]:
    """Return the rows to lock, always in one order: two sign-ins never wait for each other."""
    return sorted((desk.keyed("account", account.casefold()), desk.keyed("address", address)))
