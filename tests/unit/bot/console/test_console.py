"""The console in front of a real store, without a socket."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

import bot.console.app
from bot.console import Console, console_app
from bot.console.live import Live
from bot.pictures import PictureSource
from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.render import Wording
from deliveries.model.conversation import ConversationState, Draft
from deliveries.model.message import Purpose
from deliveries.model.recipient import Channel
from deliveries.services import handoffs
from deliveries.services.conversing.turns import Desk
from deliveries.services.staff.attending import note_sign
from integrations.geography import RoadGeography
from integrations.storage import Storage
from tests.builders import NOW, a_stocked_storage, an_agent, an_inbound_message, keep
from tests.doubles import OpenPlanner, OpenVault
from tests.staff_desks import a_staff_desk, let_in

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
VERSION = re.compile(r'name="version" value="(\d+)"')


@dataclass
class Hand:
    """A clock that a test sets."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def store() -> Storage:
    store = a_stocked_storage()
    keep(
        store,
        an_agent(id="ann", name="Ann", password_hash="right"),
        an_agent(id="bob", name="Bob", password_hash="right"),
    )
    with store.unit_of_work() as work:
        conversation = work.conversations.get("conv-1")
        conversation.last_contact_id = "c-1"
        work.inbound.add_once(an_inbound_message(text="<b>human</b> please"))
        handoffs.request(work, conversation, "asked", NOW)
        work.commit()
    return store


@pytest.fixture
def machine() -> Hand:
    return Hand()


def a_browser(
    store: Storage,
    machine: Hand,
    name: str | None = "Ann",
    *,
    pictures: Mapping[Channel, PictureSource] | None = None,
) -> TestClient:
    console = Console(
        unit_of_work=store.unit_of_work,
        clock=Hand(),
        staff=a_staff_desk(store, machine),
        wording=Wording(Catalogue(read_sources(), is_strict=True)),
        is_behind_tls=False,
        live=Live(store.unit_of_work, poll_s=0.05),
        desk=Desk(store.unit_of_work, OpenPlanner(), RoadGeography(), OpenVault()),
        pictures=pictures or {},
    )
    browser = TestClient(Starlette(routes=[Mount("/console", console_app(console))]))
    if name is not None:
        let_in(browser, console.staff, name)
    return browser


def do(browser: TestClient, deed: str, **form: str) -> int:
    page = browser.get("/console/chats/conv-1").text
    token, version = TOKEN.search(page), VERSION.search(page)
    assert token is not None
    assert version is not None
    known = {"csrf_token": token[1], "version": version[1]}
    answer = browser.post(f"/console/chats/conv-1/{deed}", data=known | form)
    return answer.status_code


def agent_messages(store: Storage) -> list[str]:
    with store.unit_of_work() as work:
        sent = work.outbox.of("conv-1")
        return [str(e.sayings[0].facts["text"]) for e in sent if e.purpose is Purpose.AGENT]


@pytest.mark.parametrize(
    "path", ["/", "/list", "/rows", "/canned", "/chats/conv-1", "/chats/conv-1/part"]
)
def test_without_a_session_every_page_leads_to_the_sign_in(
    store: Storage, machine: Hand, path: str
) -> None:
    browser = a_browser(store, machine, name=None)
    answer = browser.get(f"/console{path}", follow_redirects=False)
    assert (answer.status_code, "/console/sign-in?next=" in answer.headers["location"]) == (
        303,
        True,
    )


def test_a_session_ends_by_itself(store: Storage, machine: Hand) -> None:
    browser = a_browser(store, machine)
    machine.at += timedelta(hours=13)
    answer = browser.get("/console/", follow_redirects=False)
    assert answer.status_code == 303


def test_the_queue_says_who_waits_and_why(store: Storage, machine: Hand) -> None:
    page = a_browser(store, machine).get("/console/").text
    assert "Asked for a person" in page
    assert 'data-left="1800"' in page
    assert "Waiting" in page


def test_beside_a_chat_stands_why_it_is_there(store: Storage, machine: Hand) -> None:
    with store.unit_of_work() as work:
        last = work.handoffs.open_of("conv-1")
        assert last is not None
        last.claimed_at, last.outcome = NOW, "claim_opened"
        last.close(NOW)
        conversation = work.conversations.get("conv-1")
        conversation.state, conversation.draft = ConversationState.BOT, Draft("change_address")
        work.deliveries.get("d-1").eta_at = NOW + timedelta(hours=1)
        work.commit()
    with store.unit_of_work() as work:
        handoffs.request(work, work.conversations.get("conv-1"), "fallback", NOW)
        work.commit()

    shown = a_browser(store, machine).get("/console/chats/conv-1").text
    [why] = re.findall(r'<section class="panel why">(.*?)</section>', shown, re.DOTALL)

    assert "Not understood twice" in why
    assert "A person is asked for: Asked for a person." in shown
    assert "Not the first time they need us; The van comes within two hours" in why
    assert "Another address" in why
    assert "Asked for a person, " in why
    assert "Claim opened" in why


def test_what_people_write_is_shown_as_text(store: Storage, machine: Hand) -> None:
    page = a_browser(store, machine).get("/console/chats/conv-1").text
    assert "&lt;b&gt;human&lt;/b&gt; please" in page
    assert "<b>human</b>" not in page


def test_take_reply_note_and_hand_back(store: Storage, machine: Hand) -> None:
    browser = a_browser(store, machine)
    assert do(browser, "take") == 200
    assert do(browser, "reply", text="Ann here.", key="k-1") == 200
    assert do(browser, "reply", text="Ann here.", key="k-1") == 200
    assert do(browser, "note", text="prefers evenings") == 200
    assert agent_messages(store) == ["Ann here."]
    assert do(browser, "hand-back", outcome="settled") == 200
    with store.unit_of_work() as work:
        assert work.conversations.get("conv-1").state is ConversationState.BOT


def test_a_chat_is_prioritised_given_away_accepted_and_resolved(
    store: Storage, machine: Hand
) -> None:
    ann, bob = a_browser(store, machine), a_browser(store, machine, name="Bob")
    assert do(ann, "prioritise", priority="1") == 200
    assert do(ann, "take") == 200
    with store.unit_of_work() as work:
        bobs = work.agents.by_name("Bob")
        assert bobs is not None
    assert do(ann, "assign", to=bobs.id) == 200
    assert "A colleague gave you this chat" in bob.get("/console/chats/conv-1").text
    assert do(bob, "take") == 200
    assert do(bob, "resolve", outcome="information") == 200
    with store.unit_of_work() as work:
        assert work.conversations.get("conv-1").state is ConversationState.RESOLVED


def test_a_chat_that_was_put_off_is_not_a_colleagues(store: Storage, machine: Hand) -> None:
    ann, bob = a_browser(store, machine), a_browser(store, machine, name="Bob")
    do(ann, "take")
    assert do(ann, "put-off", minutes="7") == 422
    assert do(ann, "put-off", minutes="30") == 200
    assert do(bob, "take") == 409
    assert do(bob, "assign", to="anybody") == 403
    assert do(ann, "take") == 200
    assert do(ann, "release") == 200
    assert do(bob, "take") == 200


def test_what_is_masked_is_shown_on_a_click(store: Storage, machine: Hand) -> None:
    browser = a_browser(store, machine)
    page = browser.get("/console/chats/conv-1").text
    token = TOKEN.search(page)
    assert token is not None
    form = {"csrf_token": token[1], "what": "contact", "of": "c-1"}
    with store.unit_of_work() as work:
        number = work.contacts.get("c-1").address.reveal()
    assert number not in page
    answer = browser.post("/console/chats/conv-1/reveal", data=form)
    assert (answer.status_code, number in answer.text) == (200, True)
    assert 'name="what" value="contact"' in page


@pytest.mark.behaviour(10, 11)
def test_the_second_agent_is_told_that_somebody_was_faster(store: Storage, machine: Hand) -> None:
    ann, bob = a_browser(store, machine), a_browser(store, machine, name="Bob")
    page = bob.get("/console/chats/conv-1").text
    token, version = TOKEN.search(page), VERSION.search(page)
    assert token is not None
    assert version is not None
    assert do(ann, "take") == 200
    form = {"csrf_token": token[1], "version": version[1]}
    answer = bob.post("/console/chats/conv-1/take", data=form)
    assert (answer.status_code, "Ann has this chat" in answer.text) == (409, True)


@pytest.mark.behaviour(17)
def test_a_list_shows_whose_console_is_closed(store: Storage, machine: Hand) -> None:
    ann, bob = a_browser(store, machine), a_browser(store, machine, name="Bob")
    do(ann, "take")
    with store.unit_of_work() as work:
        note_sign(work, "ann", machine_now=NOW)
        work.commit()
    shown = []
    for seconds in (45, 46):
        machine.at = NOW + timedelta(seconds=seconds)
        shown.append('Ann <b class="away">away</b>' in bob.get("/console/list?show=all").text)
    assert shown == [False, True]


@pytest.mark.behaviour(18)
def test_what_was_typed_survives_a_refusal(store: Storage, machine: Hand) -> None:
    browser = a_browser(store, machine)
    do(browser, "take")
    with store.unit_of_work() as work:
        work.contacts.get("c-1").opted_out_at = NOW
        work.commit()
    page = browser.get("/console/chats/conv-1").text
    token = TOKEN.search(page)
    assert token is not None
    form = {"csrf_token": token[1], "text": "one more thing", "key": "k"}
    answer = browser.post("/console/chats/conv-1/reply", data=form)
    assert (answer.status_code, "one more thing" in answer.text) == (409, True)
    assert agent_messages(store) == []


@pytest.mark.behaviour(40)
@pytest.mark.parametrize(
    ("headers", "form"),
    [({"sec-fetch-site": "cross-site"}, {}), ({}, {"csrf_token": "made-up"}), ({}, {})],
)
def test_a_deed_from_elsewhere_is_refused(
    store: Storage, machine: Hand, headers: dict[str, str], form: dict[str, str]
) -> None:
    browser = a_browser(store, machine)
    answer = browser.post("/console/chats/conv-1/take", data=form, headers=headers)
    assert answer.status_code == 403


def test_there_is_nothing_to_do_that_is_not_there(store: Storage, machine: Hand) -> None:
    browser = a_browser(store, machine)
    assert do(browser, "explode") == 404
    assert browser.get("/console/chats/nobody").status_code == 404


def test_pages_load_nothing_from_elsewhere(store: Storage, machine: Hand) -> None:
    answer = a_browser(store, machine).get("/console/")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert not re.findall(r'(?:src|href)="https?://(?!testserver)', answer.text)


def test_who_answers_a_chat_that_nobody_has_has_it(store: Storage, machine: Hand) -> None:
    ann, bob = a_browser(store, machine), a_browser(store, machine, name="Bob")
    assert do(ann, "reply", text="Ann here.", key="k-1") == 200
    assert do(bob, "reply", text="Bob here.", key="k-2") == 409
    assert agent_messages(store) == ["Ann here."]


def test_a_text_with_a_gap_is_not_sent(store: Storage, machine: Hand) -> None:
    browser = a_browser(store, machine)
    assert do(browser, "reply", text="It comes {window}.", key="k-1") == 422
    assert agent_messages(store) == []


def test_an_expired_session_tells_a_script_and_leads_back_to_the_chat(
    store: Storage, machine: Hand
) -> None:
    browser = a_browser(store, machine)
    machine.at += timedelta(hours=13)
    part = browser.get("/console/chats/conv-1/part", headers={"X-Requested-By": "console"})
    assert (part.status_code, "x-session-expired" in part.headers) == (401, True)
    page = browser.get("/console/chats/conv-1")
    assert page.url.params["next"] == "/console/chats/conv-1"


def test_a_draft_is_kept_and_counted_as_the_network_counts(store: Storage, machine: Hand) -> None:
    browser = a_browser(store, machine)
    token = TOKEN.search(browser.get("/console/").text)
    assert token is not None

    def draft(text: str) -> str:
        form = {"csrf_token": token[1], "mode": "reply", "text": text}
        return browser.post("/console/chats/conv-1/draft", data=form).text

    assert draft("x" * 161) == "2 SMS · 161 characters · GSM-7"
    assert (
        draft("gr\N{GRINNING FACE}") == "1 SMS · 3 characters · UCS-2 because of \N{GRINNING FACE}"
    )
    assert (
        draft("Mañana está allí, " + "x" * 60) == "1 SMS · 78 characters · GSM-7, áí without marks"
    )
    assert "Mañana está allí, " in browser.get("/console/chats/conv-1").text


def test_only_leads_keep_canned_replies_and_agents_get_them_filled_in(
    store: Storage, machine: Hand
) -> None:
    keep(store, an_agent(id="lea", name="Lea", password_hash="right", role="lead"))
    ann, lea = a_browser(store, machine), a_browser(store, machine, name="Lea")

    def add(browser: TestClient, text: str) -> int:
        token = TOKEN.search(browser.get("/console/canned").text)
        assert token is not None
        form = {"csrf_token": token[1], "code": "Hello", "text": text}
        return browser.post("/console/canned", data=form).status_code

    assert add(ann, "Hi") == 403
    assert add(lea, "Hi {nonsense}") == 422
    assert add(lea, "Hi {first_name}, {agent} here. It comes {window}.") == 200
    assert add(lea, "Hi again") == 422
    found = ann.get("/console/chats/conv-1/canned", params={"q": "/hel"}).text
    assert 'data-text="Hi Robin, Ann here. It comes {window}."' in found
    assert "fill in window" in found


def test_what_is_vendored_is_what_was_checked() -> None:
    folder = Path(bot.console.app.__file__).parent / "static/vendor"
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    kept = {name: digest for digest, name in (line.split() for line in lines)}
    assert {path.name for path in folder.glob("*.js")} == set(kept)
    for name, digest in kept.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_an_agent_acts_for_the_person_from_the_panel(store: Storage, machine: Hand) -> None:
    browser = a_browser(store, machine)
    with store.unit_of_work() as work:
        work.deliveries.get("d-1").date += timedelta(days=1)
        work.commit()

    def act(path: str, **form: str) -> tuple[int, str]:
        page = browser.get("/console/chats/conv-1").text
        token = TOKEN.search(page)
        assert token is not None
        known = {"csrf_token": token[1], "delivery_id": "d-1"}
        answer = browser.post(f"/console/chats/conv-1/acts/{path}", data=known | form)
        return answer.status_code, answer.text

    assert act("offer", goal="reschedule")[0] == 409
    do(browser, "take")
    status, shown = act("offer", goal="leave_in_safe_place", place="the shed")
    option = re.search(r'name="option_id" value="([^"]+)"', shown)
    assert option is not None
    assert "the shed" in shown
    status, shown = act("choose", option_id=option[1])
    assert (status, "Put into the reply" in shown) == (200, True)
    assert "Claim opened: damaged." in act("claim", kind="damaged")[1]
    assert act("code")[0] == 422
    assert "An agent chose for the person" in browser.get("/console/chats/conv-1").text
