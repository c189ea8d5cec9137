"""What an account that is limited to shippers may know of, on every store alike."""

import pytest

from deliveries.model.conversation import ConversationState
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import CoRecipient
from deliveries.services.staff.scope import covers
from integrations.storage import Storage
from tests.builders import (
    NOW,
    a_contact,
    a_conversation,
    a_delivery,
    a_handoff,
    a_person,
    a_shipper,
    a_staff_task,
    an_agent,
    an_inbound_message,
    keep,
)


@pytest.fixture(autouse=True)
def _two_shippers(store: Storage) -> None:
    """Keep a chat of each of two shippers, and one of somebody who gets nothing."""
    queued = ConversationState.QUEUED
    keep(
        store,
        a_shipper(id="s-2"),
        *(a_person(id=f"p-{number}") for number in (2, 3)),
        *(
            a_contact(
                id=f"c-{number}",
                person_id=f"p-{number}",
                address=ContactAddress(f"+44770090022{number}"),
            )
            for number in (2, 3)
        ),
        a_delivery(id="d-2", reference="O-2", shipper_id="s-2", person_id="p-2"),
        *(
            a_conversation(
                id=f"conv-{number}", person_id=f"p-{number}", last_contact_id=f"c-{number}"
            )
            for number in (2, 3)
        ),
    )
    with store.unit_of_work() as work:
        for number in (1, 2, 3):
            work.conversations.get(f"conv-{number}").state = queued
            work.handoffs.add(a_handoff(id=f"h-{number}", conversation_id=f"conv-{number}"))
            work.inbound.add_once(
                an_inbound_message(
                    provider_id=f"SM{number}",
                    contact_id=f"c-{number}",
                    conversation_id=f"conv-{number}",
                )
            )
        work.commit()


CHATS = ["conv-1", "conv-2", "conv-3"]


def seen(store: Storage, *shippers: str) -> list[str]:
    """Return which chats a limit lets through, and check that all lists agree."""
    with store.unit_of_work(read_only=True) as work:
        within = sorted(work.chat_lists.within(CHATS, shippers))
        lists = (
            work.chat_lists.in_hands(agent_id="ann", shippers=shippers),
            work.chat_lists.some(CHATS, agent_id="ann", shippers=shippers),
        )
        count = work.chat_lists.counts(agent_id="ann", shippers=shippers)["all"]
        cases = work.reports.cases(NOW, NOW.replace(year=NOW.year + 1), shippers=shippers)
    assert [sorted(each.conversation_id for each in found) for found in lists] == [within, within]
    assert (count, len(cases)) == (len(within), len(within))
    return within


def test_a_limit_lets_the_chats_of_its_shippers_recipients_through(store: Storage) -> None:
    assert seen(store) == CHATS
    assert seen(store, "s-1") == ["conv-1"]
    assert seen(store, "s-2") == ["conv-2"]
    assert seen(store, "s-1", "s-2") == ["conv-1", "conv-2"]
    assert seen(store, "s-9") == []


def test_whoever_gets_a_parcel_with_others_is_seen_by_its_shippers_team(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.co_recipients.add(CoRecipient("d-2", "p-3", "c-3"))
        work.commit()
    assert seen(store, "s-2") == ["conv-2", "conv-3"]


def test_tasks_follow_their_delivery_else_their_chat_and_close_once(store: Storage) -> None:
    with store.unit_of_work() as work:
        for id_, about in {
            "t-1": {"delivery_id": "d-1", "conversation_id": "conv-2"},
            "t-2": {"delivery_id": "d-2"},
            "t-3": {"conversation_id": "conv-2"},
            "t-4": {},
        }.items():
            work.tasks.add_once(a_staff_task(id=id_, dedupe_key=id_, **about))
        work.commit()
    with store.unit_of_work() as work:
        listed = {
            limit: [e.id for e in work.tasks.listed(is_done=False, shippers=limit, limit=9)]
            for limit in ((), ("s-1",), ("s-2",))
        }
        within = work.tasks.within(["t-1", "t-2", "t-3", "t-4"], ("s-2",))
        closed = [
            work.tasks.close("t-2", at=NOW, by="ann", outcome="done", note=None) for _ in range(2)
        ]
        work.commit()
    assert listed == {(): ["t-1", "t-2", "t-3", "t-4"], ("s-1",): ["t-1"], ("s-2",): ["t-2", "t-3"]}
    assert (within, closed) == ({"t-2", "t-3"}, [True, False])
    with store.unit_of_work(read_only=True) as work:
        [done] = work.tasks.listed(is_done=True, shippers=(), limit=9)
        assert (done.id, done.done_at, done.done_by, done.outcome) == ("t-2", NOW, "ann", "done")
        assert [each.id for each in work.tasks.open_of(["d-1", "d-2"])] == ["t-1"]


def test_an_account_of_before_has_no_limit(store: Storage) -> None:
    keep(store, an_agent(id="old", name="old", shippers=None))
    with store.unit_of_work(read_only=True) as work:
        assert work.agents.get("old").scope == ()


def test_a_limit_covers_what_sees_no_more() -> None:
    one, both = ("s-1",), ("s-1", "s-2")
    assert [covers((), other) for other in ((), one)] == [True, True]
    assert [covers(one, other) for other in ((), one, both)] == [False, True, False]
    assert [covers(both, other) for other in ((), one, both)] == [False, True, True]
