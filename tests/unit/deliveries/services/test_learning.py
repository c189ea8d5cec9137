"""From a finished day to the window that the next one tells."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from deliveries.model.eta import EtaCalibration
from deliveries.services.conversing.turns import Desk
from deliveries.services.etas.conformal import ENOUGH
from deliveries.services.etas.learning import learn_from_finished_days
from deliveries.services.etas.reporting import report_etas
from integrations.geography import RoadGeography
from integrations.planners.embedded import EmbeddedPlanner
from integrations.storage import Storage
from tests.builders import A_DAY, a_stocked_storage, at
from tests.doubles import OpenVault
from tests.unit.deliveries.services.round import Round, a_stop_for

STOP = a_stop_for(1).id
QUANTILES = [ENOUGH, *range(-600, 1_401, 20)]


@pytest.fixture
def day() -> Iterator[Storage]:
    store = a_stocked_storage()
    yield store
    store.close()


def taught(store: Storage, shift: float = 0.0) -> None:
    """Let the depot know errors between 10 minutes early and 23 late, all equally likely."""
    with store.unit_of_work() as work:
        work.etas.add_calibration(EtaCalibration("dep-1", at(5), shift, {"*:*": QUANTILES}))
        work.commit()


def test_tells_a_window_as_wide_as_errors_were(day: Storage) -> None:
    taught(day)
    van = Round(day)
    van.plan(a_stop_for(1, arrival_at=at(14, 22), service_at=at(14, 22)))
    van.tick(at(8))
    with day.unit_of_work() as work:
        promised = work.deliveries.get("d-1").promised
        kept = work.etas.promise("d-1", A_DAY)
    assert promised is not None
    assert promised.start == at(14, 10)
    assert timedelta(minutes=30) <= promised.duration <= timedelta(minutes=45)
    assert kept is not None
    assert (kept.window, kept.is_learned) == (promised, True)


def test_learns_once_from_a_day_that_is_over_and_forgets_the_people(day: Storage) -> None:
    van = Round(day, planner=EmbeddedPlanner())
    van.plan(a_stop_for(1))
    van.tick(at(8))
    van.now = at(9, 30)
    van.report("departed")
    van.now = at(10, 6)
    van.report("arrived", stop=STOP)
    van.report("delivered", stop=STOP)
    van.now = at(10, 40)
    van.report("returned")
    desk = Desk(day.unit_of_work, EmbeddedPlanner(), RoadGeography(), OpenVault())
    assert learn_from_finished_days(desk, now=at(11)) == 1
    assert learn_from_finished_days(desk, now=at(11)) == 0
    with day.unit_of_work(read_only=True) as work:
        report = report_etas(work, A_DAY, A_DAY)["dep-1"]
        errors = work.etas.errors_since("dep-1", A_DAY)
        promises = work.etas.promises_of("dep-1", A_DAY)
    assert (report.days, report.stops, report.promised, report.coverage) == (1, 1, 1, 1.0)
    assert {ahead for _, ahead, _ in errors} == {-1, 0}
    assert promises == []
