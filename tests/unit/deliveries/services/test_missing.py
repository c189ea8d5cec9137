"""N13: what who misses a parcel is told, and what the colleague who looks for it gets."""

from datetime import timedelta

import pytest

from deliveries.model.conversation import ConversationState
from deliveries.model.delivery import DeliveryStatus
from deliveries.model.history import HistoryEntry
from deliveries.model.window import TimeWindow
from deliveries.services import handoffs
from deliveries.services.claims.clock import tend_cases
from deliveries.services.claims.missing import (
    ANSWERED_WITHIN,
    FAR_M,
    evidence_of,
    what_was_reported,
)
from integrations.storage import Storage
from tests.builders import A_DAY, NOW, a_delivery, a_stocked_storage, keep
from tests.unit.deliveries.services.talk import Talk


def delivered(handed_to: str, off_m: int) -> Storage:
    store = a_stocked_storage()
    with store.unit_of_work() as work:
        delivery = work.deliveries.get("d-1")
        delivery.move_to(DeliveryStatus.DELIVERED, now=NOW)
        delivery.handed_to, delivery.proof_url = handed_to, "https://proofs.example/1.png"
        work.history.add(
            HistoryEntry("delivered", NOW, "driver", delivery_id="d-1", facts={"off_m": off_m})
        )
        work.commit()
    return store


@pytest.mark.parametrize(
    ("handed_to", "off_m", "told"),
    [
        ("recipient", FAR_M, ["missing_reported", "missing_look_around", "missing_case"]),
        ("neighbour", 5, ["missing_reported", "missing_look_neighbour", "missing_case"]),
        (
            "safe_place",
            FAR_M + 1,
            ["missing_reported", "missing_far", "missing_look_around", "missing_case"],
        ),
    ],
)
def test_who_misses_a_parcel_is_told_what_was_reported_and_where_to_look(
    handed_to: str, off_m: int, told: list[str]
) -> None:
    store = delivered(handed_to, off_m)
    with store.unit_of_work(read_only=True) as work:
        sayings = what_was_reported(work, work.deliveries.get("d-1"), now=NOW)
    assert [saying.name for saying in sayings] == told


def test_nothing_is_claimed_of_a_parcel_that_nobody_reported_as_delivered() -> None:
    with a_stocked_storage().unit_of_work(read_only=True) as work:
        assert what_was_reported(work, work.deliveries.get("d-1"), now=NOW) == []


def test_the_case_has_the_evidence_and_a_clock() -> None:
    store = delivered("safe_place", 120)
    now = NOW + timedelta(hours=1)
    with store.unit_of_work(read_only=True) as work:
        evidence = evidence_of(work, work.deliveries.get("d-1"), now=now)
    assert (evidence["off_m"], evidence["has_photo"], evidence["handed_to"]) == (
        120,
        True,
        "safe_place",
    )
    assert evidence["due_at"] == (now + ANSWERED_WITHIN).isoformat()


def a_case(*, answered: bool) -> Storage:
    store = delivered("safe_place", 120)
    talk = Talk(store, now=NOW)
    talk.say("it says delivered but it is not here", "report_missing")
    assert talk.answer.handoff == "missing"
    with store.unit_of_work() as work:
        conversation = work.conversations.get("conv-1")
        conversation.last_contact_id = "c-1"
        work.commit()
    if answered:
        with store.unit_of_work() as work:
            version = work.conversations.get("conv-1").version
            handoffs.take(work, "conv-1", agent_id="ann", version=version, now=NOW)
            handoffs.reply(work, "conv-1", agent_id="ann", text="On it", key="k", now=NOW)
            work.commit()
    return store


def told(store: Storage) -> list[str]:
    with store.unit_of_work(read_only=True) as work:
        return [each.name for row in work.outbox.of("conv-1") for each in row.sayings]


def test_a_claim_is_about_what_was_handed_over_not_about_what_comes_next() -> None:
    store = delivered("neighbour", 5)
    keep(store, a_delivery(id="d-next", reference="next", date=A_DAY + timedelta(days=1)))
    talk = Talk(store, now=NOW)
    talk.say("it says delivered but it is not here", "report_missing")
    with store.unit_of_work(read_only=True) as work:
        assert [task.delivery_id for task in work.tasks.open()] == ["d-1"]


def test_who_misses_what_is_yet_to_come_is_told_where_it_is_and_gets_a_case_when_insisting() -> (
    None
):
    store = a_stocked_storage()
    talk = Talk(store, now=NOW)
    names = talk.say("my parcel never came", "report_missing")
    assert names == ["nothing_handed_over", "track_planned_day"]
    assert talk.answer.handoff is None
    talk.say("it is lost, I tell you", "report_missing")
    assert talk.answer.handoff == "missing"


def test_what_is_late_may_be_missed() -> None:
    store = a_stocked_storage()
    with store.unit_of_work() as work:
        work.deliveries.get("d-1").promise(TimeWindow(NOW - timedelta(hours=2), NOW))
        work.commit()
    talk = Talk(store, now=NOW)
    talk.say("it never came", "report_missing")
    assert talk.answer.handoff == "missing"


def test_when_the_clock_runs_out_without_an_answer_the_person_is_told_and_staff_asked_again() -> (
    None
):
    store = a_case(answered=False)
    assert tend_cases(store.unit_of_work, now=NOW + ANSWERED_WITHIN - timedelta(seconds=1)) == 0
    assert tend_cases(store.unit_of_work, now=NOW + ANSWERED_WITHIN) == 1
    assert tend_cases(store.unit_of_work, now=NOW + ANSWERED_WITHIN) == 0
    assert told(store) == ["missing_overdue", "handoff_missing"]
    with store.unit_of_work(read_only=True) as work:
        assert [task.kind for task in work.tasks.open()] == ["case_overdue"]
        assert work.conversations.get("conv-1").state is ConversationState.QUEUED


def test_a_case_that_an_agent_answered_in_time_ends_in_silence() -> None:
    store = a_case(answered=True)
    assert tend_cases(store.unit_of_work, now=NOW + ANSWERED_WITHIN) == 1
    assert told(store) == ["agent_text"]
    with store.unit_of_work(read_only=True) as work:
        assert list(work.tasks.open()) == []
