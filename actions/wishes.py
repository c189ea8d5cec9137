"""Wishes about a delivery: one action a goal, each going on with its own service."""

from datetime import datetime

from actions.turns import Counter, GoalAction
from deliveries.services.conversing.goals import GOALS, pursue
from deliveries.services.conversing.turns import Answer, Desk, Heard


class PursueGoal(GoalAction):
    """Goes on with the goal that the intent of the same name asks for."""

    def __init__(self, counter: Counter, goal: str) -> None:
        """Serve one goal."""
        super().__init__(counter)
        self.goal = goal

    def name(self) -> str:
        return f"action_{self.goal}"

    def answer(self, desk: Desk, heard: Heard, *, now: datetime) -> Answer:
        return pursue(desk, heard, self.goal, now=now)


def all_wishes(counter: Counter) -> list[GoalAction]:
    """Return one action for every goal of the core."""
    return [PursueGoal(counter, goal) for goal in GOALS]
