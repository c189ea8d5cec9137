import asyncio

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, UserUttered
from rasa.utils.endpoints import EndpointConfig
from rasa.core.tracker_store import TrackerStore

from nlu.components.tracker_store import RecentTurnsTrackerStore

TURNS = 60


@pytest.fixture
def store(tmp_path):
    endpoint = EndpointConfig(
        type="nlu.components.tracker_store.RecentTurnsTrackerStore", url=f"sqlite:///{tmp_path}/trackers.db"
    )
    return TrackerStore.create(endpoint, domain=Domain.empty())


async def a_turn(store, text):
    tracker = await store.get_or_create_tracker("c-1", append_action_listen=False)
    if not tracker.events:
        for event in (ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")):
            tracker.update(event)
    for event in (UserUttered(text), ActionExecuted("action_help"), ActionExecuted("action_listen")):
        tracker.update(event)
    await store.save(tracker)
    return tracker


def test_is_what_the_endpoint_names(store):
    assert isinstance(store, RecentTurnsTrackerStore)


def test_a_long_conversation_keeps_its_last_turns_only_and_loses_none_of_those(store):
    async def converse():
        most = 0
        for number in range(TURNS):
            tracker = await a_turn(store, f"message {number}")
            most = max(most, len(tracker.events))
        return most, await store.retrieve("c-1")

    most, kept = asyncio.run(converse())
    assert most < 100
    said = [event.text for event in kept.events if isinstance(event, UserUttered)]
    assert said == [f"message {number}" for number in range(TURNS - len(said), TURNS)]
    assert len(said) >= RecentTurnsTrackerStore.KEPT_TURNS - 1


def test_other_conversations_are_left_alone(store):
    async def converse():
        tracker = await store.get_or_create_tracker("c-2", append_action_listen=False)
        tracker.update(UserUttered("mine"))
        await store.save(tracker)
        for number in range(TURNS):
            await a_turn(store, str(number))
        return await store.retrieve("c-2")

    assert [event.text for event in asyncio.run(converse()).events if isinstance(event, UserUttered)] == ["mine"]
