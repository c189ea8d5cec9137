"""A12: whatever comes twice, late or in any order, nothing is told twice or against the facts."""

from collections import Counter
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from deliveries.model.delivery import DeliveryStatus
from deliveries.model.history import DriverEvent
from deliveries.model.message import OutboxState
from deliveries.model.route import StopState
from tests.builders import a_contact, a_conversation, a_delivery, a_person, a_stocked_storage, at
from tests.unit.deliveries.services.round import Round, a_stop_for

STOPS = (1, 2, 3)
ONCE = {"A2", "A3", "A4", "A7", "A8"}


def reports() -> st.SearchStrategy[list[DriverEvent]]:
    """A day's reports, with contradictions, in any order, some of them more than once."""
    everything = [DriverEvent("e-out", "departed", at(9, 30), "r-1")]
    for number in STOPS:
        arrived = at(10) + timedelta(minutes=30 * (number - 1))
        left = arrived + timedelta(minutes=3)
        stop = f"st-{number}"
        everything += [
            DriverEvent(f"e-{number}-a", "arrived", arrived, "r-1", stop),
            DriverEvent(
                f"e-{number}-f",
                "failed",
                left,
                "r-1",
                stop,
                f"d-{number}",
                {"reason": "nobody_home"},
            ),
            DriverEvent(f"e-{number}-f2", "failed", left, "r-1", stop, f"d-{number}"),
            DriverEvent(f"e-{number}-d", "delivered", left, "r-1", stop, f"d-{number}"),
            DriverEvent(f"e-{number}-d2", "delivered", left, "r-1", stop, f"d-{number}"),
        ]
    everything.append(DriverEvent("e-back", "returned", at(11, 30), "r-1"))
    return st.lists(st.sampled_from(everything), min_size=1, max_size=24)


def a_round() -> Round:
    people = [
        part
        for number in STOPS[1:]
        for part in (
            a_person(id=f"p-{number}"),
            a_contact(
                id=f"c-{number}",
                person_id=f"p-{number}",
                address=type(a_contact().address)(f"+44770090000{number}"),
            ),
            a_conversation(id=f"conv-{number}", person_id=f"p-{number}"),
            a_delivery(id=f"d-{number}", reference=f"ORDER-{number}", person_id=f"p-{number}"),
        )
    ]
    drive = Round(a_stocked_storage(*people))
    drive.plan(*(a_stop_for(number) for number in STOPS))
    return drive


def batches(events: list[DriverEvent]) -> list[list[DriverEvent]]:
    return [events[first : first + 3] for first in range(0, len(events), 3)]


@settings(max_examples=20, deadline=None)
@given(events=reports(), begin=st.sampled_from([at(9), at(10, 5), at(12)]))
def test_nothing_is_told_twice_or_against_the_facts(
    events: list[DriverEvent], begin: datetime
) -> None:
    drive = a_round()
    drive.now = begin
    recorded = 0
    for batch in batches(events):
        recorded += drive.record(*batch).accepted
        drive.tick(drive.now + timedelta(minutes=1))
    drive.tick(max(drive.now, at(11, 30)) + timedelta(minutes=30))

    assert recorded == len({event.id for event in events})
    messages = [each for each in drive.messages() if each.state is not OutboxState.SUPPRESSED]
    told = Counter((each.delivery_id, each.notice) for each in messages if each.notice in ONCE)
    assert {key: times for key, times in told.items() if key[1] != "A7" and times > 1} == {}
    for number in STOPS:
        _judge(drive, number)
    drive.store.close()


def _judge(drive: Round, number: int) -> None:
    """Hold what one recipient was told against how it ended."""
    delivery, stop = drive.delivery(f"d-{number}"), drive.stop(f"st-{number}")
    kinds = [
        each.notice
        for each in drive.messages()
        if each.delivery_id == delivery.id and each.state is not OutboxState.SUPPRESSED
    ]
    if delivery.status is DeliveryStatus.DELIVERED:
        assert kinds[-1] == "A8"
        assert stop.state is StopState.DONE
    else:
        assert "A8" not in kinds
    if delivery.status is DeliveryStatus.DELIVERY_FAILED:
        assert kinds.count("A7") == 1
        assert stop.state is StopState.FAILED
    assert delivery.attempts <= 1


@settings(max_examples=8, deadline=None)
@given(events=reports())
def test_the_same_reports_once_more_change_nothing(events: list[DriverEvent]) -> None:
    drive = a_round()
    drive.now = at(12)
    drive.record(*events)
    drive.tick(at(12, 30))
    before = _picture(drive)

    again = drive.record(*events)
    drive.tick(at(12, 31))

    assert (again.accepted, again.duplicates) == (0, len(events))
    assert _picture(drive) == before
    drive.store.close()


def _picture(drive: Round) -> list[object]:
    deliveries = [drive.delivery(f"d-{number}") for number in STOPS]
    return [
        [(each.status, each.attempts, each.failed_reason, each.version) for each in deliveries],
        [(stop.id, stop.state, stop.arrival_at) for stop in drive.route().stops],
        [(each.id, each.state) for each in drive.messages()],
    ]
