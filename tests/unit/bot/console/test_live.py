"""What screens are told, and what they missed."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from bot.console.live import Live
from integrations.storage import Storage
from integrations.storage.console_tables import chat_events
from tests.builders import a_note, a_stocked_storage, keep


@pytest.fixture
def store() -> Storage:
    return a_stocked_storage()


def newest(store: Storage) -> int:
    with store.unit_of_work(read_only=True) as work:
        return work.chat_events.newest()


async def hear(stream: AsyncIterator[str]) -> tuple[str, str | None]:
    """Return the next message's kind and chat."""
    told = await asyncio.wait_for(anext(stream), 5)
    kind, data = re.findall(r"^(?:event|data): (.*)$", told, re.MULTILINE)
    return kind, json.loads(data).get("chat")


async def test_a_screen_hears_what_it_missed_and_then_what_comes(store: Storage) -> None:
    known = newest(store)
    keep(store, a_note(id="n-1"))
    live = Live(store.unit_of_work, poll_s=0.02)

    stream = live.follow(known, lambda: True)
    # What was before is told again: who hears twice looks twice.
    assert [await hear(stream), await hear(stream)] == [("hello", None), ("chat", "conv-1")]
    keep(store, a_note(id="n-2"))
    assert await hear(stream) == ("chat", "conv-1")


async def test_a_screen_that_missed_what_is_forgotten_is_told_to_begin_anew(
    store: Storage,
) -> None:
    live = Live(store.unit_of_work, poll_s=0.02)
    assert await hear(live.follow(newest(store) + 7, lambda: True)) == ("reset", None)


async def test_a_number_that_comes_late_is_told_all_the_same(store: Storage) -> None:
    live = Live(store.unit_of_work, poll_s=0.02)
    stream = live.follow(None, lambda: True)
    await hear(stream)
    keep(store, a_note(id="n-1"))
    assert await hear(stream) == ("chat", "conv-1")
    first = newest(store)
    for seq, chat in ((first + 2, "conv-3"), (first + 1, "conv-2")):
        with store.engine.begin() as connection:
            row = {"seq": seq, "conversation_id": chat, "kind": "chat", "at": datetime.now(UTC)}
            connection.execute(insert(chat_events), row)
        assert await hear(stream) == ("chat", chat)


async def test_a_session_is_asked_about_however_much_there_is_to_tell(
    store: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.console.live.BEAT_S", 0.1)
    live = Live(store.unit_of_work, poll_s=0.01)
    stream = live.follow(None, lambda: False)
    kinds = [(await hear(stream))[0]]
    for number in range(200):
        keep(store, a_note(id=f"n-{number}"))
        kinds.append((await hear(stream))[0])
        if kinds[-1] == "ended":
            break
    assert kinds[-1] == "ended"


async def test_the_stream_ends_with_the_session_and_with_the_process(
    store: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.console.live.BEAT_S", 0.01)
    live = Live(store.unit_of_work, poll_s=0.02)
    signed_in = [True, False]
    stream = live.follow(None, lambda: signed_in.pop(0))
    assert [(await hear(stream))[0] for _ in range(3)] == ["hello", "beat", "ended"]

    other = live.follow(None, lambda: True)
    await hear(other)
    live.close()
    assert [each async for each in other if "beat" not in each] == []
