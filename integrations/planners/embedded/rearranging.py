"""Room for a window that insertion refuses: other vans' orders change, and nobody is let down."""

from collections.abc import Callable
from dataclasses import dataclass

from deliveries.insertion import schedule
from deliveries.model.route import Route, Stop
from deliveries.ports import WindowQuote
from integrations.planners.embedded.improving import ASKED_ABOUT, Piece, Search, put_in_order


@dataclass(frozen=True)
class Room:
    """Where a visit would be served, and what has to be served in another order for it.

    Attributes:
        search: The vans that have not left, without the visit.
        piece: Those of them whose orders change, the visit among their stops.
    """

    search: Search
    piece: Piece

    def quote(self, key: str) -> WindowQuote:
        """Return what serving it adds; a better order of the others may make that less than 0."""
        for i, order in self.piece.orders.items():
            times = schedule(self.search.numbered[i].with_stops(order), self.search.travel)
            for stop, start_s in zip(order, times.start_s, strict=True):
                if stop.stop_id == ASKED_ABOUT:
                    return WindowQuote(
                        key=key,
                        added_s=-self.piece.saved_s,
                        added_m=self._added_m(),
                        route_id=self.search.routes[i].id,
                        service_at=self.search.numbering.ticks.instant(start_s),
                    )
        msg = "the visit is on none of the vans"
        raise LookupError(msg)

    def take(self, stop: Stop, retime: Callable[[Route], None]) -> None:
        """Give the vans their new orders, with the visit's stop among them."""
        stops = {each.id: each for route in self.search.routes for each in route.stops}
        put_in_order(self.search, self.piece, {**stops, ASKED_ABOUT: stop}, retime)

    def _added_m(self) -> int:
        travel, numbered = self.search.travel, self.search.numbered
        return sum(
            schedule(numbered[i].with_stops(order), travel).distance_m
            - schedule(numbered[i], travel).distance_m
            for i, order in self.piece.orders.items()
        )
