"""A neighbour is asked, agrees, declines, keeps silent, and is forgotten."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.render import Wording
from deliveries.model.delivery import Delivery, DeliveryStatus, PlaceKind
from deliveries.model.handover import NeighbourRequest, NeighbourState
from deliveries.model.message import OutboxMessage, OutboxState
from deliveries.model.personal import ContactAddress
from deliveries.model.preference import RejectionReason
from deliveries.model.recipient import Channel, Contact
from deliveries.model.rules_form import read_rules
from deliveries.services.committing.pushing import Pushing
from deliveries.services.committing.verdicts import reject
from deliveries.services.conversing.turns import Entity, Heard
from deliveries.services.messages.consent import opt_out, unlink
from deliveries.services.neighbours.answers import answer_as_neighbour
from deliveries.services.neighbours.care import erase_neighbours, settle_requests
from tests.builders import (
    NOW,
    a_contact,
    a_conversation,
    a_delivery,
    a_history_entry,
    a_person,
    a_stocked_storage,
    at,
    keep,
)
from tests.unit.deliveries.services.talk import Talk

NUMBER = "+447700900777"
TYPED = "07700 900777"


@dataclass
class Street:
    """The recipient at no. 12, the neighbour at no. 14, and the worker between them."""

    talk: Talk = field(default_factory=lambda: Talk(a_stocked_storage()))
    turns: int = 0

    def name(self) -> list[str]:
        return self.talk.say(
            "give it to Mrs Jones at 14",
            "leave_with_neighbour",
            person_name="Mrs Jones",
            house_number="14",
        )

    def ask(self) -> None:
        """Let the recipient have the neighbour asked, up to the message to them."""
        assert self.name() == ["confirm_neighbour"]
        assert self.talk.say(TYPED, "inform", phone_number=TYPED) == ["confirm_neighbour_asked"]
        assert self.talk.press(1) == ["choice_noted"]
        self.push()

    def push(self) -> None:
        Pushing(self.talk.desk).push_due(by="me", now=self.talk.now, technical_now=NOW)

    def tick(self, now: datetime | None = None) -> int:
        self.talk.now = now or self.talk.now
        return settle_requests(self.talk.store.unit_of_work, now=self.talk.now)

    def neighbour(self) -> Contact:
        with self.talk.store.unit_of_work() as work:
            contact = work.contacts.by_address(Channel.SMS, NUMBER)
            assert contact is not None
            return contact

    def says(
        self, text: str, intent: str, *, option: int | None = None, **entities: str
    ) -> list[str] | None:
        """Let the neighbour write; return what they are told, or none if it is not about this."""
        self.turns += 1
        contact = self.neighbour()
        with self.talk.store.unit_of_work() as work:
            conversation = work.conversations.of_person(contact.person_id)
            assert conversation is not None
        option_id = f"{self.request().offer_id}.{option}" if option else None
        found = tuple(Entity(kind, value) for kind, value in entities.items())
        heard = Heard(
            f"n:{self.turns}", conversation.id, contact.id, text, intent, found, option_id
        )
        answer = answer_as_neighbour(self.talk.desk, heard, now=self.talk.now)
        return [saying.name for saying in answer.sayings] if answer else None

    def request(self) -> NeighbourRequest:
        with self.talk.store.unit_of_work() as work:
            return work.neighbour_requests.kept()[-1]

    def delivery(self) -> Delivery:
        with self.talk.store.unit_of_work() as work:
            return work.deliveries.get("d-1")

    def told(self, contact_id: str = "c-1") -> list[OutboxMessage]:
        with self.talk.store.unit_of_work() as work:
            return [
                each
                for each in reversed(work.outbox.newest(limit=50))
                if each.contact_id == contact_id
            ]

    def names(self, contact_id: str = "c-1") -> list[str]:
        return [message.sayings[0].name for message in self.told(contact_id)]

    def history(self) -> list[str]:
        with self.talk.store.unit_of_work() as work:
            return [entry.kind for entry in work.history.of_delivery("d-1")]

    def end(self, now: datetime) -> None:
        with self.talk.store.unit_of_work() as work:
            work.deliveries.get("d-1").move_to(DeliveryStatus.DELIVERED, now=now)
            work.commit()


@pytest.fixture
def street() -> Street:
    return Street()


def test_with_the_confirmation_goes_the_question_for_the_number(street: Street) -> None:
    assert street.name() == ["confirm_neighbour"]
    assert street.talk.options() == ["option_neighbour", "option_keep_as_is"]


def test_without_a_number_nobody_is_asked(street: Street) -> None:
    street.name()
    assert street.talk.press(1) == ["choice_noted"]
    street.push()

    assert street.names() == ["choice_confirmed"]
    assert street.delivery().place.kind is PlaceKind.NEIGHBOUR
    with street.talk.store.unit_of_work() as work:
        assert work.neighbour_requests.kept() == []


def test_a_number_in_the_first_sentence_is_taken(street: Street) -> None:
    heard = street.talk.say(
        f"leave it with Mrs Jones at 14, her mobile is {TYPED}",
        "leave_with_neighbour",
        person_name="Mrs Jones",
        house_number="14",
        phone_number=TYPED,
    )
    assert heard == ["confirm_neighbour_asked"]
    assert street.talk.last().facts["digits"] == "777"
    assert street.talk.options() == [
        "option_neighbour_asked",
        "option_neighbour_unasked",
        "option_keep_as_is",
    ]


def test_the_neighbour_is_asked_once_the_plan_can_do_it(street: Street) -> None:
    street.ask()

    assert street.names() == ["neighbour_is_asked"]
    [question] = street.told(street.neighbour().id)
    assert question.sayings[0].name == "neighbour_asked"
    facts = question.sayings[0].facts
    assert (facts["name"], facts["house"]) == ("Robin", "12")
    assert sorted(facts) == ["day", "house", "name"]
    assert question.expires_at == at(7, 30)
    assert street.request().state is NeighbourState.ASKED


def test_the_neighbour_is_written_to_in_the_recipients_language() -> None:
    street = Street()
    with street.talk.store.unit_of_work() as work:
        work.people.get("p-1").language = "de"
        work.commit()
    street.ask()
    neighbour = street.neighbour()
    with street.talk.store.unit_of_work() as work:
        assert work.people.get(neighbour.person_id).language == "de"


def test_both_are_told_when_the_neighbour_takes_it(street: Street) -> None:
    street.ask()

    assert street.says("1", "choose", option=1) == ["neighbour_accepted_thanks"]

    assert street.request().state is NeighbourState.ACCEPTED
    assert street.names() == ["neighbour_is_asked", "neighbour_accepted"]
    assert street.tick(at(7, 45)) == 0


@pytest.mark.parametrize(("text", "intent"), [("sure, no problem", "affirm"), ("ok", "affirm")])
def test_free_words_do_as_well_as_digits(street: Street, text: str, intent: str) -> None:
    street.ask()
    assert street.says(text, intent) == ["neighbour_accepted_thanks"]


@pytest.mark.parametrize("intent", ["deny", "refuse_delivery"])
def test_a_no_puts_the_plan_back_and_tells_the_recipient_at_once(
    street: Street, intent: str
) -> None:
    street.ask()

    assert street.says("I'd rather not", intent) == ["neighbour_declined_thanks"]
    assert street.names()[-1] == "neighbour_declined"
    street.push()

    assert street.delivery().place.kind is PlaceKind.ADDRESS
    message = street.told()[1]
    with street.talk.store.unit_of_work() as work:
        offer = work.offers.get(message.sayings[0].offer_id or "")
    assert "option_goal_safe_place" in [option.label.name for option in offer.options]


def test_other_words_of_the_neighbour_get_the_question_again(street: Street) -> None:
    street.ask()
    assert street.says("who is this?", "out_of_scope") == ["neighbour_asked"]
    assert street.says("1", "choose", option=1) == ["neighbour_accepted_thanks"]


def test_an_old_button_still_answers(street: Street) -> None:
    street.ask()
    first = street.request().offer_id
    street.says("who is this?", "out_of_scope")
    assert street.request().offer_id != first
    contact = street.neighbour()
    with street.talk.store.unit_of_work() as work:
        conversation = work.conversations.of_person(contact.person_id)
        assert conversation is not None
    heard = Heard("n:old", conversation.id, contact.id, "", "choose", (), f"{first}.2")
    answer = answer_as_neighbour(street.talk.desk, heard, now=street.talk.now)
    assert answer is not None
    assert answer.sayings[0].name == "neighbour_declined_thanks"


def test_somebody_elses_button_answers_nothing(street: Street) -> None:
    street.ask()
    heard = Heard("x:1", "conv-1", "c-1", "", "choose", (), f"{street.request().offer_id}.1")
    assert answer_as_neighbour(street.talk.desk, heard, now=street.talk.now) is None


def test_a_neighbour_may_still_change_their_mind(street: Street) -> None:
    street.ask()
    street.says("1", "choose", option=1)
    assert street.says("sorry, cannot after all", "deny") == ["neighbour_declined_thanks"]
    assert street.names()[-1] == "neighbour_declined"


def test_silence_until_the_cutoff_is_a_no(street: Street) -> None:
    street.ask()

    assert street.tick(at(7, 29)) == 0
    assert street.tick(at(7, 30)) == 1
    street.push()

    assert street.request().state is NeighbourState.SILENT
    assert "neighbour_silent_final" in street.names()
    assert street.delivery().place.kind is PlaceKind.ADDRESS
    assert street.says("1", "choose", option=1) == ["neighbour_not_needed"]


def test_an_answer_a_second_late_is_not_needed(street: Street) -> None:
    street.ask()
    street.talk.now = at(7, 30)
    assert street.says("1", "choose", option=1) == ["neighbour_not_needed"]
    assert street.request().state is NeighbourState.ASKED


def test_a_word_of_opting_out_counts_as_a_no(street: Street) -> None:
    street.ask()
    neighbour = street.neighbour()
    with street.talk.store.unit_of_work() as work:
        opt_out(work, neighbour.id, now=street.talk.now)
        work.commit()

    assert street.tick() == 1
    assert street.request().state is NeighbourState.DECLINED
    assert street.names()[-1] == "neighbour_declined"


def test_a_wrong_number_counts_as_a_no(street: Street) -> None:
    street.ask()
    neighbour = street.neighbour()
    with street.talk.store.unit_of_work() as work:
        unlink(work, neighbour.id, now=street.talk.now)
        work.commit()

    assert street.tick() == 1
    assert street.names()[-1] == "neighbour_declined"


@pytest.mark.parametrize("state", [OutboxState.FAILED, OutboxState.SUPPRESSED])
def test_a_question_that_does_not_arrive_is_told_at_once(
    street: Street, state: OutboxState
) -> None:
    street.ask()
    request = street.request()
    with street.talk.store.unit_of_work() as work:
        message = work.outbox.get(request.message_id or "")
        message.state = state
        work.commit()

    assert street.tick() == 1
    assert street.names()[-1] == "neighbour_unreachable"


def test_a_neighbour_who_is_not_needed_any_more_is_told(street: Street) -> None:
    street.ask()
    street.says("1", "choose", option=1)
    street.talk.say("leave it in the shed", "leave_in_safe_place", place="shed")
    street.talk.press(1)

    assert street.tick() == 1
    assert street.request().state is NeighbourState.WITHDRAWN
    assert street.names(street.neighbour().id)[-1] == "neighbour_withdrawn"


def test_what_a_neighbour_did_not_take_cannot_be_undone(street: Street) -> None:
    street.ask()
    street.says("no", "deny")
    street.push()
    assert street.talk.say("undo that", "undo_choice") == ["nothing_to_undo"]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("her number is somewhere", "neighbour_phone_unreadable"),
        ("12", "neighbour_phone_unreadable"),
        ("020 7946 0958", "neighbour_phone_landline"),
        ("0800 123 1234", "neighbour_phone_landline"),
        ("+49 170 1234567", "neighbour_phone_foreign"),
        ("07700 900001", "neighbour_phone_own"),
    ],
)
def test_a_number_that_cannot_be_asked_is_explained_and_the_choice_goes_on(
    street: Street, typed: str, problem: str
) -> None:
    street.name()
    assert street.talk.say(typed, "inform") == [problem]
    assert street.talk.options() == ["option_neighbour", "option_keep_as_is"]
    assert street.talk.say(TYPED, "inform") == ["confirm_neighbour_asked"]


def test_a_number_that_cannot_be_read_twice_is_for_a_person(street: Street) -> None:
    street.name()
    street.talk.say("her number is somewhere", "inform")
    assert street.talk.say("it is 12", "inform") == []
    assert street.talk.answer.handoff == "fallback"


def test_a_number_heard_as_the_same_wish_again_loses_nothing(street: Street) -> None:
    street.name()
    heard = street.talk.say(f"her number is {TYPED}", "leave_with_neighbour", phone_number=TYPED)
    assert heard == ["confirm_neighbour_asked"]
    assert street.talk.last().facts["name"] == "Mrs Jones"


def a_known_neighbour(**different: object) -> tuple[object, ...]:
    contact = {"id": "c-2", "person_id": "p-2", "address": ContactAddress(NUMBER)}
    return (
        a_person(id="p-2", language="fr"),
        a_contact(**{**contact, **different}),
        a_conversation(id="conv-2", person_id="p-2"),
    )


def test_a_neighbour_we_know_is_asked_in_their_own_thread_and_language() -> None:
    street = Street(Talk(a_stocked_storage(*a_known_neighbour())))
    street.ask()
    assert street.neighbour().person_id == "p-2"
    with street.talk.store.unit_of_work() as work:
        assert work.people.get("p-2").language == "fr"


@pytest.mark.parametrize("barred", ["opted_out_at", "blocked_at", "unlinked_at"])
def test_who_may_not_be_written_to_is_not_asked_and_nothing_is_told_of_why(barred: str) -> None:
    street = Street(Talk(a_stocked_storage(*a_known_neighbour(**{barred: NOW}))))
    street.name()
    assert street.talk.say(TYPED, "inform") == ["neighbour_phone_barred"]


def test_a_neighbour_with_parcels_of_their_own_is_understood_about_both() -> None:
    theirs = a_delivery(id="d-2", reference="ORDER-2", person_id="p-2")
    street = Street(Talk(a_stocked_storage(*a_known_neighbour(), theirs)))
    street.ask()
    assert street.says("where is my parcel", "track_parcel") is None
    assert street.says("yes", "affirm") == ["neighbour_accepted_thanks"]


def test_neighbours_are_asked_about_a_parcel_three_times_at_most(street: Street) -> None:
    keep(street.talk.store, *(a_history_entry(kind="neighbour_asked") for _ in range(3)))
    street.name()
    assert street.talk.say(TYPED, "inform") == ["neighbour_asked_enough"]


def test_number_and_name_are_forgotten_two_weeks_after_the_end(street: Street) -> None:
    street.ask()
    street.says("1", "choose", option=1)
    street.end(at(12))
    contact = street.neighbour()
    forget = erase_neighbours
    unit_of_work = street.talk.store.unit_of_work
    assert street.tick(at(12)) == 1

    assert forget(unit_of_work, now=at(12) + timedelta(days=14, seconds=-1)) == 0
    assert forget(unit_of_work, now=at(12) + timedelta(days=14)) == 1
    assert forget(unit_of_work, now=at(12) + timedelta(days=14)) == 0

    assert [each.sayings for each in street.told(contact.id)] == [()]
    with unit_of_work() as work:
        assert work.contacts.by_address(Channel.SMS, NUMBER) is None
        assert work.contacts.get(contact.id).unlinked_at is not None
        assert work.deliveries.get("d-1").place.name is None
        preference = work.preferences.latest_of("d-1")
        assert preference is not None
        assert preference.details["name"] is None
    assert street.history()[-1] == "neighbour_erased"


def test_a_shipper_sets_how_long_a_neighbour_is_remembered(street: Street) -> None:
    with street.talk.store.unit_of_work() as work:
        work.shippers.get("s-1").rules = read_rules({"neighbour_data_days": 1})
        work.commit()
    street.ask()
    street.end(at(12))
    street.tick(at(12))
    assert erase_neighbours(street.talk.store.unit_of_work, now=at(12) + timedelta(days=1)) == 1


def test_a_number_that_was_never_used_is_forgotten_the_next_day(street: Street) -> None:
    street.name()
    street.talk.say(TYPED, "inform")
    street.talk.press(3)
    now = street.talk.now + timedelta(days=1)
    assert erase_neighbours(street.talk.store.unit_of_work, now=now) == 1
    with street.talk.store.unit_of_work() as work:
        assert work.contacts.by_address(Channel.SMS, NUMBER) is None


def test_the_contact_of_somebody_with_parcels_is_not_erased() -> None:
    theirs = a_delivery(id="d-2", reference="ORDER-2", person_id="p-2")
    street = Street(Talk(a_stocked_storage(*a_known_neighbour(), theirs)))
    street.ask()
    street.end(at(12))
    street.tick(at(12))
    assert erase_neighbours(street.talk.store.unit_of_work, now=at(12) + timedelta(days=30)) == 1
    assert street.neighbour().id == "c-2"


def test_a_shipper_elsewhere_reads_numbers_of_its_country() -> None:
    street = Street()
    with street.talk.store.unit_of_work() as work:
        work.shippers.get("s-1").country = "US"
        work.commit()
    street.name()
    assert street.talk.say("(212) 555-0123", "inform") == ["confirm_neighbour_asked"]
    street.name()
    assert street.talk.say("+44 7700 900777", "inform") == ["neighbour_phone_foreign"]


def test_a_parcel_never_goes_to_a_neighbour_who_declined_whatever_the_plan_says(
    street: Street,
) -> None:
    street.ask()
    street.says("no", "deny")
    with street.talk.store.unit_of_work() as work:
        preference = work.preferences.live_of("d-1")
        change = work.changes.of_preference(preference.id) if preference else None
        assert change is not None
        reject(work, change, RejectionReason.ALREADY_PASSED, (), now=street.talk.now)
        work.commit()

    assert street.delivery().place.kind is PlaceKind.ADDRESS
    with street.talk.store.unit_of_work() as work:
        assert work.preferences.live_of("d-1") is None


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_the_question_to_a_neighbour_is_one_message(street: Street, language: str) -> None:
    street.ask()
    [question] = street.told(street.neighbour().id)
    with street.talk.store.unit_of_work() as work:
        offer = work.offers.get(question.sayings[0].offer_id or "")
    rendered = Wording(Catalogue(read_sources(), is_strict=True)).render(
        question.sayings, offer, language=language, channel=Channel.SMS, now=street.talk.now
    )
    assert rendered.segments == 1, rendered.text
