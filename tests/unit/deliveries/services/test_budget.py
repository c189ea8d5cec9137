"""How many notices a parcel may cause, by the ground on which they are sent."""

from collections.abc import Iterator

import pytest

from deliveries.model.delivery import Delivery
from deliveries.model.message import OutboxState, Purpose
from deliveries.model.rules_form import read_rules
from deliveries.services.notices.budget import affords, allowance, is_over_budget
from integrations.storage import Storage
from tests.builders import a_delivery, a_stocked_storage, an_outbox_message, at, keep
from tests.unit.deliveries.services.round import YESTERDAY, Round, a_stop_for


@pytest.fixture
def drive() -> Iterator[Round]:
    """A round of one stop at ten; the van leaves at half past nine."""
    drive = Round(a_stocked_storage())
    drive.plan(a_stop_for(1))
    yield drive
    drive.store.close()


def rule(store: Storage, **messages: object) -> None:
    with store.unit_of_work() as work:
        work.shippers.get("s-1").rules = read_rules({"messages": messages})
        work.commit()


def told(
    store: Storage,
    count: int,
    state: OutboxState = OutboxState.DELIVERED,
    *,
    about: str = "d-1",
    reason: str | None = None,
) -> None:
    for number in range(count):
        keep(
            store,
            an_outbox_message(
                id=f"told-{about}-{state.value}-{number}",
                purpose=Purpose.NOTICE,
                delivery_id=about,
                state=state,
                reason=reason,
                notice="A3",
            ),
        )


def may_tell(store: Storage, kind: str) -> bool:
    with store.unit_of_work(read_only=True) as work:
        return affords(work, [work.deliveries.get("d-1")], kind)


@pytest.mark.parametrize(
    ("messages", "attempts", "allowed"),
    [
        ({}, 0, 12),
        ({"notices": 4}, 1, 8),
        ({"legal_basis": "consented"}, 0, None),
        ({"legal_basis": "consented", "notices": 3}, 0, 3),
        ({"legal_basis": "us_exempt"}, 0, 1),
        ({"legal_basis": "us_exempt"}, 2, 3),
        ({"legal_basis": "us_exempt", "notices": 9}, 0, 1),
        ({"legal_basis": "us_exempt", "notices": 0}, 0, 0),
    ],
)
def test_each_ground_allows_its_number(
    messages: dict[str, object], attempts: int, allowed: int | None
) -> None:
    delivery: Delivery = a_delivery(attempts=attempts)
    assert allowance(read_rules({"messages": messages}).messages, delivery) == allowed


def test_what_did_not_arrive_or_leave_costs_nothing(drive: Round) -> None:
    rule(drive.store, legal_basis="us_exempt")
    told(drive.store, 3, OutboxState.FAILED)
    told(drive.store, 3, OutboxState.SUPPRESSED)
    told(drive.store, 1, OutboxState.QUEUED)
    assert may_tell(drive.store, "A3")
    told(drive.store, 1)
    assert not may_tell(drive.store, "A3")


def test_the_evening_before_leaves_its_place_to_out_for_delivery(drive: Round) -> None:
    rule(drive.store, notices=1)
    assert [may_tell(drive.store, kind) for kind in ("A1", "A2", "A3")] == [False, False, True]


def test_under_the_exemption_one_notice_tells_the_window_without_a_menu(drive: Round) -> None:
    rule(drive.store, legal_basis="us_exempt")
    drive.tick(at(17, day=YESTERDAY))
    drive.tick(at(8))
    shown = [(each.notice, each.state, each.reason) for each in drive.messages()]
    assert shown[0] == ("A1", OutboxState.SUPPRESSED, "over_budget")
    waiting = [each for each in drive.messages() if each.state is OutboxState.QUEUED]
    assert all(each.sayings[0].offer_id is None for each in waiting)
    assert drive.delivery().promised is None


def test_a_held_back_notice_is_written_once(drive: Round) -> None:
    rule(drive.store, notices=0)
    for _ in range(3):
        drive.tick(at(17, day=YESTERDAY))
    assert [each.reason for each in drive.messages()] == ["over_budget"]


@pytest.mark.parametrize("told_before", [0, 1])
def test_a_notice_that_leaves_is_not_one_too_many_for_itself(
    drive: Round, told_before: int
) -> None:
    rule(drive.store, legal_basis="us_exempt")
    told(drive.store, told_before)
    told(drive.store, 1, OutboxState.SENDING)
    with drive.store.unit_of_work(read_only=True) as work:
        message = work.outbox.get("told-d-1-sending-0")
        assert is_over_budget(work, message) == (told_before > 0)


@pytest.mark.parametrize("told_of_the_other", [0, 1])
def test_a_notice_of_two_parcels_leaves_while_one_of_them_has_a_place(
    drive: Round, told_of_the_other: int
) -> None:
    rule(drive.store, legal_basis="us_exempt")
    with drive.store.unit_of_work() as work:
        work.deliveries.add(a_delivery(id="d-2", reference="ORDER-2"))
        work.commit()
    told(drive.store, 1)
    told(drive.store, told_of_the_other, about="d-2")
    told(drive.store, 1, OutboxState.SENDING)
    told(drive.store, 1, OutboxState.SUPPRESSED, about="d-2", reason="told_together")
    with drive.store.unit_of_work(read_only=True) as work:
        message = work.outbox.get("told-d-1-sending-0")
        other = work.outbox.get("told-d-2-suppressed-0")
        assert is_over_budget(work, message)
        assert is_over_budget(work, message, [other]) == (told_of_the_other > 0)
