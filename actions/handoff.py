"""Passing the chat to a person: asked for, or because of what was reported."""

from datetime import datetime

from actions.turns import GoalAction
from deliveries.services.conversing.asking import report_problem, talk_to_human
from deliveries.services.conversing.turns import Answer, Desk, Heard


class TalkToHuman(GoalAction):
    """Passes the chat on at once."""

    def name(self) -> str:
        return "action_talk_to_human"

    def answer(self, desk: Desk, heard: Heard, *, now: datetime) -> Answer:
        return talk_to_human(desk, heard, now=now)


class ReportProblem(GoalAction):
    """Opens a case and passes the chat on."""

    def name(self) -> str:
        return "action_report_problem"

    def answer(self, desk: Desk, heard: Heard, *, now: datetime) -> Answer:
        return report_problem(desk, heard, now=now)
