"""What we know of Onfleet's tasks: ids, keys and ETAs, in our own store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deliveries.model.delivery import Delivery, PlaceKind
from deliveries.model.outside import OutsideTask
from deliveries.ports import UnitOfWork, UnitOfWorkFactory, Visit
from integrations.planners.onfleet.webhook import NAME


@dataclass(frozen=True)
class Ledger:
    """Reads and writes tasks, each in a transaction of its own."""

    unit_of_work: UnitOfWorkFactory

    def tasks(self, delivery_ids: Sequence[str]) -> Mapping[str, OutsideTask]:
        """Return the tasks of deliveries, by delivery."""
        if not delivery_ids:
            return {}
        with self.unit_of_work(read_only=True) as work:
            return {task.delivery_id: task for task in work.outside_tasks.of(NAME, delivery_ids)}

    def keep(self, task: OutsideTask) -> None:
        """Keep a task, new or changed."""
        with self.unit_of_work() as work:
            work.outside_tasks.add(task)
            work.commit()

    def forget(self, task: OutsideTask) -> None:
        """Forget a task that is gone."""
        with self.unit_of_work() as work:
            known = work.outside_tasks.find(task.id)
            if known is not None:
                work.outside_tasks.remove(known)
            work.commit()

    def words_for(self, visit: Visit) -> str:
        """Return a visit's place in words: the address, or the pickup point's."""
        with self.unit_of_work(read_only=True) as work:
            return _words(work, visit) or f"{visit.lat:.6f}, {visit.lon:.6f}"


def _words(work: UnitOfWork, visit: Visit) -> str:
    if visit.pickup_point_id is not None:
        point = work.pickup_points.find(visit.pickup_point_id)
        return f"{point.name}, {point.address}" if point is not None else ""
    delivery = work.deliveries.find(visit.delivery_id)
    if delivery is None or not _is_at_address(delivery, visit):
        return ""
    return ", ".join(filter(None, (delivery.address_line, delivery.postcode, delivery.city)))


def _is_at_address(delivery: Delivery, visit: Visit) -> bool:
    at_home = (delivery.lat, delivery.lon) == (visit.lat, visit.lon)
    return at_home and delivery.place.kind is not PlaceKind.PICKUP_POINT
