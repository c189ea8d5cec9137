"""What is due for many, each in a transaction of its own: one that fails holds up no other."""

from collections.abc import Callable, Iterable

from deliveries.errors import ConflictError
from deliveries.ports import UnitOfWork, UnitOfWorkFactory


def one_by_one[Item](
    unit_of_work: UnitOfWorkFactory, items: Iterable[Item], tend: Callable[[UnitOfWork, Item], int]
) -> int:
    """Tend to each, and return for how many something was done.

    What somebody has just changed is left to the next look, which sees what became of it.

    Args:
        unit_of_work: Begins transactions.
        items: What to tend to; ids, as nothing else outlives the look that found them.
        tend: Does what is still due, and says for how many; what it did is committed.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    done = 0
    for item in items:
        try:
            with unit_of_work() as work:
                did = tend(work, item)
                work.commit()
        except ConflictError:
            continue
        done += did
    return done
