"""Whether and in which language we may write, said in a sentence instead of a keyword."""

from datetime import datetime

from actions.turns import GoalAction
from deliveries.model.saying import Saying
from deliveries.services.conversing.continuing import go_on, is_choosing_neighbour
from deliveries.services.conversing.speaking import switch_language
from deliveries.services.conversing.turns import Answer, Desk, Heard, settle
from deliveries.services.identity.disputing import dispute, is_about_a_change
from deliveries.services.messages.consent import opt_in, opt_out, unlink


class StopMessages(GoalAction):
    """Silences the person; the service writes the one confirmation."""

    def name(self) -> str:
        return "action_stop_messages"

    def answer(self, desk: Desk, heard: Heard, *, now: datetime) -> Answer:
        with desk.unit_of_work() as work:
            opt_out(work, heard.contact_id, now=now)
            return settle(work, heard, [], now=now)


class StartMessages(GoalAction):
    """Lets the person hear from us again."""

    def name(self) -> str:
        return "action_start_messages"

    def answer(self, desk: Desk, heard: Heard, *, now: datetime) -> Answer:
        with desk.unit_of_work() as work:
            was_silent = opt_in(work, heard.contact_id, now=now)
            sayings = [] if was_silent else [Saying("already_receiving")]
            return settle(work, heard, sayings, now=now)


class WrongPerson(GoalAction):
    """Unlinks the contact at once, or takes back a change that was not theirs, if that is meant.

    The services write what they are told.
    """

    def name(self) -> str:
        return "action_wrong_person"

    def answer(self, desk: Desk, heard: Heard, *, now: datetime) -> Answer:
        if is_choosing_neighbour(desk, heard):
            return go_on(desk, heard, now=now)
        with desk.unit_of_work() as work:
            contact = work.contacts.get(heard.contact_id)
            if is_about_a_change(work, contact, heard.text, now=now):
                dispute(work, contact, now=now)
            else:
                unlink(work, heard.contact_id, now=now)
            return settle(work, heard, [], now=now)


class SwitchLanguage(GoalAction):
    """Answers in another language from now on."""

    def name(self) -> str:
        return "action_switch_language"

    def answer(self, desk: Desk, heard: Heard, *, now: datetime) -> Answer:
        return switch_language(desk, heard, now=now)
