"""With VROOM as the planner, from a choice to its verdict and to better routes behind it."""

import pytest

from deliveries.environment import Environment
from deliveries.model.preference import ChangeState
from deliveries.planner_settings import PlannerSettings
from deliveries.ports import PlanImprover, RoutePlanner
from deliveries.services.conversing.turns import Desk
from deliveries.services.days.planning import plan_day
from integrations.geography import RoadGeography
from integrations.planners.embedded import EmbeddedPlanner
from integrations.planning import chosen_planner, guarded
from integrations.storage import Storage
from scheduling.duty import Duty
from scheduling.jobs.improving import improve_plans
from scheduling.jobs.pushing import push_choices
from tests.builders import A_DAY, at
from tests.doubles import OpenVault
from tests.integration.scheduling.test_improving import Stopped, spoil
from tests.integration.scheduling.test_races import EVENING, choose, placed, stored
from tests.planned_days import is_as_planned

pytest.importorskip("vroom")

HOURS = {"d-3": 14, "d-5": 10, "d-8": 12, "d-13": 16}


@pytest.fixture
def planner(store: Storage) -> RoutePlanner:
    """Return what the worker uses when told to use VROOM in process."""
    environment = Environment({"DOORSTEP_PLANNER": "vroom"})
    settings = PlannerSettings.read(environment)
    environment.check()
    local = EmbeddedPlanner(budget_s=1, improving_s=1)
    return guarded(settings, chosen_planner(settings, local, store.unit_of_work))


def duty(store: Storage, planner: RoutePlanner) -> Duty:
    desk = Desk(store.unit_of_work, planner, RoadGeography(), OpenVault())
    return Duty(desk, Stopped(), Stopped(), "me")


def test_a_plan_gets_better_routes_and_choices_their_verdict(
    store: Storage, planner: RoutePlanner
) -> None:
    plan_day(store.unit_of_work, planner, "dep-1", A_DAY, now=EVENING)
    everybody = placed(store)
    spoil(store)
    assert improve_plans(duty(store, planner)) == 1
    choose(store, list(HOURS.items()))
    assert push_choices(duty(store, planner)) == len(HOURS)
    improve_plans(duty(store, planner))
    with store.unit_of_work(read_only=True) as work:
        states = [work.changes.get(f"ch-{id_}").state for id_ in HOURS]
        chosen = work.deliveries.many(list(HOURS))
    assert states == [ChangeState.ACCEPTED] * len(HOURS)
    assert placed(store) == everybody
    assert all(is_as_planned(route) for route in stored(store).routes)
    for delivery in chosen:
        assert delivery.window is not None
        assert delivery.window.start == at(HOURS[delivery.id])
        assert delivery.eta_at is not None
        assert delivery.window.holds(delivery.eta_at)


def test_behind_a_breaker_only_who_improves_for_nothing_is_asked_to() -> None:
    settings = PlannerSettings("google")
    assert not isinstance(guarded(settings, EmbeddedPlanner()), PlanImprover)
