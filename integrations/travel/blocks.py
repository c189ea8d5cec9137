"""Cuts the pairs that are to be asked about into tables that a server takes."""

from collections.abc import Iterator

import numpy as np

from deliveries.insertion.paces import Ints

type Block = tuple[Ints, Ints]

# Of a table so full the rest is asked along; of an emptier one only what lies along a route.
_DENSE = 0.25


def blocks(origins: Ints, destinations: Ints, side: int) -> Iterator[Block]:
    """Yield tables of at most ``side`` by ``side`` places that hold every pair.

    Args:
        origins: Keys, one of each pair.
        destinations: Likewise.
        side: The most places on either side of a table.
    """
    rows, columns = np.unique(origins), np.unique(destinations)
    if len(origins) >= _DENSE * len(rows) * len(columns):
        for first in range(0, len(rows), side):
            part = rows[first : first + side]
            needed = np.unique(destinations[np.isin(origins, part)])
            for start in range(0, len(needed), side):
                yield part, needed[start : start + side]
    else:
        yield from _along(origins, destinations, side)


def _along(origins: Ints, destinations: Ints, side: int) -> Iterator[Block]:
    rows: dict[int, None] = {}
    columns: dict[int, None] = {}
    for origin, destination in zip(origins.tolist(), destinations.tolist(), strict=True):
        if len(rows | {origin: None}) > side or len(columns | {destination: None}) > side:
            yield _block(rows, columns)
            rows, columns = {}, {}
        rows[origin] = columns[destination] = None
    yield _block(rows, columns)


def _block(rows: dict[int, None], columns: dict[int, None]) -> Block:
    return np.array(list(rows), np.int64), np.array(list(columns), np.int64)


def quarters(block: Block) -> list[Block]:
    """Cut a table into up to four smaller ones; nothing is left of a single cell."""
    rows, columns = block
    if len(rows) * len(columns) == 1:
        return []
    return [
        (part, other)
        for part in np.array_split(rows, 2)
        for other in np.array_split(columns, 2)
        if len(part) and len(other)
    ]
