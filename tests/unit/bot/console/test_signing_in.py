"""Signing in and what is tried against it, in front of a real store."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from bot.console import Console, console_app
from bot.console.live import Live
from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.render import Wording
from deliveries.model.personal import Secret
from deliveries.services.conversing.turns import Desk
from deliveries.services.staff import accounts
from deliveries.services.staff.desk import StaffDesk
from integrations.geography import RoadGeography
from integrations.storage import Storage
from integrations.vault import FernetVault
from tests.builders import NOW, a_shipper, a_stocked_storage, an_agent, keep
from tests.doubles import OpenPlanner, OpenVault
from tests.staff_desks import KEY, a_staff_desk, let_in

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
WORDING = Wording(Catalogue(read_sources()))
RIGHT = "right"
STRONG = "four quiet words here"


@dataclass
class Hand:
    """A clock that a test sets."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def machine() -> Hand:
    return Hand()


@pytest.fixture
def store() -> Storage:
    store = a_stocked_storage()
    enrolled = {
        "password_hash": "hash of right",
        "password_chosen_at": NOW,
        "totp_sealed": FernetVault(KEY).seal(Secret(SECRET)),
        "totp_confirmed_at": NOW,
    }
    keep(
        store,
        an_agent(id="ann", name="Ann", role="admin", **enrolled),
        an_agent(id="bob", name="Bob", role="agent", **enrolled),
        an_agent(id="lea", name="Lea", role="lead", **enrolled),
        an_agent(id="new", name="New", role="agent", password_hash="hash of given"),
    )
    return store


@pytest.fixture
def desk(store: Storage, machine: Hand) -> StaffDesk:
    return a_staff_desk(store, machine)


def a_browser(desk: StaffDesk, *, tls: bool = False, closed: bool = False) -> TestClient:
    console = Console(
        desk=Desk(desk.unit_of_work, OpenPlanner(), RoadGeography(), OpenVault()),
        unit_of_work=desk.unit_of_work,
        clock=desk.machine,
        staff=desk,
        wording=WORDING,
        is_behind_tls=tls,
        live=Live(desk.unit_of_work, poll_s=0.05),
        is_closed=closed,
    )
    base = "https://testserver" if tls else "http://testserver"
    return TestClient(Starlette(routes=[Mount("/console", console_app(console))]), base_url=base)


def code_at(at: datetime) -> str:
    return pyotp.TOTP(SECRET).at(int(at.timestamp()))


def token_in(page: Response) -> str:
    found = TOKEN.search(page.text)
    assert found is not None
    return found[1]


def give_password(browser: TestClient, name: str = "Ann", password: str = RIGHT) -> Response:
    form = {"csrf_token": token_in(browser.get("/console/sign-in"))}
    form |= {"name": name, "password": password}
    return browser.post("/console/sign-in", data=form)


def give(browser: TestClient, page: Response, **form: str) -> Response:
    return browser.post(str(page.url), data={"csrf_token": token_in(page), **form})


def is_in(browser: TestClient) -> bool:
    return browser.get("/console/account", follow_redirects=False).status_code == 200


def acts(desk: StaffDesk) -> list[tuple[str, str]]:
    with desk.unit_of_work(read_only=True) as work:
        return [(entry.action, entry.object_id) for entry in work.audit.walk()]


def test_password_and_code_lead_in_and_another_token_is_used_for_each_step(
    desk: StaffDesk, machine: Hand
) -> None:
    browser = a_browser(desk)
    asked = give_password(browser)
    halfway = browser.cookies["console"]

    assert (asked.status_code, asked.url.path, is_in(browser)) == (
        200,
        "/console/sign-in/second_factor",
        False,
    )
    entered = give(browser, asked, code=code_at(machine.at))
    assert (entered.url.path, is_in(browser)) == ("/console/", True)
    assert browser.cookies["console"] != halfway
    other = a_browser(desk)
    other.cookies.set("console", halfway, path="/")
    assert not is_in(other)
    assert acts(desk) == [("session.begun", "ann")]


def test_a_newcomer_chooses_a_password_sets_the_authenticator_up_and_keeps_codes(
    desk: StaffDesk, machine: Hand
) -> None:
    browser = a_browser(desk)
    chosen = give_password(browser, "New", "given")
    assert chosen.url.path == "/console/sign-in/renewal"
    for weak in ("short", "aaaaaaaaaaaaaaa", "given"):
        assert give(browser, chosen, password=weak).status_code == 422
    shown = give(browser, chosen, password=STRONG)
    secret = re.findall(r"<code>([A-Z2-7]{32})</code>", shown.text)[0]
    again = browser.get(str(shown.url))
    assert (secret in again.text, "<svg" in again.text, "style=" in again.text) == (
        True,
        True,
        False,
    )
    assert give(browser, again, code="000000").status_code == 403
    code = pyotp.TOTP(secret).at(int(machine.at.timestamp()))
    kept = give(browser, browser.get(str(shown.url)), code=code)
    recovery = re.findall(r"<code>([a-z2-9-]{14})</code>", kept.text)

    assert (len(set(recovery)), is_in(browser)) == (10, True)
    other = a_browser(desk)
    asked = give_password(other, "New", STRONG)
    assert give(other, asked, code=recovery[0].upper()).url.path == "/console/"
    third = a_browser(desk)
    asked = give_password(third, "New", STRONG)
    assert give(third, asked, code=recovery[0]).status_code == 403
    assert give_password(a_browser(desk), "New", "given").status_code == 403


def test_a_code_counts_once_in_all_browsers_and_not_from_before(
    desk: StaffDesk, machine: Hand
) -> None:
    first, second = a_browser(desk), a_browser(desk)
    asked, seen = give_password(first), code_at(machine.at)
    over_the_shoulder = give_password(second)

    assert give(first, asked, code=seen).url.path == "/console/"
    assert give(second, over_the_shoulder, code=seen).status_code == 403
    earlier = code_at(machine.at - timedelta(seconds=30))
    assert give(second, over_the_shoulder, code=earlier).status_code == 403
    later = code_at(machine.at + timedelta(seconds=30))
    assert give(second, over_the_shoulder, code=later).url.path == "/console/"


@pytest.mark.parametrize("seconds", [-60, 60, 3600])
def test_a_code_of_another_time_is_refused(desk: StaffDesk, machine: Hand, seconds: int) -> None:
    browser = a_browser(desk)
    code = code_at(machine.at + timedelta(seconds=seconds))

    assert give(browser, give_password(browser), code=code).status_code == 403


def test_unknown_names_wrong_passwords_and_disabled_accounts_read_alike(
    desk: StaffDesk, machine: Hand
) -> None:
    with desk.unit_of_work() as work:
        accounts.disable(work, work.agents.get("bob"), actor="cli", now=machine.at)
        work.commit()
    tries = [("Ann", "wrong"), ("Nobody", "wrong"), ("Bob", "right"), ("Nobody", "nobody")]
    answers = [give_password(a_browser(desk), *each) for each in tries]

    def without_token(page: Response) -> str:
        return TOKEN.sub("", page.text)

    assert {answer.status_code for answer in answers} == {403}
    assert len({without_token(answer) for answer in answers}) == 1


def test_five_failures_close_an_account_for_longer_each_time(
    desk: StaffDesk, machine: Hand
) -> None:
    for _ in range(5):
        assert give_password(a_browser(desk), password="wrong").status_code == 403
    assert give_password(a_browser(desk)).status_code == 429
    machine.at += timedelta(seconds=61)
    assert give_password(a_browser(desk), password="wrong").status_code == 403
    machine.at += timedelta(seconds=61)
    assert give_password(a_browser(desk)).status_code == 429
    machine.at += timedelta(seconds=60)
    assert give_password(a_browser(desk)).status_code == 200


def test_from_one_address_five_failures_close_every_account(desk: StaffDesk) -> None:
    for number in range(5):
        assert give_password(a_browser(desk), f"guess-{number}").status_code == 403

    assert give_password(a_browser(desk), "Ann").status_code == 429


def test_one_account_of_ones_own_buys_no_guesses_at_another(desk: StaffDesk, machine: Hand) -> None:
    for step in range(4):
        assert give_password(a_browser(desk), "Bob", "wrong").status_code == 403
        own = a_browser(desk)
        machine.at += timedelta(seconds=30)
        code = code_at(machine.at)
        assert give(own, give_password(own), code=code).url.path == "/console/", step

    assert give_password(a_browser(desk), "Bob", "wrong").status_code == 403
    assert give_password(a_browser(desk), "Bob").status_code == 429
    assert give_password(a_browser(desk)).status_code == 429


def test_codes_are_not_guessed_either(desk: StaffDesk, machine: Hand) -> None:
    browser = a_browser(desk)
    asked = give_password(browser)
    guesses = [give(browser, asked, code=f"00000{each}").status_code for each in range(5)]

    assert guesses == [403] * 5
    assert give(browser, asked, code=code_at(machine.at)).status_code == 429


def test_a_session_that_was_planted_is_not_taken_over(desk: StaffDesk, machine: Hand) -> None:
    browser, planted = a_browser(desk), "a-token-that-the-attacker-knows"
    browser.cookies.set("console", planted, path="/")
    give(browser, give_password(browser), code=code_at(machine.at))
    attacker = a_browser(desk)
    attacker.cookies.set("console", planted, path="/")

    assert (is_in(browser), is_in(attacker)) == (True, False)


def test_a_sign_in_that_another_site_sends_is_refused(desk: StaffDesk) -> None:
    browser = a_browser(desk)
    form = {"name": "Ann", "password": "right"}
    good = {**form, "csrf_token": token_in(browser.get("/console/sign-in"))}
    stranger = a_browser(desk)
    theirs = {**form, "csrf_token": token_in(stranger.get("/console/sign-in"))}

    statuses = [
        browser.post("/console/sign-in", data=data, headers=headers).status_code
        for data, headers in (
            (form, {}),
            (theirs, {}),
            (good, {"sec-fetch-site": "cross-site"}),
            (good, {"sec-fetch-site": "same-site"}),
            (good, {"sec-fetch-site": "none"}),
            (good, {"origin": "https://evil.example"}),
            (good, {"sec-fetch-site": "same-origin"}),
        )
    ]

    assert statuses == [403, 403, 403, 403, 403, 403, 200]


@pytest.mark.parametrize(
    "path", ["/account/password", "/account/codes", "/accounts", "/accounts/bob/disable"]
)
def test_no_deed_goes_without_the_sessions_own_token(desk: StaffDesk, path: str) -> None:
    browser, other = a_browser(desk), a_browser(desk)
    let_in(browser, desk, "Ann")
    let_in(other, desk, "Lea")
    theirs = token_in(other.get("/console/account"))

    for form in ({}, {"csrf_token": "made-up"}, {"csrf_token": theirs}):
        assert browser.post(f"/console{path}", data=form).status_code == 403


def test_idle_for_half_an_hour_it_is_over_and_what_pages_do_by_themselves_is_idle(
    desk: StaffDesk, machine: Hand
) -> None:
    busy, idle = a_browser(desk), a_browser(desk)
    let_in(busy, desk, "Ann")
    let_in(idle, desk, "Bob")
    for _ in range(3):
        machine.at += timedelta(minutes=12)
        busy.get("/console/account")
        idle.get("/console/account", headers={"x-background": "yes"}, follow_redirects=False)

    assert (is_in(busy), is_in(idle)) == (True, False)


def test_after_twelve_hours_it_is_over_however_busy(desk: StaffDesk, machine: Hand) -> None:
    browser = a_browser(desk)
    let_in(browser, desk, "Ann")
    for _ in range(35):
        machine.at += timedelta(minutes=20)
        assert is_in(browser)
    machine.at += timedelta(minutes=20)

    assert not is_in(browser)


def test_a_disabled_accounts_live_session_ends_at_once(desk: StaffDesk) -> None:
    admin, agent = a_browser(desk), a_browser(desk)
    let_in(admin, desk, "Ann")
    let_in(agent, desk, "Bob")
    assert is_in(agent)

    give(admin, admin.get("/console/accounts"))
    token = token_in(admin.get("/console/accounts"))
    done = admin.post("/console/accounts/bob/disable", data={"csrf_token": token})

    assert (done.status_code, is_in(agent)) == (200, False)
    assert ("account.disabled", "bob") in acts(desk)
    assert give_password(a_browser(desk), "Bob").status_code == 403


def test_a_role_that_is_lowered_in_mid_session_holds_for_the_next_request(
    desk: StaffDesk, machine: Hand
) -> None:
    lead = a_browser(desk)
    let_in(lead, desk, "Lea")
    assert lead.get("/console/accounts").status_code == 200
    with desk.unit_of_work() as work:
        # Behind the service that ends sessions: the session itself knows under which role it began.
        work.agents.get("lea").role = "viewer"
        work.commit()

    assert lead.get("/console/accounts", follow_redirects=False).status_code == 303
    asked = give_password(lead, "Lea")
    give(lead, asked, code=code_at(machine.at))
    assert lead.get("/console/accounts").status_code == 403


@pytest.mark.parametrize(
    ("name", "of", "deed", "status"),
    [
        ("Lea", "bob", "second-factor", 200),
        ("Lea", "ann", "second-factor", 403),
        ("Lea", "lea", "password", 403),
        ("Lea", "bob", "disable", 403),
        ("Bob", "new", "second-factor", 403),
        ("Ann", "lea", "password", 200),
        ("Ann", "ann", "disable", 409),
        ("Ann", "nobody", "disable", 404),
    ],
)
def test_who_may_reset_and_change_whose_account(
    desk: StaffDesk, name: str, of: str, deed: str, status: int
) -> None:
    browser = a_browser(desk)
    let_in(browser, desk, name)
    token = token_in(browser.get("/console/account"))

    answer = browser.post(f"/console/accounts/{of}/{deed}", data={"csrf_token": token})

    assert answer.status_code == status


def test_after_a_reset_the_old_authenticator_is_worth_nothing(
    desk: StaffDesk, machine: Hand
) -> None:
    with desk.unit_of_work() as work:
        accounts.reset_second_factor(work, work.agents.get("bob"), actor="ann", now=machine.at)
        work.commit()
    browser = a_browser(desk)
    asked = give_password(browser, "Bob")

    assert asked.url.path == "/console/sign-in/enrolment"
    assert give(browser, asked, code=code_at(machine.at)).status_code == 403


def test_an_admin_adds_an_account_and_sees_its_password_once(desk: StaffDesk) -> None:
    browser = a_browser(desk)
    let_in(browser, desk, "Ann")
    token = token_in(browser.get("/console/accounts"))
    form = {"csrf_token": token, "name": "Zoë", "role": "agent"}
    added = browser.post("/console/accounts", data=form)
    password = re.findall(r"<code>([^<]+)</code>", added.text)[0]

    assert browser.post("/console/accounts", data=form).status_code == 409
    assert (
        browser.post("/console/accounts", data=form | {"name": "Max", "role": "king"}).status_code
        == 422
    )
    assert browser.post("/console/accounts", data=form | {"name": " "}).status_code == 422
    assert password not in browser.get("/console/accounts").text
    assert give_password(a_browser(desk), "Zoë", password).url.path == "/console/sign-in/renewal"


def test_what_changes_accounts_asks_for_a_fresh_sign_in(desk: StaffDesk, machine: Hand) -> None:
    browser = a_browser(desk)
    let_in(browser, desk, "Ann")
    token = token_in(browser.get("/console/accounts"))
    machine.at += timedelta(minutes=16)

    answer = browser.post("/console/accounts/bob/disable", data={"csrf_token": token})

    assert (answer.url.path, answer.url.query) == (
        "/console/sign-in",
        b"next=/console/accounts",
    )
    with desk.unit_of_work(read_only=True) as work:
        assert work.agents.get("bob").disabled_at is None


def test_ones_own_sessions_are_listed_and_ended_one_by_one(desk: StaffDesk) -> None:
    here, there = a_browser(desk), a_browser(desk)
    let_in(here, desk, "Ann")
    let_in(there, desk, "Ann")
    page = here.get("/console/account")
    [end] = re.findall(r'action="http://testserver(/console/account/sessions/[^"]+)"', page.text)

    ended = here.post(end, data={"csrf_token": token_in(page)})

    assert (ended.status_code, is_in(here), is_in(there)) == (200, True, False)
    assert here.post(end, data={"csrf_token": token_in(page)}).status_code == 404


def test_an_agent_says_which_chats_are_offered_to_them(desk: StaffDesk) -> None:
    here = a_browser(desk)
    let_in(here, desk, "Ann")
    with desk.unit_of_work() as work:
        work.shippers.add(a_shipper(id="s-2", name="Oakridge Pharmacy"))
        work.commit()
    form = {"csrf_token": token_in(here.get("/console/account")), "taking": "yes"}
    wanted = {"most": "3", "language_de": "yes", "for_s-2": "yes", "for_s-3": "yes"}

    refused = here.post("/console/account/chats", data=form | {"most": "many"})
    kept = here.post("/console/account/chats", data=form | wanted)

    assert (refused.status_code, kept.status_code) == (422, 200)
    with desk.unit_of_work(read_only=True) as work:
        ann = work.agents.by_name("Ann")
        assert ann is not None
        attendance = work.attendances.get(ann.id)
    assert (attendance.is_taking, attendance.most, attendance.languages) == (True, 3, ("de",))
    assert attendance.shippers == ("s-2",)


def test_a_password_is_changed_by_who_knows_it_and_other_sessions_end(desk: StaffDesk) -> None:
    here, there = a_browser(desk), a_browser(desk)
    let_in(here, desk, "Ann")
    let_in(there, desk, "Ann")
    page = here.get("/console/account")
    form = {"csrf_token": token_in(page), "current": "right", "password": STRONG}

    refused = here.post("/console/account/password", data=form | {"current": "wrong"})
    weak = here.post("/console/account/password", data=form | {"password": "short"})
    changed = here.post("/console/account/password", data=form)

    assert [each.status_code for each in (refused, weak, changed)] == [403, 422, 200]
    assert (is_in(here), is_in(there)) == (True, False)
    assert give_password(a_browser(desk)).status_code == 403
    assert give_password(a_browser(desk), password=STRONG).status_code == 200


def test_new_recovery_codes_void_the_old_ones(desk: StaffDesk) -> None:
    browser = a_browser(desk)
    let_in(browser, desk, "Ann")
    form = {"csrf_token": token_in(browser.get("/console/account")), "current": "right"}

    def renew() -> list[str]:
        page = browser.post("/console/account/codes", data=form)
        return re.findall(r"<code>([a-z2-9-]{14})</code>", page.text)

    old, new = renew(), renew()
    other = a_browser(desk)
    asked = give_password(other)

    assert (len(old), len(new)) == (10, 10)
    assert give(other, asked, code=old[0]).status_code == 403
    assert give(other, asked, code=new[0].replace("-", " ")).url.path == "/console/"
    assert (
        browser.post("/console/account/codes", data=form | {"current": "wrong"}).status_code == 403
    )


def test_behind_tls_cookies_are_for_this_host_alone(desk: StaffDesk) -> None:
    browser = a_browser(desk, tls=True)
    page = browser.get("/console/sign-in")
    form = {"csrf_token": token_in(page), "name": "Ann", "password": "right"}
    answer = browser.post("/console/sign-in", data=form, follow_redirects=False)

    [cookie] = [
        each for each in answer.headers.get_list("set-cookie") if each.startswith("__Host-console=")
    ]
    for part in ("; HttpOnly", "; Path=/", "; SameSite=strict", "; Secure"):
        assert part in cookie
    assert "Domain" not in cookie
    assert "max-age=31536000" in page.headers["strict-transport-security"]


def test_without_encryption_it_is_open_on_this_machine_only(desk: StaffDesk) -> None:
    closed = a_browser(desk, closed=True)

    assert [closed.get(f"/console/{path}").status_code for path in ("", "sign-in")] == [403, 403]
    assert "DOORSTEP_PUBLIC_URL" in closed.get("/console/sign-in").text


def test_every_page_of_signing_in_and_accounts_says_what_it_may_load(desk: StaffDesk) -> None:
    browser = a_browser(desk)
    pages = [browser.get("/console/sign-in"), give_password(browser)]
    let_in(browser, desk, "Ann")
    pages += [browser.get(f"/console/{path}") for path in ("account", "accounts", "nowhere")]

    for page in pages:
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["cache-control"] == "no-store"
        assert "style=" not in page.text


def test_signing_out_needs_a_form_of_ours(desk: StaffDesk) -> None:
    browser = a_browser(desk)
    let_in(browser, desk, "Ann")
    browser.post("/console/sign-out")
    assert is_in(browser)
    browser.post(
        "/console/sign-out", data={"csrf_token": token_in(browser.get("/console/account"))}
    )
    assert not is_in(browser)


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/console/account", "/console/account"),
        ("https://evil.example/", "/console/"),
        ("//evil.example", "/console/"),
        ("/console/\\evil.example", "/console/"),
        ("/api/v1", "/console/"),
        ("/consolex", "/console/"),
    ],
)
def test_signing_in_leads_back_and_nowhere_but_to_the_console(
    desk: StaffDesk, machine: Hand, wanted: str, led_to: str
) -> None:
    browser = a_browser(desk)
    page = browser.get("/console/sign-in", params={"next": wanted})
    asked = give(browser, page, name="Ann", password="right")
    entered = give(browser, asked, code=code_at(machine.at))

    assert (entered.url.host, entered.url.path) == ("testserver", led_to)


def test_a_masked_number_is_shown_to_who_may_see_it(desk: StaffDesk) -> None:
    with desk.unit_of_work() as work:
        work.agents.add(an_agent(id="vic", name="Vic", role="viewer"))
        work.commit()
    agent, viewer = a_browser(desk), a_browser(desk)
    let_in(agent, desk, "Bob")
    let_in(viewer, desk, "Vic")

    def ask(browser: TestClient, what: str, of: str) -> Response:
        token = token_in(browser.get("/console/account"))
        form = {"csrf_token": token, "what": what, "of": of}
        return browser.post("/console/chats/conv-1/reveal", data=form)

    assert ask(agent, "contact", "c-1").text == '<span class="revealed">+447700900001</span>'
    assert ask(agent, "contact", "c-2").status_code == 404
    assert ask(agent, "mood", "c-1").status_code == 422
    assert ask(viewer, "contact", "c-1").status_code == 403
    assert acts(desk) == [("personal_data.revealed", "c-1")]
