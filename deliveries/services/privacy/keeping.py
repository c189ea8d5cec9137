"""Nothing personal is kept for longer than it is needed."""

from datetime import datetime

from deliveries.model.privacy import Period, Periods
from deliveries.ports import UnitOfWork
from deliveries.services.privacy.erasing import forget_silent, strip

# Of each table at a time: a transaction stays short while people write.
BATCH = 500


def forget_old(work: UnitOfWork, periods: Periods, *, now: datetime) -> int:
    """Forget a batch of what is older than its period; return how many rows it were.

    Call it again, each time in a transaction of its own, until nothing is left.
    """
    removed = sum(
        work.privacy.remove_before(period, now - periods.of(period), limit=BATCH)
        for period in (Period.WORDS, Period.WHEREABOUTS)
    )
    old = work.privacy.deliveries_before((now - periods.deliveries).date(), limit=BATCH)
    strip(work, old, now=now)
    silent = work.privacy.people_without_traces(now - periods.words, limit=BATCH)
    forget_silent(work, silent, now=now)
    return removed + len(old) + len(silent)
