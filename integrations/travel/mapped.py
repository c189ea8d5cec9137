"""Travel by a map server, remembered; estimated while the server is away."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import numpy as np
import structlog

from deliveries.errors import AdapterError, RejectedError
from deliveries.insertion import GreatCircleTravel, Travel
from deliveries.insertion.paces import Ints
from deliveries.insertion.travel import NO_ROAD_S, Points
from integrations.travel.blocks import Block, blocks, quarters
from integrations.travel.memory import Memory, keys, places
from integrations.travel.server import Cells, MapServer

# OSRM takes 100 places by default, Valhalla 2,500 pairs.
TABLE_SIZE = 100
PLACES_KEPT = 4000
# The server is left alone so long after it failed.
AWAY_S = 30.0
# A refused table is cut up to find the place that it is about; a server that refuses everything
# is not asked for every pair.
REFUSALS = 100

_log = structlog.get_logger()


@dataclass
class Tally:
    """What was asked of the server since the process began."""

    tables: int = 0
    failures: int = 0
    estimated: int = 0


class MappedTravel:
    """Asks a server for pairs that it does not know yet; never fails.

    The same pair has the same answer until it is forgotten, except that an estimate gives way to
    the server's. Threads may share it; nobody waits for another's call.
    """

    def __init__(
        self,
        server: MapServer,
        *,
        table_size: int = TABLE_SIZE,
        places_kept: int = PLACES_KEPT,
        estimate: Travel | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Ask nothing yet.

        Args:
            server: Who knows the roads.
            table_size: The most places, origins and destinations together, in one call.
            places_kept: Pairs between so many places are remembered.
            estimate: What holds while the server does not answer.
            clock: Tells seconds.
        """
        self.tally = Tally()
        self._server, self._side = server, max(1, table_size // 2)
        self._estimate = estimate or GreatCircleTravel()
        self._memory, self._lock = Memory(places_kept), Lock()
        self._clock, self._away_until, self._is_away = clock, 0.0, False

    def between(self, origins: Points, destinations: Points) -> tuple[Ints, Ints]:
        """Return travel seconds and metres, element by element (see ``Travel``)."""
        starts, ends = keys(origins), keys(destinations)
        seconds, metres = self._known(starts, ends)
        unknown = seconds < 0
        if not unknown.any():
            return seconds, metres
        if self._clock() >= self._away_until:
            pairs = np.broadcast_arrays(starts, ends)
            self._learn(pairs[0][unknown], pairs[1][unknown])
            seconds, metres = self._known(starts, ends)
            unknown = seconds < 0
        if unknown.any():
            self.tally.estimated += int(unknown.sum())
            guessed_s, guessed_m = self._estimate.between(origins, destinations)
            seconds, metres = (
                np.where(unknown, guessed_s, seconds),
                np.where(unknown, guessed_m, metres),
            )
        return seconds, metres

    def _known(self, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
        with self._lock:
            return self._memory.find(starts, ends)

    def _learn(self, starts: Ints, ends: Ints) -> None:
        """Ask for pairs, until all are known or the server fails."""
        waiting = list(blocks(starts, ends, self._side))[::-1]
        refusals = 0
        while waiting:
            block = waiting.pop()
            self.tally.tables += 1
            try:
                table = self._server.table(places(block[0]), places(block[1]))
            except RejectedError as error:
                refusals += 1
                if refusals > REFUSALS:
                    self._leave_alone(error)
                    return
                smaller = quarters(block)
                waiting += smaller
                if not smaller:
                    self._keep_estimate(block)
            except AdapterError as error:
                self._leave_alone(error)
                return
            else:
                self._is_back()
                self._keep(block, table)

    def _keep(self, block: Block, table: tuple[Cells, Cells]) -> None:
        """Remember an answer, rounded up; what no road leads to is out of every van's reach."""
        _, guessed_m = self._guess(block)
        no_road = np.isnan(table[0])
        seconds = np.where(no_road, NO_ROAD_S, np.ceil(table[0]))
        metres = np.where(np.isnan(table[1]), guessed_m, np.ceil(table[1]))
        most_m = np.iinfo(np.int32).max
        with self._lock:
            self._memory.keep(
                *block,
                np.minimum(seconds, NO_ROAD_S).astype(np.int64),
                np.minimum(metres, most_m).astype(np.int64),
            )

    def _keep_estimate(self, block: Block) -> None:
        """Remember the estimate of a pair that the server will not hear of."""
        seconds, metres = self._guess(block)
        self.tally.estimated += 1
        with self._lock:
            self._memory.keep(*block, np.minimum(seconds, NO_ROAD_S), metres)

    def _guess(self, block: Block) -> tuple[Ints, Ints]:
        return self._estimate.between(places(block[0])[:, None, :], places(block[1])[None, :, :])

    def _leave_alone(self, error: AdapterError) -> None:
        self.tally.failures += 1
        self._away_until = self._clock() + AWAY_S
        if not self._is_away:
            self._is_away = True
            _log.warning("travel_estimated", server=self._server.name, code=error.code)

    def _is_back(self) -> None:
        if self._is_away:
            self._is_away = False
            _log.info("travel_mapped_again", server=self._server.name)
