"""A person takes over: sign in, take, reply by SMS, silence of the bot, hand back."""

import re
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx
import pytest

from cli.user import Enrolled, enrolled_agent
from deliveries.model.message import InboundMessage, OutboxState, Purpose
from tests.authenticator import Phone
from tests.e2e.conftest import Newcomer
from tests.e2e.processes import wait_until
from tests.e2e.recipients import Recipient, Understood
from tests.e2e.town import Town

# What somebody goes on writing while nobody answers yet.
MEANWHILE = ("it was due at ten", "I am at home all day", "and the bell is broken")


class Console:
    """An agent's browser, without the pictures."""

    def __init__(self, town: Town, client: httpx.Client) -> None:
        self._home = f"{town.gateway}/console"
        self._client = client

    def sign_in(self, agent: Enrolled, *, password: str | None = None) -> httpx.Response:
        """Sign in by password and, if that is right, by the authenticator's code."""
        page = self._client.get(f"{self._home}/sign-in")
        form = {"csrf_token": _value(page.text, "csrf_token"), "name": agent.name}
        given = {**form, "password": password or agent.password}
        asked = self._client.post(f"{self._home}/sign-in", data=given, follow_redirects=True)
        if not asked.is_success:
            return asked
        code = {"csrf_token": _value(asked.text, "csrf_token"), "code": Phone(agent.secret).code()}
        return self._client.post(str(asked.url), data=code)

    def queue(self) -> str:
        return self._client.get(f"{self._home}/").text

    def chat(self, id_: str) -> str:
        return self._client.get(f"{self._home}/chats/{id_}").text

    def act(self, id_: str, deed: str, **form: str) -> httpx.Response:
        """Send a form of the chat's page as it stands."""
        page = self.chat(id_)
        hidden = {name: _value(page, name) for name in ("csrf_token", "version")}
        sent = {**hidden, "key": secrets.token_hex(8), **form}
        return self._client.post(f"{self._home}/chats/{id_}/{deed}", data=sent)


@pytest.fixture
def console(town: Town) -> Iterator[Console]:
    with httpx.Client(trust_env=False, timeout=30, follow_redirects=True) as client:
        console = Console(town, client)
        assert console.sign_in(a_new_agent(town)).is_success
        yield console


@pytest.mark.behaviour(1, 19, 31, 33)
def test_an_agent_takes_a_chat_replies_by_sms_and_hands_it_back(
    console: Console, bystander: Newcomer
) -> None:
    someone = bystander()

    told = someone.ask("I want to talk to a human please")
    asked = someone.understood()
    chat = someone.last_inbound().conversation_id
    assert told.text.startswith("I am passing this chat to a colleague.")
    assert asked == Understood("talk_to_human", "action_talk_to_human")
    assert f"/console/chats/{chat}" in console.queue()
    assert "talk to a human" in console.chat(chat)

    assert console.act(chat, "take").is_success
    someone.write("where is my parcel?")
    someone.last_inbound()
    assert console.act(chat, "reply", text="Hello, Sam here. How can I help?").is_success
    assert someone.hear().text == "Hello, Sam here. How can I help?"
    assert (someone.unread(), purposes_since_taken(someone)) == ([], [Purpose.AGENT])

    assert console.act(chat, "hand-back", outcome="settled").is_success
    assert someone.hear().text == "You are back with the assistant. How can I help?"
    someone.ask("where is my parcel?")
    assert someone.understood() == Understood("track_parcel", "action_track_parcel")


@pytest.mark.behaviour(20, 21)
def test_what_is_written_to_an_agent_fills_no_question_of_the_bot_and_opens_no_session(
    console: Console, bystander: Newcomer
) -> None:
    someone = bystander()
    before = someone.delivery()
    someone.ask("please leave it with my neighbour")
    chat = someone.last_inbound().conversation_id
    assert console.act(chat, "take").is_success

    someone.write("I am so angry with you people")
    assert console.act(chat, "reply", text="Sam here, sorry about that.").is_success
    someone.hear()
    silence = wait_until(lambda: heard_of(someone, "so angry"), "the words arrived")
    assert console.act(chat, "hand-back", outcome="settled").is_success
    someone.hear()
    someone.ask("hello")

    assert silence.trace is None
    assert someone.understood() == Understood("greet", "action_greet")
    assert (someone.delivery()["place"], someone.unread()) == (before["place"], [])


@pytest.mark.behaviour(32)
def test_a_hand_back_while_rasa_is_away_loses_nothing(
    console: Console, town: Town, bystander: Newcomer
) -> None:
    someone = bystander()
    someone.ask("I want to talk to a human please")
    chat = someone.last_inbound().conversation_id
    assert console.act(chat, "take").is_success
    town.processes.stop("rasa")

    try:
        back = console.act(chat, "hand-back", outcome="settled")
        told = someone.hear().text
        down = someone.ask("where is my parcel?").text
        for words in MEANWHILE:
            someone.write(words)
            someone.last_inbound()
    finally:
        town.start("rasa")
        town.wait_until_ready()

    assert back.is_success
    assert told == "You are back with the assistant. How can I help?"
    assert down.startswith("Sorry, I cannot answer by myself right now.")
    assert f"/console/chats/{chat}" in console.queue()
    # They are read by whoever takes the chat, in the order they were written in; none is answered
    # twice, and none by the assistant once it is there again.
    shown = console.chat(chat)
    places = [shown.rindex(words) for words in ("where is my parcel?", *MEANWHILE)]
    assert places == sorted(places)
    assert console.act(chat, "take").is_success
    assert console.act(chat, "reply", text="It comes at four.").is_success
    assert someone.hear().text == "It comes at four."
    assert someone.unread() == []


@pytest.mark.behaviour(6)
def test_while_nobody_has_taken_it_yet_the_bot_is_silent_until_it_is_called_back(
    bystander: Newcomer,
) -> None:
    someone = bystander()

    someone.ask("can I speak to a real person?")
    someone.write("where is my parcel?")
    someone.last_inbound()
    unread = someone.unread()

    assert unread == []
    assert someone.ask("BOT").text == "You are back with me. How can I help?"
    someone.ask("where is my parcel?")
    assert someone.understood() == Understood("track_parcel", "action_track_parcel")


@pytest.mark.behaviour(10)
def test_of_eight_agents_who_take_one_chat_at_once_one_gets_it(
    town: Town, bystander: Newcomer
) -> None:
    someone = bystander()
    someone.ask("I want to talk to a human please")
    chat = someone.last_inbound().conversation_id
    with ExitStack() as clients:
        desks = []
        for _ in range(8):
            client = httpx.Client(trust_env=False, timeout=30, follow_redirects=True)
            desks.append(Console(town, clients.enter_context(client)))
            assert desks[-1].sign_in(a_new_agent(town)).is_success
        version = _value(desks[0].chat(chat), "version")
        with ThreadPoolExecutor(len(desks)) as pool:
            answers = list(pool.map(lambda each: each.act(chat, "take", version=version), desks))

    [winner] = [each for each in answers if each.status_code == 200]
    losers = [each for each in answers if each is not winner]
    assert [each.status_code for each in losers] == [409] * 7
    with town.store.unit_of_work(read_only=True) as work:
        owner = work.agents.get(str(work.conversations.get(chat).owner_id)).name
    assert [f"{owner} has this chat" in each.text for each in losers] == [True] * 7


def test_without_signing_in_nothing_is_shown_and_a_wrong_password_is_refused(town: Town) -> None:
    with httpx.Client(trust_env=False, timeout=30) as client:
        shown = client.get(f"{town.gateway}/console/")
        console = Console(town, client)
        refused = console.sign_in(town.agent, password="a guess")
        deed = client.post(f"{town.gateway}/console/chats/c-1/take", data={"version": "1"})

    assert (shown.status_code, refused.status_code, deed.status_code) == (303, 403, 303)
    assert shown.headers["location"].endswith("/console/sign-in?next=/console/")


def heard_of(someone: Recipient, words: str) -> InboundMessage | None:
    """Return what somebody wrote with these words, once its turn is over."""
    written = someone.town.inbound(someone.channel, someone.address)
    return next((each for each in written if words in each.text and each.worked_at), None)


def a_new_agent(town: Town) -> Enrolled:
    """Return an agent of their own for each browser: a code of the authenticator counts once."""
    values = town.machine.environment
    url, key = values["DOORSTEP_DATABASE_URL"], values["DOORSTEP_SECRET_KEY"]
    return enrolled_agent(url, key, f"sam-{secrets.token_hex(4)}")


def purposes_since_taken(someone: Recipient) -> list[Purpose]:
    """Return what was written for somebody after the handoff's own message, once it all left."""

    def look() -> list[Purpose]:
        written = someone.town.outbox(someone.channel, someone.address)
        unsettled = {OutboxState.QUEUED, OutboxState.SENDING}
        if any(each.state in unsettled for each in written):
            return []
        return [each.purpose for each in written[1:] if each.state is not OutboxState.SUPPRESSED]

    return wait_until(look, "what was written")


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, f"the page has no {name}"
    return found[1]
