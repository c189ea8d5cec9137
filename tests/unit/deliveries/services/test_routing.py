"""Who is offered a chat that waits."""

from datetime import timedelta
from typing import Any

import pytest

from deliveries.errors import InvalidInputError
from deliveries.model.conversation import ConversationState, Handoff
from deliveries.model.staff import Attendance, Role
from deliveries.services import handoffs
from deliveries.services.handoffs.care import tend_handoffs
from deliveries.services.handoffs.routing import offer_waiting
from deliveries.services.staff.attending import MOST, SEEN_WITHIN, attend, note_sign
from integrations.storage import Storage
from tests.builders import NOW, a_conversation, a_person, a_stocked_storage, an_agent, keep

MINUTE = timedelta(minutes=1)


@pytest.fixture
def store() -> Storage:
    store = a_stocked_storage()
    keep(store, an_agent(id="ann", name="Ann"), an_agent(id="bob", name="Bob"))
    with store.unit_of_work() as work:
        work.conversations.get("conv-1").focus = ("d-1",)
        handoffs.request(work, work.conversations.get("conv-1"), "asked", NOW)
        work.commit()
    return store


def there(store: Storage, agent_id: str, **different: Any) -> None:
    usual = {"seen_at": NOW, "is_taking": True}
    keep(store, Attendance(agent_id, **{**usual, **different}))


def offered(store: Storage, *, after: timedelta = timedelta()) -> str | None:
    offer_waiting(store.unit_of_work, now=NOW + after, machine_now=NOW)
    with store.unit_of_work(read_only=True) as work:
        return work.conversations.get("conv-1").owner_id


@pytest.mark.behaviour(16)
@pytest.mark.parametrize(
    "different",
    [
        {"is_taking": False},
        {"seen_at": NOW - SEEN_WITHIN - timedelta(seconds=1)},
        {"languages": ("de", "fr")},
        {"shippers": ("s-9",)},
    ],
)
def test_nobody_is_offered_what_they_cannot_answer(
    store: Storage, different: dict[str, Any]
) -> None:
    there(store, "ann", **different)
    assert offered(store) is None
    with store.unit_of_work(read_only=True) as work:
        assert work.conversations.get("conv-1").state is ConversationState.QUEUED


@pytest.mark.behaviour(16)
def test_who_may_not_answer_is_offered_nothing(store: Storage) -> None:
    there(store, "ann")
    there(store, "bob")
    with store.unit_of_work() as work:
        work.agents.get("ann").role = Role.VIEWER
        work.agents.get("bob").disabled_at = NOW
        work.commit()
    assert offered(store) is None


@pytest.mark.behaviour(16, 40)
def test_who_answers_for_other_shippers_is_offered_nothing(store: Storage) -> None:
    there(store, "ann")
    with store.unit_of_work() as work:
        work.agents.get("ann").shippers = ("s-2",)
        work.commit()
    assert offered(store) is None
    with store.unit_of_work() as work:
        work.agents.get("ann").shippers = ("s-1", "s-2")
        work.commit()
    assert offered(store) == "ann"


@pytest.mark.behaviour(16)
def test_who_has_enough_is_passed_over(store: Storage) -> None:
    keep(store, a_person(id="p-2"))
    keep(
        store,
        a_conversation(id="conv-2", person_id="p-2", state=ConversationState.HUMAN, owner_id="ann"),
    )
    there(store, "ann", most=1)
    there(store, "bob", most=1, languages=("en",), shippers=("s-1",))
    assert offered(store) == "bob"


@pytest.mark.behaviour(15, 16)
def test_an_offer_that_lapses_goes_to_the_next_and_then_waits(store: Storage) -> None:
    there(store, "ann")
    there(store, "bob")
    assert offered(store) == "ann"
    tend_handoffs(store.unit_of_work, now=NOW + 2 * MINUTE)
    assert offered(store, after=2 * MINUTE) == "bob"
    tend_handoffs(store.unit_of_work, now=NOW + 4 * MINUTE)
    assert offered(store, after=4 * MINUTE) is None


@pytest.mark.behaviour(35)
def test_who_comes_back_soon_is_offered_to_the_agent_they_had(store: Storage) -> None:
    with store.unit_of_work() as work:
        version = work.conversations.get("conv-1").version
        handoffs.take(work, "conv-1", agent_id="bob", version=version, now=NOW)
        version = work.conversations.get("conv-1").version
        handoffs.resolve(
            work, "conv-1", agent_id="bob", outcome="settled", version=version, now=NOW
        )
        handoffs.hear_person(
            work, work.conversations.get("conv-1"), is_for_staff=True, now=NOW + MINUTE
        )
        work.commit()
    there(store, "ann")
    there(store, "bob")
    assert offered(store) == "bob"


@pytest.mark.behaviour(35)
def test_a_new_matter_within_a_day_is_offered_to_the_agent_of_the_last(store: Storage) -> None:
    ended = NOW - timedelta(hours=3)
    last = Handoff("k-0", "conv-1", "asked", 3, ended, agent_id="bob", claimed_at=ended)
    last.close(ended)
    keep(store, last)
    there(store, "ann")
    there(store, "bob")
    assert offered(store) == "bob"


def test_a_sign_is_written_now_and_then(store: Storage) -> None:
    there(store, "ann")
    with store.unit_of_work() as work:
        assert note_sign(work, "bob", machine_now=NOW)
        assert not work.attendances.get("bob").is_taking
        assert not note_sign(work, "ann", machine_now=NOW + timedelta(seconds=9))
        assert note_sign(work, "ann", machine_now=NOW + timedelta(seconds=15))
        assert work.attendances.get("ann").seen_at == NOW + timedelta(seconds=15)


@pytest.mark.parametrize("most", [0, MOST + 1])
def test_nobody_has_no_chat_or_too_many(store: Storage, most: int) -> None:
    with store.unit_of_work() as work, pytest.raises(InvalidInputError):
        attend(work, "ann", is_taking=True, most=most, languages=(), machine_now=NOW)
