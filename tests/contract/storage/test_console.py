from datetime import timedelta

from deliveries.model.console import CannedReply, Movement, ReplyDraft
from deliveries.model.conversation import ConversationState
from deliveries.model.message import Purpose
from deliveries.model.recipient import Channel
from integrations.storage import Storage
from tests.builders import NOW, a_handoff, a_note, an_inbound_message, an_outbox_message, keep


def movements(store: Storage, since: int = 0) -> list[tuple[str, Movement]]:
    with store.unit_of_work(read_only=True) as work:
        return [(e.conversation_id, e.kind) for e in work.chat_events.since(since, limit=99)]


def newest(store: Storage) -> int:
    with store.unit_of_work(read_only=True) as work:
        return work.chat_events.newest()


def test_every_commit_that_changes_a_chat_is_an_event_and_one_rolled_back_is_none(
    store: Storage,
) -> None:
    before = newest(store)
    with store.unit_of_work() as work:
        work.inbound.add_once(an_inbound_message())
        work.notes.add(a_note())
        work.commit()
    with store.unit_of_work() as work:
        work.notes.add(a_note(id="n-2"))
    with store.unit_of_work() as work:
        work.inbound.add_once(an_inbound_message())
        work.commit()

    assert movements(store, before) == [("conv-1", Movement.CHAT)]


def test_a_notice_that_waits_is_news_once_it_waits_for_the_agent_who_has_the_chat(
    store: Storage,
) -> None:
    before = newest(store)
    keep(store, an_outbox_message(conversation_id="conv-1", purpose=Purpose.NOTICE))
    assert movements(store, before) == []
    with store.unit_of_work() as work:
        work.outbox.get("m-1").reason = "lease"
        work.commit()
    assert movements(store, before) == [("conv-1", Movement.CHAT)]


def test_looking_at_a_chat_is_told_apart_from_a_change_of_it(store: Storage) -> None:
    before = newest(store)
    with store.unit_of_work() as work:
        work.chat_views.see("ann", "conv-1", now=NOW, types=True, read_seq=7)
        work.commit()
    with store.unit_of_work() as work:
        later = NOW + timedelta(seconds=9)
        work.chat_views.see("ann", "conv-1", now=later, types=False, read_seq=3)
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        [view] = work.chat_views.of("conv-1")
        assert (view.seen_at, view.typing_at) == (later, NOW)
        assert work.chat_views.read_by("ann") == {"conv-1": 7}
    assert movements(store, before) == [("conv-1", Movement.VIEWERS)] * 2


def test_old_events_are_forgotten_but_the_newest_stays_to_count_on_from(store: Storage) -> None:
    for number in range(3):
        with store.unit_of_work() as work:
            work.outbox.add_once(an_outbox_message(id=f"m-{number}", dedupe_key=f"k-{number}"))
            work.commit()
    last = newest(store)
    with store.unit_of_work() as work:
        work.chat_events.forget_before(NOW + timedelta(days=9999))
        work.commit()
        kept = (work.chat_events.oldest(), work.chat_events.newest())

    assert kept == (last, last)


def test_a_draft_is_kept_per_agent_chat_and_mode_and_an_empty_one_is_forgotten(
    store: Storage,
) -> None:
    for mode, text in (("reply", "Hel"), ("note", "ask Ines"), ("reply", "Hello"), ("note", "")):
        with store.unit_of_work() as work:
            work.reply_drafts.keep(ReplyDraft("ann", "conv-1", mode, text, NOW))
            work.commit()

    with store.unit_of_work(read_only=True) as work:
        reply, note = (work.reply_drafts.find("ann", "conv-1", m) for m in ("reply", "note"))
        assert reply is not None
        assert (reply.text, note) == ("Hello", None)
        assert work.reply_drafts.find("bob", "conv-1", "reply") is None


def test_canned_replies_are_listed_by_code_and_can_be_removed(store: Storage) -> None:
    with store.unit_of_work() as work:
        for code in ("sorry", "greeting"):
            work.canned_replies.add(CannedReply(f"r-{code}", code, "Hi {first_name}", "ann", NOW))
        work.commit()
    with store.unit_of_work() as work:
        codes = [each.code for each in work.canned_replies.all()]
        work.canned_replies.remove("r-sorry")
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        assert (codes, len(work.canned_replies.all())) == (["greeting", "sorry"], 1)


def test_a_list_shows_who_waits_and_counts_what_the_reader_has_not_seen(store: Storage) -> None:
    with store.unit_of_work() as work:
        conversation = work.conversations.get("conv-1")
        conversation.last_contact_id = "c-1"
        conversation.state = ConversationState.QUEUED
        work.handoffs.add(a_handoff())
        for number in range(3):
            message = an_inbound_message(provider_id=f"SM-{number}", text=f"line {number}")
            work.inbound.add_once(message)
        first = work.inbound.of("conv-1")[0].seq
        work.chat_views.see("ann", "conv-1", now=NOW, types=False, read_seq=first or 0)
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        [anns] = work.chat_lists.in_hands(agent_id="ann")
        [bobs] = work.chat_lists.some(["conv-1", "conv-404"], agent_id="bob")
        with_bot = work.chat_lists.with_bot(agent_id="ann", limit=9)
    assert (anns.unread, bobs.unread, with_bot) == (2, 3, [])
    assert (anns.name, anns.channel, anns.reason, anns.priority, anns.last_text) == (
        "Robin Vale",
        Channel.SMS,
        "asked_for",
        3,
        "line 2",
    )


def test_a_chat_that_the_bot_answers_is_listed_apart(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.inbound.add_once(an_inbound_message())
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        assert work.chat_lists.in_hands(agent_id="ann") == []
        [live] = work.chat_lists.with_bot(agent_id="ann", limit=9)
    assert (live.conversation_id, live.reason, live.requested_at) == ("conv-1", None, None)
