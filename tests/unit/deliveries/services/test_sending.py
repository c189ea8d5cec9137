from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deliveries.model.conversation import ConversationState
from deliveries.model.message import OutboxState, Purpose
from deliveries.model.recipient import Channel
from deliveries.model.saying import Saying
from deliveries.services.messages.sending import (
    BLOCKED,
    OVER_BUDGET,
    UNREACHABLE,
    Decision,
    Defer,
    Send,
    Suppress,
    advance,
    decide,
    follow_up,
    give_up,
)
from tests.builders import (
    NOW,
    a_contact,
    a_conversation,
    a_delivery,
    a_stocked_storage,
    an_outbox_message,
    at,
)

LONDON = "Europe/London"
MINUTE = timedelta(minutes=1)


def decided(**given: Any) -> Decision:
    contact = given.get("contact", a_contact())
    return decide(
        given.get("message", an_outbox_message()),
        given.get("conversation", a_conversation()),
        contact,
        given.get("contacts", [contact]),
        given.get("delivery"),
        now=given.get("now", NOW),
        zone=given.get("zone", LONDON),
    )


def confirmation(name: str) -> Any:
    return an_outbox_message(purpose=Purpose.CONFIRMATION, sayings=(Saying(name),))


def notice(**different: Any) -> Any:
    return an_outbox_message(purpose=Purpose.NOTICE, **different)


def test_a_reply_leaves() -> None:
    assert decided() == Send()


@pytest.mark.behaviour(28)
@pytest.mark.parametrize("purpose", list(Purpose))
def test_nothing_leaves_for_somebody_who_left(purpose: Purpose) -> None:
    message = an_outbox_message(purpose=purpose)
    assert decided(message=message, contact=a_contact(opted_out_at=NOW)) == Suppress("opted_out")


def test_one_contact_that_left_silences_the_others_of_the_person() -> None:
    both = [a_contact(), a_contact(id="c-2", opted_out_at=NOW)]
    assert decided(contacts=both) == Suppress("opted_out")


def test_the_confirmation_of_leaving_is_the_one_exception() -> None:
    left = a_contact(opted_out_at=NOW)
    assert decided(message=confirmation("opt_out_done"), contact=left) == Send()
    assert decided(message=confirmation("help_info"), contact=left) == Suppress("opted_out")


def test_a_contact_that_was_wrong_gets_its_last_word_only() -> None:
    wrong = a_contact(unlinked_at=NOW)
    assert decided(message=confirmation("wrong_person_done"), contact=wrong) == Send()
    assert decided(contact=wrong) == Suppress("unlinked")


def test_a_blocked_contact_gets_nothing() -> None:
    assert decided(contact=a_contact(blocked_at=NOW)) == Suppress("blocked")


def test_nothing_leaves_after_its_expiry() -> None:
    message = an_outbox_message(expires_at=NOW)
    assert decided(message=message) == Suppress("expired")
    assert decided(message=message, now=NOW - timedelta(seconds=1)) == Send()


def test_a_reply_made_before_the_speaker_changed_is_void() -> None:
    message = an_outbox_message(epoch=1)
    assert decided(message=message, conversation=a_conversation(epoch=2)) == Suppress("superseded")


@pytest.mark.behaviour(30)
def test_the_bot_is_silent_while_an_agent_has_the_conversation() -> None:
    with_agent = a_conversation(state=ConversationState.HUMAN, owner_id="ag-1", epoch=2)
    held = Defer(NOW + timedelta(minutes=1), "lease")
    reply = an_outbox_message(epoch=2)
    assert decided(conversation=with_agent, message=reply) == Suppress("lease")
    assert decided(conversation=with_agent, message=notice()) == held
    agents = an_outbox_message(purpose=Purpose.AGENT)
    assert decided(conversation=with_agent, message=agents) == Send()
    assert decided(conversation=with_agent, message=confirmation("help_info")) == Send()


@pytest.mark.behaviour(30)
@pytest.mark.parametrize(
    ("state", "is_held"),
    [
        (ConversationState.HUMAN, True),
        (ConversationState.ASSIGNED, True),
        (ConversationState.QUEUED, True),
        (ConversationState.SNOOZED, False),
        (ConversationState.RESOLVED, False),
    ],
)
def test_30_notices_wait_only_while_the_chat_is_with_staff(
    state: ConversationState, *, is_held: bool
) -> None:
    decision = decided(conversation=a_conversation(state=state, epoch=2), message=notice())
    assert decision == (Defer(NOW + timedelta(minutes=1), "lease") if is_held else Send())


@pytest.mark.behaviour(30)
def test_30_a_notice_that_the_agent_has_sent_passes_their_lease_and_nothing_else() -> None:
    with_agent = a_conversation(state=ConversationState.HUMAN, owner_id="ag-1", epoch=2)
    sent_on = {"author_id": "ag-1"}
    assert decided(conversation=with_agent, message=notice(**sent_on)) == Send()
    at_night = decided(conversation=with_agent, message=notice(**sent_on), now=at(3))
    assert at_night == Defer(at(8), "quiet_hours")
    left = a_contact(opted_out_at=NOW)
    barred = decided(conversation=with_agent, message=notice(**sent_on), contact=left)
    assert barred == Suppress("opted_out")
    stale = notice(**sent_on, expires_at=NOW)
    assert decided(conversation=with_agent, message=stale) == Suppress("expired")


def test_the_words_that_pass_a_conversation_on_still_leave() -> None:
    queued = a_conversation(state=ConversationState.QUEUED, epoch=2)
    assert decided(conversation=queued, message=an_outbox_message(epoch=2)) == Send()
    assert decided(conversation=queued, message=an_outbox_message()) == Suppress("lease")


@pytest.mark.parametrize(
    ("now", "decision"),
    [
        (at(7, 59), Defer(at(8), "quiet_hours")),
        (at(8), Send()),
        (at(20, 59), Send()),
        (at(21), Defer(at(8, day=at(0).date() + timedelta(days=1)), "quiet_hours")),
        (at(3), Defer(at(8), "quiet_hours")),
    ],
)
def test_notices_wait_for_the_end_of_quiet_hours(now: datetime, decision: Decision) -> None:
    assert decided(message=notice(), now=now) == decision


def test_quiet_hours_are_the_contacts_own() -> None:
    night_in_new_york = datetime(2026, 3, 10, 11, 30, tzinfo=UTC)
    waited_for = datetime(2026, 3, 10, 12, tzinfo=UTC)
    decision = decided(message=notice(), now=night_in_new_york, zone="America/New_York")
    assert decision == Defer(waited_for, "quiet_hours")


def test_quiet_hours_end_by_the_clock_on_the_day_it_changes() -> None:
    before = datetime(2026, 3, 29, 6, 30, tzinfo=UTC)
    assert decided(message=notice(), now=before) == Defer(
        datetime(2026, 3, 29, 7, tzinfo=UTC), "quiet_hours"
    )


def test_replies_and_codes_know_no_quiet_hours() -> None:
    for purpose in (Purpose.REPLY, Purpose.CODE, Purpose.AGENT, Purpose.CONFIRMATION):
        assert decided(message=an_outbox_message(purpose=purpose), now=at(3)) == Send()


@pytest.mark.parametrize(
    ("now", "eta", "decision"),
    [
        (at(7, 14), at(8), Defer(at(7, 15), "quiet_hours")),
        (at(7, 15), at(8), Send()),
        (at(6, 30), at(7, 20), Defer(at(7), "quiet_hours")),
        (at(7), at(7, 20), Send()),
        (at(21, 30), at(22), Send()),
        (at(23, 30), at(22), Defer(at(8, day=at(0).date() + timedelta(days=1)), "quiet_hours")),
        (at(7, 30), at(15), Defer(at(8), "quiet_hours")),
    ],
)
def test_notices_of_the_same_day_may_come_shortly_before_their_stop(
    now: datetime, eta: datetime, decision: Decision
) -> None:
    delivery = a_delivery(eta_at=eta)
    assert decided(message=notice(), delivery=delivery, now=now) == decision


def test_how_it_went_is_asked_when_people_are_up_however_late_the_van_came() -> None:
    delivery, asking = a_delivery(eta_at=at(20, 50)), notice(notice="A11")
    assert decided(message=asking, delivery=delivery, now=at(20, 59)) == Send()
    assert isinstance(decided(message=asking, delivery=delivery, now=at(21, 30)), Defer)


@pytest.mark.behaviour(26)
def test_a_messages_state_never_goes_back() -> None:
    message = an_outbox_message(state=OutboxState.DELIVERED)
    assert advance(message, OutboxState.SENT) is False
    assert advance(message, OutboxState.FAILED) is False
    assert message.state is OutboxState.DELIVERED


def test_what_did_not_arrive_goes_to_the_other_contact_once_and_then_to_staff() -> None:
    store = a_stocked_storage(
        a_contact(id="c-2", channel=Channel.TELEGRAM),
        an_outbox_message(purpose=Purpose.NOTICE, state=OutboxState.SENT),
    )
    with store.unit_of_work() as work:
        give_up(work, work.outbox.get("m-1"), "filtered", now=NOW)
        work.commit()
    with store.unit_of_work() as work:
        repeated, _ = work.outbox.newest(limit=5)
        assert (repeated.contact_id, repeated.dedupe_key) == ("c-2", "elsewhere:m-1")
        assert not work.tasks.open()
        give_up(work, repeated, "blocked", now=NOW)
        work.commit()
    with store.unit_of_work() as work:
        assert len(work.outbox.newest(limit=5)) == 2
        assert [task.kind for task in work.tasks.open()] == ["message_undelivered"]


def test_what_newer_news_has_overtaken_goes_nowhere_else() -> None:
    about = {"purpose": Purpose.NOTICE, "state": OutboxState.SENT, "delivery_id": "d-1"}
    store = a_stocked_storage(
        a_contact(id="c-2", channel=Channel.TELEGRAM),
        an_outbox_message(id="m-1", notice="A2", created_at=NOW, **about),
        an_outbox_message(id="m-2", notice="A6", created_at=NOW + MINUTE, **about),
        an_outbox_message(id="m-3", notice="A11", created_at=NOW + 2 * MINUTE, **about),
    )
    with store.unit_of_work() as work:
        for id_ in ("m-1", "m-2"):
            give_up(work, work.outbox.get(id_), "filtered", now=NOW + 3 * MINUTE)
        work.commit()
    with store.unit_of_work(read_only=True) as work:
        again = [
            each.dedupe_key for each in work.outbox.newest(limit=9) if each.contact_id == "c-2"
        ]
        assert again == ["elsewhere:m-2"]
        assert not work.tasks.open()


@pytest.mark.parametrize("reason", [UNREACHABLE, BLOCKED, OVER_BUDGET])
def test_what_people_need_and_cannot_be_told_goes_to_staff(reason: str) -> None:
    held = {"purpose": Purpose.NOTICE, "state": OutboxState.SUPPRESSED, "reason": reason}
    store = a_stocked_storage(
        an_outbox_message(id="m-1", notice="A9", **held),
        an_outbox_message(id="m-2", notice="A3", **held),
    )
    with store.unit_of_work() as work:
        for id_ in ("m-1", "m-2"):
            follow_up(work, work.outbox.get(id_), now=NOW)
        work.commit()
    with store.unit_of_work(read_only=True) as work:
        assert [task.facts["message_id"] for task in work.tasks.open()] == ["m-1"]


def test_a_code_never_goes_to_another_contact() -> None:
    store = a_stocked_storage(
        a_contact(id="c-2", channel=Channel.TELEGRAM),
        an_outbox_message(purpose=Purpose.CODE, state=OutboxState.SENT),
    )
    with store.unit_of_work() as work:
        give_up(work, work.outbox.get("m-1"), "filtered", now=NOW)
        assert len(work.outbox.newest(limit=5)) == 1
        assert [task.kind for task in work.tasks.open()] == ["message_undelivered"]
