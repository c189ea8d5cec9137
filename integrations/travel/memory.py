"""What is known of travel between places, bounded; a square table over the places used last."""

import numpy as np
import numpy.typing as npt

from deliveries.insertion.paces import Ints
from deliveries.insertion.travel import Points

# About a metre: nearer places are one.
PER_DEGREE = 100_000
_LATITUDE = 10**8
_UNKNOWN = -1
_FIRST_SIZE = 64


def keys(places: Points) -> Ints:
    """Return one number for each place, the same for places that are as good as one."""
    rounded = np.rint(places * PER_DEGREE).astype(np.int64)
    return np.asarray(rounded[..., 0] * _LATITUDE + rounded[..., 1])


def places(keys: Ints) -> Points:
    """Return the rounded places that keys stand for, in degrees."""
    latitudes = np.rint(keys / _LATITUDE).astype(np.int64)
    return np.stack((latitudes, keys - latitudes * _LATITUDE), axis=-1) / PER_DEGREE


class Memory:
    """Seconds and metres between places by their keys; the place longest unused goes first."""

    def __init__(self, most: int) -> None:
        """Know nothing yet.

        Args:
            most: So many places are kept, or as many as one table needs.
        """
        self._most = most
        self._rows: dict[int, int] = {}
        self._used = np.zeros(0, np.int64)
        self._now = 0
        self._table: npt.NDArray[np.int32] = np.full((2, 0, 0), _UNKNOWN, np.int32)

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self._rows)

    def find(self, origins: Ints, destinations: Ints) -> tuple[Ints, Ints]:
        """Return seconds and metres, element by element; below zero where nothing is known."""
        from_rows, to_rows = self._find(origins), self._find(destinations)
        if self._rows:
            found = self._table[:, from_rows, to_rows].astype(np.int64)
        else:
            shape = np.broadcast_shapes(from_rows.shape, to_rows.shape)
            found = np.full((2, *shape), _UNKNOWN, np.int64)
        found[:, (from_rows < 0) | (to_rows < 0)] = _UNKNOWN
        found[:, origins == destinations] = 0
        return found[0], found[1]

    def keep(self, origins: Ints, destinations: Ints, seconds: Ints, metres: Ints) -> None:
        """Remember a table, row = from."""
        wanted = dict.fromkeys([*origins.tolist(), *destinations.tolist()])
        self._make_room(wanted)
        block = np.ix_(self._find(origins), self._find(destinations))
        self._table[0][block] = seconds
        self._table[1][block] = metres

    def _find(self, keys: Ints) -> Ints:
        unique, inverse = np.unique(keys, return_inverse=True)
        rows = np.array([self._rows.get(key, -1) for key in unique.tolist()], np.int64)
        self._now += 1
        self._used[rows[rows >= 0]] = self._now
        return np.asarray(rows[inverse].reshape(keys.shape))

    def _make_room(self, wanted: dict[int, None]) -> None:
        new = [key for key in wanted if key not in self._rows]
        most = max(self._most, len(wanted))
        needed = min(len(self._rows) + len(new), most)
        if needed > len(self._used):
            self._grow(min(most, max(needed, 2 * len(self._used), _FIRST_SIZE)))
        free = sorted(set(range(len(self._used))).difference(self._rows.values()))
        if len(free) < len(new):
            free += self._forget(len(new) - len(free), wanted)
        for key, row in zip(new, free, strict=False):
            self._rows[key] = row

    def _grow(self, size: int) -> None:
        known = len(self._used)
        table = np.full((2, size, size), _UNKNOWN, np.int32)
        table[:, :known, :known] = self._table
        self._table = table
        self._used = np.concatenate((self._used, np.zeros(size - known, np.int64)))

    def _forget(self, count: int, wanted: dict[int, None]) -> list[int]:
        """Forget the places longest unused, but none of those wanted; return their rows."""
        others = [
            (int(self._used[row]), key) for key, row in self._rows.items() if key not in wanted
        ]
        rows = [self._rows.pop(key) for _, key in sorted(others)[:count]]
        self._table[:, rows, :] = _UNKNOWN
        self._table[:, :, rows] = _UNKNOWN
        return rows
