"""The figures of days, from rows of a real store."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from deliveries.errors import InvalidInputError
from deliveries.model.conversation import Handoff, HandoffState
from deliveries.model.personal import ContactAddress
from deliveries.model.rating import Rating
from deliveries.model.report import Queue, Report, Scores, Spread
from deliveries.services.reports.days import report_days, zone_of_reports
from integrations.storage import Storage
from tests.builders import (
    A_DAY,
    NOW,
    a_contact,
    a_conversation,
    a_handoff,
    a_person,
    an_inbound_message,
    keep,
)

MINUTE = timedelta(minutes=1)


def a_case(
    number: int, *, conversation: str, answered_after: int | None, **different: Any
) -> Handoff:
    asked_at = NOW + number * MINUTE
    answered_at = None if answered_after is None else asked_at + answered_after * MINUTE
    usual = {
        "id": f"ho-{number}",
        "conversation_id": conversation,
        "requested_at": asked_at,
        "answered_at": answered_at,
        "claimed_at": answered_at,
        "resolved_at": answered_at and answered_at + 10 * MINUTE,
        "closed_at": answered_at and answered_at + 40 * MINUTE,
        "due_at": asked_at + 5 * MINUTE,
        "state": HandoffState.CLOSED if answered_at else HandoffState.QUEUED,
        "agent_id": "ann" if answered_at else None,
        "outcome": "settled" if answered_at else None,
    }
    return a_handoff(**{**usual, **different})


@pytest.fixture
def report(store: Storage) -> Report:
    chats = [f"chat-{each}" for each in range(1, 6)]
    for each in chats:
        keep(
            store,
            a_person(id=each),
            a_contact(id=each, person_id=each, address=ContactAddress(f"+4477009001{each[-1]}0")),
            a_conversation(id=each, person_id=each),
            an_inbound_message(
                provider_id=each, contact_id=each, conversation_id=each, received_at=NOW
            ),
        )
    keep(
        store,
        an_inbound_message(provider_id="again", conversation_id="chat-1", received_at=NOW),
        a_case(1, conversation="chat-1", answered_after=2, reason="asked"),
        a_case(2, conversation="chat-1", answered_after=9, reason="asked", outcome="diverted"),
        a_case(3, conversation="chat-2", answered_after=4, reason="damage", agent_id="bob"),
        a_case(4, conversation="chat-3", answered_after=None, reason="asked"),
        a_case(-60 * 48, conversation="chat-4", answered_after=1, id="ho-before"),
        a_case(-60 * 49, conversation="chat-5", answered_after=None, id="ho-still", reason="old"),
        Rating("r-1", "chat-1", NOW, handoff_id="ho-1", score=5, scored_at=NOW),
        Rating("r-2", "chat-2", NOW, handoff_id="ho-3", score=2, scored_at=NOW),
        Rating("r-3", "chat-2", NOW, delivery_id="d-1", score=4, scored_at=NOW),
        Rating("r-4", "chat-3", NOW, delivery_id="d-1"),
    )
    with store.unit_of_work(read_only=True) as work:
        return report_days(work, A_DAY, A_DAY, "Europe/London", now=NOW + timedelta(hours=1))


def test_the_queue_is_as_it_is_now(report: Report) -> None:
    assert report.queue == Queue(
        waiting=2,
        overdue=2,
        oldest=NOW - 49 * 60 * MINUTE,
        with_agents=0,
        reasons={"asked": 1, "old": 1},
    )


def test_times_are_of_those_that_ended(report: Report) -> None:
    assert len(report.cases) == 4
    assert report.waited == Spread(3, 4 * MINUTE, 9 * MINUTE)
    assert report.handled == Spread(3, 10 * MINUTE, 10 * MINUTE)


def test_reasons_and_agents_come_with_their_own_figures_the_largest_first(report: Report) -> None:
    reasons = [(each.key, each.cases, each.in_time, each.answered) for each in report.reasons]
    agents = [(each.key, each.cases, each.waited.median) for each in report.agents]

    assert reasons == [("asked", 3, 1, 2), ("damage", 1, 1, 1)]
    assert agents == [("ann", 2, 2 * MINUTE), ("bob", 1, 4 * MINUTE)]
    assert report.outcomes == {"settled": 2, "diverted": 1}


def test_what_the_bot_finished_is_counted_by_conversation(report: Report) -> None:
    # chat-5 waits for staff since two days ago.
    assert (report.talks, report.finished_by_bot) == (5, 1)
    assert report.talk_scores == Scores(2, 3.5)
    assert report.delivery_scores == Scores(1, 4.0)


def test_days_begin_at_midnight_where_the_depots_are(store: Storage) -> None:
    midnight = datetime.fromisoformat("2026-06-10T00:00:00+02:00")
    for number, instant in enumerate((midnight - MINUTE, midnight, midnight + timedelta(days=1))):
        keep(store, a_handoff(id=f"ho-{number}", requested_at=instant))

    with store.unit_of_work(read_only=True) as work:
        day = date(2026, 6, 10)
        found = report_days(work, day, day, "Europe/Berlin", now=NOW)
        assert [each.id for each in found.cases] == ["ho-1"]
        assert zone_of_reports(work) == "Europe/London"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (A_DAY, A_DAY - timedelta(days=1)),
        (A_DAY, A_DAY + timedelta(days=92)),
        (date.min, date.min),
        (date.max, date.max),
    ],
)
def test_days_that_nobody_can_mean_are_refused(store: Storage, first: date, last: date) -> None:
    with store.unit_of_work(read_only=True) as work, pytest.raises(InvalidInputError):
        report_days(work, first, last, "Europe/Berlin", now=NOW)
