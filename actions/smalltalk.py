"""Greetings, thanks, help, and what is not ours or not understood."""

from datetime import datetime

from actions.turns import GoalAction
from deliveries.services.conversing.asking import (
    greet,
    help_out,
    not_understood,
    out_of_scope,
    thank,
)
from deliveries.services.conversing.continuing import answers_a_question, go_on
from deliveries.services.conversing.turns import Answer, Desk, Heard


class Greet(GoalAction):
    """Greets back."""

    def name(self) -> str:
        return "action_greet"

    def answer(self, desk: Desk, heard: Heard, *, now: datetime) -> Answer:
        return greet(desk, heard, now=now)


class Thank(GoalAction):
    """Takes thanks."""

    def name(self) -> str:
        return "action_thank"

    def answer(self, desk: Desk, heard: Heard, *, now: datetime) -> Answer:
        return thank(desk, heard, now=now)


class Help(GoalAction):
    """Says what can be done."""

    def name(self) -> str:
        return "action_help"

    def answer(self, desk: Desk, heard: Heard, *, now: datetime) -> Answer:
        return help_out(desk, heard, now=now)


class OutOfScope(GoalAction):
    """Says that it is not ours, unless it answers a question we asked."""

    def name(self) -> str:
        return "action_out_of_scope"

    def answer(self, desk: Desk, heard: Heard, *, now: datetime) -> Answer:
        if answers_a_question(desk, heard, now=now):
            return go_on(desk, heard, now=now)
        return out_of_scope(desk, heard, now=now)


class NotUnderstood(GoalAction):
    """Says so, unless it answers a question we asked."""

    def name(self) -> str:
        return "action_not_understood"

    def answer(self, desk: Desk, heard: Heard, *, now: datetime) -> Answer:
        if answers_a_question(desk, heard, now=now):
            return go_on(desk, heard, now=now)
        return not_understood(desk, heard, now=now)
