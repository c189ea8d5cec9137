import pytest

from deliveries.errors import ConflictError
from deliveries.model.conversation import ConversationState, HandoffState
from deliveries.model.staff import Attendance
from integrations.storage import Storage
from tests.builders import (
    NOW,
    a_conversation,
    a_handoff,
    a_note,
    a_person,
    a_staff_task,
    an_agent,
    an_inbound_message,
    at,
    keep,
)


def test_a_turn_is_claimed_by_one_until_it_is_released_or_over(store: Storage) -> None:
    with store.unit_of_work() as work:
        claim = work.conversations.claim_turn
        claimed = [
            claim("conv-1", by="g-1", now=NOW, until=at(10)),
            claim("conv-1", by="g-2", now=NOW, until=at(10)),
            claim("conv-1", by="g-2", now=at(10), until=at(11)),
        ]
        work.conversations.release_turn("conv-1", by="g-1")
        claimed.append(claim("conv-1", by="g-3", now=at(10), until=at(11)))
        work.conversations.release_turn("conv-1", by="g-2")
        claimed.append(claim("conv-1", by="g-3", now=at(10), until=at(11)))
        claimed.append(claim("conv-404", by="g-3", now=at(10), until=at(11)))

    assert claimed == [True, False, True, False, True, False]


def test_claiming_a_turn_shows_in_the_entity_and_is_no_change_of_it(store: Storage) -> None:
    with store.unit_of_work() as work:
        conversation = work.conversations.get("conv-1")
        work.conversations.claim_turn("conv-1", by="g-1", now=NOW, until=at(10))
        seen = (conversation.claimed_by, conversation.claimed_until, conversation.version)
        conversation.misunderstandings = 1
        work.commit()

        assert seen == ("g-1", at(10), 1)
        assert conversation.version == 2


def test_unworked_messages_wait_until_somebody_claims_their_conversation(store: Storage) -> None:
    keep(
        store,
        a_person(id="p-2"),
        a_conversation(id="conv-2", person_id="p-2"),
        an_inbound_message(conversation_id="conv-2", provider_id="SM1"),
        an_inbound_message(provider_id="SM2"),
        an_inbound_message(conversation_id="conv-2", provider_id="SM3"),
    )

    with store.unit_of_work() as work:
        waiting = [list(work.conversations.waiting(now=NOW, limit=9))]
        waiting.append(list(work.conversations.waiting(now=NOW, limit=1)))
        work.conversations.claim_turn("conv-2", by="g", now=NOW, until=at(10))
        waiting.append(list(work.conversations.waiting(now=NOW, limit=9)))
        for message in work.inbound.unworked("conv-1"):
            message.worked_at = NOW
        waiting.append(list(work.conversations.waiting(now=NOW, limit=9)))
        waiting.append(list(work.conversations.waiting(now=at(10), limit=9)))
        unworked = [message.provider_id for message in work.inbound.unworked("conv-2")]

    assert waiting == [["conv-2", "conv-1"], ["conv-2"], ["conv-1"], [], ["conv-2"]]
    assert unworked == ["SM1", "SM3"]


@pytest.mark.behaviour(14)
def test_an_agent_takes_a_conversation_and_voids_what_the_bot_meant_to_say(store: Storage) -> None:
    with store.unit_of_work() as work:
        conversation = work.conversations.get("conv-1")
        work.conversations.take("conv-1", agent_id="ag-1", version=1)
        taken = (
            conversation.state,
            conversation.owner_id,
            conversation.version,
            conversation.epoch,
        )
        conversation.misunderstandings = 1
        work.commit()

        assert taken == (ConversationState.HUMAN, "ag-1", 2, 2)
        assert work.conversations.in_hands() == [conversation]


@pytest.mark.behaviour(10)
def test_what_somebody_has_cannot_be_taken(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.conversations.get("conv-1").pass_to(ConversationState.HUMAN, owner_id="ag-2")
        work.commit()
    with store.unit_of_work() as work, pytest.raises(ConflictError):
        work.conversations.take("conv-1", agent_id="ag-1", version=2)


def test_an_older_version_cannot_be_taken(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.conversations.get("conv-1").pass_to(ConversationState.QUEUED)
        work.commit()
        with pytest.raises(ConflictError):
            work.conversations.take("conv-1", agent_id="ag-1", version=1)
        work.conversations.take("conv-1", agent_id="ag-1", version=2)


def test_a_person_has_one_conversation(store: Storage) -> None:
    with store.unit_of_work(read_only=True) as work:
        found = work.conversations.of_person("p-1")
        assert (found and found.id) == "conv-1"
        assert work.conversations.of_person("p-2") is None
        assert work.conversations.in_hands() == []


def test_the_queue_goes_by_priority_then_age_and_forgets_what_is_closed(store: Storage) -> None:
    keep(
        store,
        a_handoff(id="ho-1", priority=3, requested_at=at(8)),
        a_handoff(id="ho-2", priority=1, requested_at=at(10)),
        a_handoff(id="ho-3", priority=3, requested_at=at(7), state=HandoffState.ACTIVE),
        a_handoff(id="ho-4", priority=1, requested_at=at(7), state=HandoffState.CLOSED),
    )

    with store.unit_of_work() as work:
        assert [handoff.id for handoff in work.handoffs.queue()] == ["ho-2", "ho-3", "ho-1"]
        newest = work.handoffs.open_of("conv-1")
        assert (newest and newest.id) == "ho-2"
        for handoff in work.handoffs.queue():
            handoff.state = HandoffState.CLOSED
        assert work.handoffs.open_of("conv-1") is None


def test_what_agents_had_is_found_by_when_they_took_ended_and_answered_it(store: Storage) -> None:
    keep(
        store,
        a_handoff(id="ho-1", claimed_at=at(8), closed_at=at(9), answered_at=at(8, 5)),
        a_handoff(id="ho-2", claimed_at=at(10), closed_at=at(11)),
        a_handoff(id="ho-3", closed_at=at(12)),
        a_handoff(id="ho-4", claimed_at=at(13)),
    )

    with store.unit_of_work(read_only=True) as work:
        last = work.handoffs.last_of("conv-1")
        assert (last and last.id) == "ho-2"
        taken = work.handoffs.taken_since(at(8), limit=2)
        assert [each.id for each in taken] == ["ho-4", "ho-2"]
        assert work.handoffs.taken_since(at(14), limit=2) == []
        assert work.handoffs.was_answered("conv-1", since=at(8, 5))
        assert not work.handoffs.was_answered("conv-1", since=at(8, 6))


def test_only_who_wants_chats_and_gave_a_sign_is_there(store: Storage) -> None:
    keep(store, *(an_agent(id=id_, name=id_) for id_ in ("ann", "bob", "cid")))
    with store.unit_of_work() as work:
        work.attendances.add(Attendance("ann", at(9), True, 2, ("de", "fr"), ("s-1",)))
        work.attendances.add(Attendance("bob", at(9)))
        work.attendances.add(Attendance("cid", at(8), is_taking=True))
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        [there] = work.attendances.taking(seen_since=at(9))
        assert (there.agent_id, there.languages, there.shippers) == ("ann", ("de", "fr"), ("s-1",))


def test_open_tasks_of_a_kind_are_found_by_when_they_began(store: Storage) -> None:
    keep(
        store,
        a_staff_task(id="t-1", kind="a", dedupe_key="1", created_at=at(8)),
        a_staff_task(id="t-2", kind="a", dedupe_key="2", created_at=at(9)),
        a_staff_task(id="t-3", kind="b", dedupe_key="3", created_at=at(8)),
        a_staff_task(id="t-4", kind="a", dedupe_key="4", created_at=at(8), done_at=at(9)),
    )

    with store.unit_of_work(read_only=True) as work:
        assert [task.id for task in work.tasks.open_before(at(8), kind="a")] == ["t-1"]


def test_notes_come_oldest_first(store: Storage) -> None:
    keep(store, a_note(id="n-2", at=at(9)), a_note(id="n-1", at=at(9)), a_note(id="n-3", at=at(8)))

    with store.unit_of_work(read_only=True) as work:
        assert [note.id for note in work.notes.of("conv-1")] == ["n-3", "n-2", "n-1"]
