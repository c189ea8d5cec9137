"""What was tried as often as its shipper wants goes back when nobody decides; from A7 to A10."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from deliveries.model.conversation import ConversationState
from deliveries.model.delivery import DeliveryStatus
from deliveries.model.message import OutboxState
from deliveries.model.preference import PreferenceState
from deliveries.model.rules_form import read_rules
from deliveries.services.days.returning import send_back_undecided
from tests.builders import A_DAY, a_preference, a_stocked_storage, at
from tests.unit.deliveries.services.round import Round, a_stop_for

NEXT_DAY = A_DAY + timedelta(days=1)
CLOSED = at(22, 30)


@pytest.fixture
def drive() -> Iterator[Round]:
    drive = Round(a_stocked_storage())
    drive.plan(a_stop_for(1))
    yield drive
    drive.store.close()


def allow(drive: Round, attempts: int | None) -> None:
    with drive.store.unit_of_work() as work:
        form = {} if attempts is None else {"limits": {"attempts": attempts}}
        work.shippers.all()[0].rules = read_rules(form)
        work.commit()


def fail(drive: Round, *, before: int = 0) -> None:
    """Let an attempt fail after others have, and be told."""
    with drive.store.unit_of_work() as work:
        work.deliveries.get("d-1").attempts = before
        work.commit()
    drive.report("failed", stop="st-1", reason="nobody_home")
    drive.send()


def send_back(drive: Round, now: datetime = CLOSED) -> int:
    return send_back_undecided(drive.store.unit_of_work, now=now)


@pytest.mark.parametrize(
    ("allowed", "before", "silence"),
    [
        (2, 1, "goes_back"),
        (2, 4, "goes_back"),
        (2, 0, "one_try_left"),
        (3, 0, "at_depot"),
        (None, 9, "at_depot"),
    ],
)
def test_a_failed_attempt_is_told_with_what_silence_means(
    drive: Round, allowed: int | None, before: int, silence: str
) -> None:
    allow(drive, allowed)
    fail(drive, before=before)
    [message] = drive.messages()
    assert message.sayings[-1].facts["silence"] == silence


def test_after_the_last_try_it_goes_back_when_nothing_can_be_chosen_any_more(drive: Round) -> None:
    allow(drive, 1)
    fail(drive)

    early = send_back(drive, CLOSED - timedelta(seconds=1))
    late = send_back(drive), send_back(drive)

    assert (early, late) == (0, (1, 0))
    assert drive.delivery().status is DeliveryStatus.RETURN_TO_SENDER
    notice = drive.messages()[-1]
    assert (notice.notice, notice.sayings[0].name) == ("A10", "notice_sent_back")
    # It leaves in the morning, and is not too old then.
    assert notice.expires_at > at(8, day=NEXT_DAY)


@pytest.mark.parametrize(("allowed", "before"), [(None, 5), (3, 1)])
def test_what_may_be_tried_again_stays(drive: Round, allowed: int | None, before: int) -> None:
    allow(drive, allowed)
    fail(drive, before=before)
    assert send_back(drive) == 0
    assert drive.delivery().status is DeliveryStatus.DELIVERY_FAILED


@pytest.mark.parametrize("reason", ["locker_full", "not_attempted"])
def test_what_was_our_own_fault_is_not_held_against_them(drive: Round, reason: str) -> None:
    allow(drive, 1)
    fail(drive)
    with drive.store.unit_of_work() as work:
        work.deliveries.get("d-1").failed_reason = reason
        work.commit()
    assert send_back(drive) == 0


def test_what_nobody_could_be_told_is_left_to_staff(drive: Round) -> None:
    allow(drive, 1)
    drive.sends = False
    fail(drive)
    with drive.store.unit_of_work() as work:
        for each in work.outbox.newest(limit=9):
            each.state = OutboxState.FAILED
        work.commit()
    assert send_back(drive) == 0


def test_what_is_talked_about_with_staff_stays_until_they_are_done(drive: Round) -> None:
    allow(drive, 1)
    fail(drive)
    for state, sent_back in [(ConversationState.ASSIGNED, 0), (ConversationState.BOT, 1)]:
        with drive.store.unit_of_work() as work:
            work.conversations.get("conv-1").state = state
            work.commit()
        assert send_back(drive) == sent_back


@pytest.mark.parametrize(
    ("state", "sent_back"), [(PreferenceState.PENDING, 0), (PreferenceState.CONFIRMED, 1)]
)
def test_a_choice_that_waits_for_its_verdict_keeps_it(
    drive: Round, state: PreferenceState, sent_back: int
) -> None:
    # What stood before the attempt is settled by it.
    allow(drive, 1)
    fail(drive)
    with drive.store.unit_of_work() as work:
        work.preferences.add(a_preference(state=state))
        work.commit()
    assert send_back(drive) == sent_back
