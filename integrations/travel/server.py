"""What every map server is asked, and how its cells are read."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from deliveries.errors import UnreadableError
from deliveries.insertion.travel import Points

type Cells = npt.NDArray[np.float64]

TIMEOUT_S = 5.0


class MapServer(Protocol):
    """Answers tables of travel times and distances by road."""

    @property
    def name(self) -> str:
        """What it is called in the log."""
        ...

    def table(self, origins: Points, destinations: Points) -> tuple[Cells, Cells]:
        """Return seconds and metres, row = from; not a number where there is no road.

        Raises:
            UnavailableError: If it cannot be reached, is too busy or broken.
            RejectedError: If it refuses these places, their number, or us.
            UnreadableError: If its answer is no such table.
        """
        ...

    def check(self) -> None:
        """See that it answers.

        Raises:
            AdapterError: Whatever comes instead.
        """
        ...

    def close(self) -> None:
        """Let go of the connections."""
        ...


def cells(name: str, rows: object, shape: tuple[int, int]) -> Cells:
    """Read a table of numbers and nulls.

    Raises:
        UnreadableError: If it is none, of another size, or has a number below zero.
    """
    try:
        table = np.array([[_number(cell) for cell in _listed(row)] for row in _listed(rows)])
    except (TypeError, ValueError) as error:
        raise UnreadableError(f"{name} answers no table") from error
    if table.shape != shape or bool((table < 0).any()) or bool(np.isinf(table).any()):
        raise UnreadableError(f"{name} answers another table than it was asked for")
    return table


def _listed(value: object) -> Sequence[object]:
    if not isinstance(value, list):
        msg = "not a list"
        raise TypeError(msg)
    return value


def _number(cell: object) -> float:
    if cell is None:
        return float("nan")
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        msg = "not a number"
        raise TypeError(msg)
    return float(cell)
