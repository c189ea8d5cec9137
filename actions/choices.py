"""Answers to what we offered or asked, and taking a choice back."""

from datetime import datetime

from actions.turns import GoalAction
from deliveries.services.committing.choosing import choose
from deliveries.services.committing.undoing import undo
from deliveries.services.conversing.continuing import go_on
from deliveries.services.conversing.turns import Answer, Desk, Heard


class Choose(GoalAction):
    """Carries out the option that a digit, button or word chose."""

    def name(self) -> str:
        return "action_choose"

    def answer(self, desk: Desk, heard: Heard, *, now: datetime) -> Answer:
        return choose(desk, heard, now=now)


class AnswerQuestion(GoalAction):
    """Takes half a sentence as the answer to our last question."""

    def name(self) -> str:
        return "action_answer"

    def answer(self, desk: Desk, heard: Heard, *, now: datetime) -> Answer:
        return go_on(desk, heard, now=now)


class UndoChoice(GoalAction):
    """Takes back what is under way, or the last choice."""

    def name(self) -> str:
        return "action_undo_choice"

    def answer(self, desk: Desk, heard: Heard, *, now: datetime) -> Answer:
        return undo(desk, heard, now=now)
