import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import active_children
from threading import Thread

import pytest

from deliveries.errors import UnavailableError
from deliveries.insertion.problem import Problem, Solution
from deliveries.insertion.travel import GreatCircleTravel, Ints, Points
from integrations.planners.embedded.solver import solve
from integrations.planners.embedded.worker import (
    SolverCrashedError,
    SolverProcess,
    SolverTimeoutError,
)
from tests.integration.planners.solver_days import a_day, a_stop, a_vehicle, faults


@dataclass(frozen=True)
class StuckTravel:
    """Never answers."""

    def between(self, origins: Points, destinations: Points) -> tuple[Ints, Ints]:
        time.sleep(3600)
        raise AssertionError(origins, destinations)


@dataclass(frozen=True)
class DeadlyTravel:
    """Ends the process that asks, in the middle of its solve."""

    def between(self, origins: Points, destinations: Points) -> tuple[Ints, Ints]:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError(origins, destinations)


@dataclass(frozen=True)
class ClosedRoads:
    """Fails."""

    def between(self, origins: Points, destinations: Points) -> tuple[Ints, Ints]:
        raise ZeroDivisionError(len(origins), len(destinations))


@pytest.fixture(scope="module")
def solver() -> Iterator[SolverProcess]:
    with SolverProcess() as process:
        yield process


def a_problem(travel: object = None) -> Problem:
    stops = (a_stop("a"), a_stop("b", east=0.02))
    return Problem((a_vehicle(),), stops, travel or GreatCircleTravel())  # type: ignore[arg-type]  # some fail on purpose


def test_another_process_answers_what_the_solver_does_and_stays(solver: SolverProcess) -> None:
    problem = a_day(5, stops=10, vehicles=2)
    answers = [solver.solve(problem, 60, seed=3)]
    pid = solver.pid
    answers.append(solver.solve(problem, 60, seed=3))
    assert answers == [solve(problem, budget_s=60, seed=3)] * 2
    assert pid not in {None, os.getpid()}
    assert solver.pid == pid


def test_a_solve_that_fails_is_unavailable_and_the_next_one_works(solver: SolverProcess) -> None:
    with pytest.raises(SolverCrashedError, match="ZeroDivisionError") as failure:
        solver.solve(a_problem(ClosedRoads()), 1)
    assert isinstance(failure.value, UnavailableError)
    assert failure.value.retryable
    assert faults(a_problem(), solver.solve(a_problem(), 1)) == []


def test_a_solver_that_hangs_is_killed_and_the_next_solve_starts_another() -> None:
    with SolverProcess(grace_s=5) as solver:
        solver.solve(a_problem(), 1)
        stuck = solver.pid
        assert stuck is not None
        with pytest.raises(SolverTimeoutError):
            solver.solve(a_problem(StuckTravel()), 0.1)
        with pytest.raises(ProcessLookupError):
            os.kill(stuck, 0)
        assert faults(a_problem(), solver.solve(a_problem(), 1)) == []
    assert solver.pid is None


def test_a_process_that_dies_between_solves_is_replaced(solver: SolverProcess) -> None:
    solver.solve(a_problem(), 1)
    first = solver.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    _wait_for_the_end_of(first)
    assert faults(a_problem(), solver.solve(a_problem(), 1)) == []
    assert solver.pid != first


def test_a_process_that_dies_in_a_solve_is_an_error(solver: SolverProcess) -> None:
    solver.solve(a_problem(), 1)
    with pytest.raises(SolverCrashedError, match="process ended"):
        solver.solve(a_problem(DeadlyTravel()), 30)
    assert faults(a_problem(), solver.solve(a_problem(), 1)) == []


def test_threads_take_turns(solver: SolverProcess) -> None:
    problems = [a_day(seed, stops=8, vehicles=1) for seed in range(3)]
    answers: dict[int, Solution] = {}

    def ask(index: int) -> None:
        answers[index] = solver.solve(problems[index], 60)

    threads = [Thread(target=ask, args=(index,)) for index in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [faults(problems[index], answers[index]) for index in range(3)] == [[], [], []]


def test_a_budget_of_nothing_is_refused(solver: SolverProcess) -> None:
    with pytest.raises(ValueError, match="budget above 0"):
        solver.solve(a_problem(), 0)


def _wait_for_the_end_of(pid: int) -> None:
    while any(child.pid == pid for child in active_children()):
        time.sleep(0.01)
