"""The client against a stand-in that refuses what Chatwoot refuses."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from deliveries.errors import NotFoundError, UnavailableError
from integrations.chatwoot import Account, ChatwootClient
from integrations.chatwoot.webhooks import CaseStatus
from tests.chatwoot import ACCOUNT, ANA, BOT_TOKEN, INBOX, USER_TOKEN, Chatwoot
from tests.integration.bot.stage import served

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture
def chatwoot() -> Chatwoot:
    return Chatwoot()


@pytest.fixture
async def client(chatwoot: Chatwoot) -> AsyncIterator[ChatwootClient]:
    async with served(chatwoot.app()) as url:
        made = ChatwootClient(Account(url, ACCOUNT, INBOX, BOT_TOKEN, USER_TOKEN))
        yield made
        await made.close()


async def opened(client: ChatwootClient) -> int:
    contact = await client.contact("p-1", "c-1", {"channel": "sms"})
    return await client.open_case(contact, "c-1", {"handoff_reason": "damage"})


async def test_a_case_is_opened_out_of_sight_and_shown_when_it_is_described(
    chatwoot: Chatwoot, client: ChatwootClient
) -> None:
    case = await opened(client)
    was = chatwoot.cases[case].status
    await client.describe(case, facts={"parcel": "RW1"}, labels=["damage"], priority=2)
    await client.move(case, CaseStatus.OPEN)
    await client.assign(case, ANA)
    found = chatwoot.cases[case]
    assert (was, found.status, found.agent) == ("pending", "open", ANA)
    assert (found.facts, found.labels, found.priority) == ({"parcel": "RW1"}, ["damage"], "high")


async def test_a_contact_that_is_there_already_is_found(
    chatwoot: Chatwoot, client: ChatwootClient
) -> None:
    first = await client.contact("p-1", "c-1", {})
    assert await client.contact("p-1", "c-2", {}) == first
    assert len(chatwoot.contacts) == 1


async def test_words_that_look_like_a_template_are_not_rendered(
    chatwoot: Chatwoot, client: ChatwootClient
) -> None:
    case = await opened(client)
    text = "{{ contact.phone_number }} {% if x %}"
    await client.write(case, text, ref="m1", is_theirs=False, is_note=True, at=AT)
    assert chatwoot.lines(case) == [("outgoing", True, "{ { contact.phone_number }} { % if x %}")]


async def test_a_line_whose_answer_was_lost_is_found_again_by_our_own_id(
    chatwoot: Chatwoot, client: ChatwootClient
) -> None:
    case = await opened(client)
    chatwoot.loses_answers = 1
    with pytest.raises(UnavailableError):
        await client.write(case, "crushed", ref="m7", is_theirs=True, is_note=False, at=AT)
    assert list(await client.refs_of(case)) == ["m7"]


async def test_an_agent_sees_what_became_of_their_words(
    chatwoot: Chatwoot, client: ChatwootClient
) -> None:
    case = await opened(client)
    message = await chatwoot_write(chatwoot, case)
    await client.show_failed(case, message, "The person wants no messages")
    shown = chatwoot.cases[case].messages[-1]
    assert (shown["status"], shown["external_error"]) == ("failed", "The person wants no messages")


async def chatwoot_write(chatwoot: Chatwoot, case: int) -> int:
    made = chatwoot.cases[case].messages
    made.append({"id": 9105, "content": "Hi", "message_type": "outgoing", "private": False})
    return 9105


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_what_passes_by_itself_may_be_tried_again(
    chatwoot: Chatwoot, client: ChatwootClient, status: int
) -> None:
    chatwoot.failing = [status]
    with pytest.raises(UnavailableError):
        await client.check()


async def test_a_token_that_is_not_taken_makes_us_wait_long(chatwoot: Chatwoot) -> None:
    async with served(chatwoot.app()) as url:
        stranger = ChatwootClient(Account(url, ACCOUNT, INBOX, "old", "old"))
        with pytest.raises(UnavailableError) as caught:
            await stranger.check()
        await stranger.close()
    assert caught.value.retry_after_s == 300


async def test_a_conversation_that_was_deleted_is_not_found(client: ChatwootClient) -> None:
    with pytest.raises(NotFoundError):
        await client.move(1, CaseStatus.OPEN)


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    nobody = ChatwootClient(Account("http://127.0.0.1:9", ACCOUNT, INBOX, BOT_TOKEN, USER_TOKEN))
    with pytest.raises(UnavailableError):
        await nobody.check()
    await nobody.close()
