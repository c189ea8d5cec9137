"""How long a person waits for staff, what they are told of it, and what they hear afterwards."""

from datetime import timedelta

import pytest

from deliveries.errors import InvalidInputError
from deliveries.model.conversation import Handoff, HandoffState, Outcome
from deliveries.model.history import HistoryEntry
from deliveries.model.offer import OptionKind
from deliveries.model.preference import Preference, PreferenceState
from deliveries.model.rules_form import read_rules
from deliveries.model.saying import Saying
from deliveries.services import handoffs
from deliveries.services.handoffs.care import tend_handoffs
from deliveries.services.handoffs.waiting import FEWEST, REMINDED_AFTER
from integrations.storage import Storage
from tests.builders import NOW, a_conversation, a_person, a_stocked_storage, at, keep

MINUTE = timedelta(minutes=1)


@pytest.fixture
def store() -> Storage:
    store = a_stocked_storage()
    with store.unit_of_work() as work:
        work.conversations.get("conv-1").last_contact_id = "c-1"
        work.commit()
    return store


def talks(
    store: Storage, number: int, *, ago: timedelta, waited: int, took: int, agents: int
) -> None:
    """Keep talks that are over: each waited and took so many minutes."""
    keep(store, a_person(id="p-9"), a_conversation(id="conv-9", person_id="p-9"))
    for each in range(number):
        taken = NOW - ago
        keep(
            store,
            Handoff(
                f"k-{each}",
                "conv-9",
                "asked",
                3,
                taken - waited * MINUTE,
                state=HandoffState.CLOSED,
                agent_id=f"ann-{each % agents}",
                claimed_at=taken,
                closed_at=taken + took * MINUTE,
            ),
        )


def request(store: Storage) -> tuple[Saying, ...]:
    with store.unit_of_work() as work:
        told = handoffs.request(work, work.conversations.get("conv-1"), "asked", NOW)
        work.commit()
    return told


def said(store: Storage) -> list[str]:
    with store.unit_of_work(read_only=True) as work:
        return [each.name for row in work.outbox.of("conv-1") for each in row.sayings]


def act(store: Storage, what: str, outcome: str) -> None:
    with store.unit_of_work() as work:
        version = work.conversations.get("conv-1").version
        getattr(handoffs, what)(
            work, "conv-1", agent_id="ann", outcome=outcome, version=version, now=NOW
        )
        work.commit()


def take(store: Storage) -> None:
    with store.unit_of_work() as work:
        version = work.conversations.get("conv-1").version
        handoffs.take(work, "conv-1", agent_id="ann", version=version, now=NOW)
        work.commit()


@pytest.mark.parametrize(
    ("waited", "took", "agents", "told"),
    [
        (2, 12, 2, Saying("handoff_wait", {"least": 5, "most": 10})),
        (2, 12, 1, Saying("handoff_wait", {"least": 10, "most": 20})),
        (20, 4, 2, Saying("handoff_wait", {"least": 15, "most": 30})),
        (1, 2, 1, Saying("handoff_wait_within", {"minutes": 5})),
    ],
)
def test_the_wait_is_told_as_a_range_from_the_last_talks(
    store: Storage, waited: int, took: int, agents: int, told: Saying
) -> None:
    talks(store, FEWEST, ago=timedelta(hours=1), waited=waited, took=took, agents=agents)
    assert request(store) == (Saying("handoff_asked"), told)


def test_nothing_is_told_that_is_not_known(store: Storage) -> None:
    talks(store, FEWEST - 1, ago=timedelta(hours=1), waited=2, took=12, agents=2)
    assert request(store) == (Saying("handoff_asked"),)


def test_nothing_is_told_where_no_agent_is_at_work(store: Storage) -> None:
    talks(store, FEWEST, ago=timedelta(hours=3), waited=2, took=12, agents=2)
    assert request(store) == (Saying("handoff_asked"),)


def test_who_waits_long_is_told_once_that_the_place_is_kept(store: Storage) -> None:
    request(store)
    assert tend_handoffs(store.unit_of_work, now=NOW + REMINDED_AFTER - MINUTE) == 0
    assert tend_handoffs(store.unit_of_work, now=NOW + REMINDED_AFTER) == 1
    assert tend_handoffs(store.unit_of_work, now=NOW + timedelta(hours=3)) == 0
    assert said(store) == ["handoff_still_waiting"]


def test_who_was_taken_in_time_is_not_reminded(store: Storage) -> None:
    request(store)
    take(store)
    tend_handoffs(store.unit_of_work, now=NOW + REMINDED_AFTER)
    assert said(store) == []


@pytest.mark.behaviour(31)
@pytest.mark.parametrize("what", ["hand_back", "resolve"])
def test_an_outcome_is_one_of_ours(store: Storage, what: str) -> None:
    take(store)
    with pytest.raises(InvalidInputError):
        act(store, what, "whatever")


@pytest.mark.behaviour(31)
@pytest.mark.parametrize(
    ("state", "told"),
    [
        (PreferenceState.CONFIRMED, "handed_back_arranged"),
        (PreferenceState.PENDING, "handed_back_waiting"),
        (PreferenceState.REJECTED, "handed_back"),
    ],
)
def test_the_assistant_comes_back_with_what_was_arranged(
    store: Storage, state: PreferenceState, told: str
) -> None:
    take(store)
    window = {"start": at(14).isoformat(), "end": at(16).isoformat()}
    keep(store, Preference("pr-1", "d-1", 1, OptionKind.WINDOW, window, NOW, state=state))
    act(store, "hand_back", Outcome.RESCHEDULED)
    assert said(store) == [told]
    with store.unit_of_work(read_only=True) as work:
        is_named = work.conversations.get("conv-1").focus == ("d-1",)
        assert is_named is (state is not PreferenceState.REJECTED)


@pytest.mark.behaviour(31)
def test_what_was_chosen_before_the_talk_is_not_told_again(store: Storage) -> None:
    window = {"start": at(14).isoformat(), "end": at(16).isoformat()}
    chosen = NOW - MINUTE
    keep(store, Preference("pr-1", "d-1", 1, OptionKind.WINDOW, window, chosen))
    take(store)
    with store.unit_of_work() as work:
        work.history.add(HistoryEntry("claim_opened", NOW, "ann", "d-1", "conv-1"))
        work.commit()
    act(store, "hand_back", Outcome.CLAIM_OPENED)
    assert said(store) == ["handed_back_claim", "handed_back"]


@pytest.mark.behaviour(31)
def test_a_shipper_may_want_nothing_said_of_the_return(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.shippers.get("s-1").rules = read_rules({"support": {"returns_silently": True}})
        work.commit()
    take(store)
    act(store, "hand_back", Outcome.SETTLED)
    assert said(store) == []
