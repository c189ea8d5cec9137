"""Offers: where in the plan a new stop fits, in which windows, and what it adds.

A stop ``u`` fits between nodes ``i`` and ``j`` if it can start at ``max(ready_i + t(i, u), open)``
and be left early enough to come to ``j`` by ``bound_j``, at the paces of the hours that is driven
in; with breaks, for some number of breaks taken by then. What it adds is
``t(i, u) + t(u, j) - t(i, j)``, as planned whatever the hour. All windows and all places are tried
in one broadcast. An offer can always be served; the reverse does not hold: where other stops would
have to change their order or vehicle, nothing is offered.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from deliveries.insertion.commit import remove
from deliveries.insertion.fleet import Fleet, Gaps
from deliveries.insertion.paces import Ints
from deliveries.insertion.routes import Stop
from deliveries.insertion.schedule import TimedRoute
from deliveries.insertion.travel import Travel, paces_of, points

type Window = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Quote:
    """The cheapest way to serve one stop in one window.

    Attributes:
        candidate: Which of the stops asked about.
        window: Which of its windows.
        route: Index of the route in the fleet.
        position: Index the stop gets in that route, or has there already if it ``merges``.
        merges: Joins the stop that is at the same place already.
        start_s: When service would start. Where a break is near, the schedule after the commit can
            put it before the stop instead of after; the start then moves, but stays in the window.
        slack_s: How much later it could start and still make nothing late.
        wait_s: How long the vehicle would stand idle before it.
        added_travel_s: What the change adds to the plan's travel time. For a stop that was taken
            out first what that saved is counted in, so it can be negative.
        added_distance_m: Likewise for the distance.
    """

    candidate: int
    window: int
    route: int
    position: int
    merges: bool
    start_s: int
    slack_s: int
    wait_s: int
    added_travel_s: int
    added_distance_m: int


@dataclass(frozen=True, slots=True)
class _Ways:
    """Places where one stop fits in some window, cheapest first; all arrays have one axis."""

    gaps: Ints
    earliest_s: Ints
    latest_s: Ints
    added_s: Ints
    added_m: Ints


def quote(
    fleet: Fleet,
    stop: Stop,
    windows: Sequence[Window] | None = None,
    *,
    moving: str | None = None,
    keep_vehicle: bool = False,
    routes: Collection[int] | None = None,
) -> list[Quote]:
    """Return the cheapest place for a stop per window, cheapest window first.

    Args:
        fleet: The plan.
        stop: The stop to serve; its own window counts only if no others are given.
        windows: Earliest and latest service start of each.
        moving: A stop that is taken out first: the same delivery's, as it is planned now.
        keep_vehicle: Try only the vehicle of ``moving``: the parcel is on it.
        routes: Indices of the only routes to try; all by default.

    Returns:
        One quote for each window that can be served, by what it adds, then by its start. A window
        that cannot be served is not in the list. Positions are those after ``moving`` is out.

    Raises:
        KeyError: If no route has the stop to move.
        ValueError: If a window closes before it opens, or the stop to move is locked.
    """
    spans = [(stop.open_s, stop.close_s)] if windows is None else windows
    return quote_places(
        fleet, [(stop, spans)], moving=moving, keep_vehicle=keep_vehicle, routes=routes
    )


def quote_places(
    fleet: Fleet,
    candidates: Sequence[tuple[Stop, Sequence[Window]]],
    *,
    moving: str | None = None,
    keep_vehicle: bool = False,
    routes: Collection[int] | None = None,
) -> list[Quote]:
    """Return quotes for stops of which any would do (lockers near an address), cheapest first.

    Args:
        fleet: The plan.
        candidates: Each stop with the windows it could be served in, counted by
            ``Quote.candidate``.
        moving: As for ``quote``.
        keep_vehicle: As for ``quote``.
        routes: As for ``quote``.

    Raises:
        KeyError: As ``quote``.
        ValueError: As ``quote``.
    """
    if any(opens > closes for _, windows in candidates for opens, closes in windows):
        msg = "a window closes before it opens"
        raise ValueError(msg)
    saved_s = saved_m = 0
    if moving is not None:
        removal = remove(fleet, moving)
        fleet, saved_s, saved_m = removal.fleet, removal.saved_travel_s, removal.saved_distance_m
        if keep_vehicle:
            routes = {removal.route}.intersection({removal.route} if routes is None else routes)
    search = _Search(fleet, None if routes is None else sorted(set(routes)), saved_s, saved_m)
    quotes = []
    for index, (stop, windows) in enumerate(candidates):
        quotes += search.best(index, stop, windows)
    return sorted(quotes, key=_order)


def cheapest_places(
    fleet: Fleet, stop: Stop, *, limit: int, routes: Collection[int] | None = None
) -> list[Quote]:
    """Return the cheapest places for a stop in its own window, cheapest first.

    Args:
        fleet: The plan, without the stop.
        stop: The stop to serve.
        limit: So many places at most.
        routes: As for ``quote``.
    """
    search = _Search(fleet, None if routes is None else sorted(set(routes)), 0, 0)
    places = search.places(stop)
    # Of two that add the same, joining a stop is better than a halt of its own.
    return sorted(places, key=lambda q: (q.added_travel_s, not q.merges, q.start_s))[:limit]


def _order(quoted: Quote) -> tuple[int, int, int, int]:
    return (quoted.added_travel_s, quoted.start_s, quoted.candidate, quoted.window)


@dataclass(frozen=True, slots=True)
class _Search:
    """A fleet, the routes to try, and what taking a stop out has saved."""

    fleet: Fleet
    routes: list[int] | None
    saved_s: int
    saved_m: int

    def best(self, candidate: int, stop: Stop, windows: Sequence[Window]) -> list[Quote]:
        """Return the cheapest quote for each window that can be served."""
        best = {quoted.window: quoted for quoted in self._inserted(candidate, stop, windows)}
        for quoted in self._joined(candidate, stop, windows):
            known = best.get(quoted.window)
            if known is None or quoted.added_travel_s <= known.added_travel_s:
                best[quoted.window] = quoted
        return list(best.values())

    def places(self, stop: Stop) -> list[Quote]:
        """Return every place that can serve a stop in its own window."""
        gaps = self._gaps()
        ways = _ways(self.fleet.travel, gaps, stop)
        fits = np.flatnonzero((ways.earliest_s <= stop.close_s) & (ways.latest_s >= stop.open_s))
        served = np.zeros(len(fits), np.int64)
        quotes = self._quoted(0, gaps, ways, fits, served, [(stop.open_s, stop.close_s)])
        return [*quotes, *self._joined(0, stop, [(stop.open_s, stop.close_s)])]

    def _gaps(self) -> Gaps:
        if self.routes is None:
            return self.fleet.gaps
        offsets = self.fleet.offsets
        parts = [self.fleet.gaps.part(offsets[r], offsets[r + 1]) for r in self.routes]
        if len(parts) == 1:
            return parts[0]
        parts.append(self.fleet.gaps.part(0, 0))
        return Gaps(*(np.concatenate(arrays, axis=-1) for arrays in zip(*parts, strict=True)))

    def _inserted(self, candidate: int, stop: Stop, windows: Sequence[Window]) -> Iterator[Quote]:
        """Yield the cheapest gap for each window."""
        gaps = self._gaps()
        ways = _ways(self.fleet.travel, gaps, stop)
        if not len(ways.gaps) or not len(windows):
            return
        spans = np.array(windows, np.int64)
        fits = (ways.earliest_s <= spans[:, 1:]) & (ways.latest_s >= spans[:, :1])
        choice = fits.argmax(axis=1)
        served = np.flatnonzero(fits[np.arange(len(spans)), choice])
        yield from self._quoted(candidate, gaps, ways, choice[served], served, windows)

    def _quoted(
        self,
        candidate: int,
        gaps: Gaps,
        ways: _Ways,
        way: Ints,
        served: Ints,
        windows: Sequence[Window],
    ) -> Iterator[Quote]:
        """Yield a quote for each way chosen, and the window it is chosen for."""
        spans = np.array(windows, np.int64)
        early = ways.earliest_s[way]
        start = np.maximum(early, spans[served, 0])
        columns = np.array(
            (
                served,
                *gaps.rows[:2, ways.gaps[way]],
                start,
                np.minimum(ways.latest_s[way], spans[served, 1]) - start,
                start - early,
                ways.added_s[way] - self.saved_s,
                ways.added_m[way] - self.saved_m,
            )
        )
        for window, route, position, *numbers in columns.T.tolist():
            yield Quote(candidate, window, route, position, False, *numbers)

    def _joined(self, candidate: int, stop: Stop, windows: Sequence[Window]) -> list[Quote]:
        """Return quotes for joining a stop at the same place, the latest start first."""
        if stop.place_id is None:
            return []
        quotes = []
        for route in range(len(self.fleet.timed_routes)) if self.routes is None else self.routes:
            entry = self.fleet.timed_routes[route]
            if entry.room < stop.load:
                continue
            for position, host in enumerate(entry.route.stops):
                if host.place_id == stop.place_id and position >= entry.route.locked:
                    for window, span in enumerate(windows):
                        start, slack, wait = _join(entry, position, stop, span)
                        where = (candidate, window, route, position, True)
                        costs = (-self.saved_s, -self.saved_m)
                        if slack >= 0:
                            quotes.append(Quote(*where, start, slack, wait, *costs))
        return sorted(quotes, key=lambda quoted: -quoted.start_s)


def _ways(travel: Travel, gaps: Gaps, stop: Stop) -> _Ways:
    """Return where a stop fits, whatever its window."""
    here = points([stop.position])
    there_s, there_m = travel.between(gaps.origins.T, here)
    on_s, on_m = travel.between(here, gaps.destinations.T)
    paces = paces_of(travel)
    earliest = paces.arrivals_s(gaps.ready_s, there_s)
    latest = paces.departures_s(gaps.bound_s, on_s)
    for taken, (duration, opens, closes) in enumerate(gaps.breaks):
        over = np.maximum(earliest[taken], opens) + duration
        better = (earliest[taken] <= closes) & (over < earliest[taken + 1])
        np.copyto(earliest[taken + 1], over, where=better)
    for taken in range(len(gaps.breaks) - 1, -1, -1):
        duration, opens, closes = gaps.breaks[taken]
        begin = latest[taken + 1] - duration
        bound = np.minimum(begin, closes)
        np.copyto(latest[taken], bound, where=(begin >= opens) & (bound > latest[taken]))
    latest -= stop.duration_s
    layers, at = np.nonzero((earliest <= latest) & (gaps.rows[2] >= stop.load))
    added_s = (there_s + on_s - gaps.legs[0])[at]
    early = earliest[layers, at]
    order = np.lexsort((early, added_s))
    layers, at = layers[order], at[order]
    added_m = (there_m + on_m - gaps.legs[1])[at]
    return _Ways(at, early[order], latest[layers, at], added_s[order], added_m)


def _join(entry: TimedRoute, position: int, stop: Stop, window: Window) -> tuple[int, int, int]:
    """Return start, slack and wait of a stop that takes another one in; slack < 0: impossible."""
    host = entry.route.stops[position]
    duration = max(host.setup_s, stop.setup_s) + host.service_s + stop.service_s
    opens, closes = max(host.open_s, window[0]), min(host.close_s, window[1])
    arrivals = entry.first.ready[2 * position + 1]
    leaves = entry.last.ready[2 * position + 2]
    ways = []
    for arrive, leave in zip(arrivals, leaves, strict=True):
        start = max(arrive, opens)
        ways.append((start, min(closes, leave - duration) - start, start - arrive))
    return min(ways, key=lambda way: (way[1] < 0, way[0]))
