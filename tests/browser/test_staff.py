"""Staff's accounts and tasks in a real browser, and sessions that end while a page is open."""

from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from deliveries.model.delivery import DeliveryStatus
from deliveries.model.history import HistoryEntry, StaffTask
from deliveries.services.staff.sessions import IDLE
from tests.authenticator import Phone
from tests.browser.office import Case, Office
from tests.browser.rules import broken_rules

pytestmark = pytest.mark.services


def hand_over_elsewhere(case: Case, off_m: int = 140) -> str:
    """Let the person's parcel be reported far from their door, with a photo and a claim."""
    office, now = case.office, case.office.town.now()
    with office.town.store.unit_of_work() as work:
        person_id = work.conversations.get(case.id).person_id
        [delivery, *_] = work.deliveries.latest_of_person(person_id, limit=1)
        delivery.status, delivery.status_at = DeliveryStatus.DELIVERED, now
        delivery.handed_to, delivery.proof_url = "neighbour", f"{office.town.page}/proofs/1"
        entry = HistoryEntry("delivered", now, "driver", delivery.id)
        entry.facts = {"handed_to": "neighbour", "off_m": off_m}
        work.history.add(entry)
        claim = StaffTask(
            id=f"t-{delivery.id}",
            kind="claim",
            dedupe_key=f"claim:{delivery.id}",
            created_at=now,
            delivery_id=delivery.id,
            conversation_id=case.id,
            facts={"reason": "not_received"},
        )
        work.tasks.add_once(claim)
        work.commit()
    return claim.id


def set_seen(office: Office, name: str, at: datetime) -> None:
    """Let somebody have been at work last at an instant."""
    with office.town.store.unit_of_work() as work:
        agent = work.agents.by_name(name)
        assert agent is not None
        for session in work.agent_sessions.of(agent.id):
            session.seen_at = at
        work.commit()


def seen(office: Office, name: str) -> set[datetime]:
    """Return when somebody was at work last, by their sessions."""
    with office.town.store.unit_of_work(read_only=True) as work:
        agent = work.agents.by_name(name)
        assert agent is not None
        return {session.seen_at for session in work.agent_sessions.of(agent.id)}


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def test_an_idle_session_ends_while_its_page_renews_itself_and_the_draft_is_kept(
    office: Office,
) -> None:
    case = office.waiting()
    page = office.agent("ida", case)
    page.get_by_label("Reply to").fill("almost done")
    expect(page.locator("#counted")).to_contain_text("11 characters")
    # For two seconds of the last key they count as typing, and typing as being there.
    page.wait_for_timeout(4_000)
    last_seen = datetime.now(UTC) - IDLE + timedelta(minutes=5)
    set_seen(office, "ida", last_seen)
    # Rows, the chat and who looks on are asked for meanwhile, by the page itself.
    for number in range(3):
        case.write(f"line {number}")
        expect(page.locator("#thread")).to_contain_text(f"line {number}")
    assert seen(office, "ida") == {last_seen}
    set_seen(office, "ida", datetime.now(UTC) - IDLE)
    expect(page.locator("#ended")).to_be_visible(timeout=40_000)
    page.get_by_role("link", name="Sign in again").click()
    office.sign_in(page, "ida")
    expect(page.get_by_label("Reply to")).to_have_value("almost done")


def test_who_only_reads_is_asked_before_the_session_ends_and_stays_by_a_key(office: Office) -> None:
    case = office.waiting()
    page = office.page(office.context("ivo"))
    page.clock.install()
    page.goto(f"{office.console}chats/{case.id}")
    page.clock.fast_forward("26:00")
    expect(page.locator("#idle")).to_be_hidden()
    page.clock.fast_forward("01:20")
    expect(page.locator("#idle")).to_be_visible()
    with page.expect_request(lambda each: "x-background" not in each.headers) as asked:
        page.keyboard.press("Enter")
    assert asked.value.url.endswith("rows?ids=")
    expect(page.locator("#idle")).to_be_hidden()
    page.clock.fast_forward("26:00")
    expect(page.locator("#idle")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_claim_is_closed_with_the_keyboard_alone(office: Office, width: int) -> None:
    case = office.waiting("where is it? it is not here")
    task_id = hand_over_elsewhere(case)
    page = office.agent("ann", case)
    page.set_viewport_size({"width": width, "height": 800})
    if width < 980:
        page.get_by_role("button", name="Details").click()
    panel = page.locator("#facts")
    expect(panel).to_contain_text("140 m from the address")
    expect(panel.get_by_role("link", name="The driver's photo")).to_be_visible()
    panel.get_by_role("link", name="Delivered, but not received").focus()
    page.keyboard.press("Enter")

    task = page.locator(f"#task-{task_id}")
    expect(task).to_be_visible()
    assert overflow(page) <= 0
    # Going to its place in the page, once that is loaded, takes the focus from anywhere else.
    page.wait_for_load_state()
    page.wait_for_timeout(200)
    task.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(task.get_by_role("radio").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("at the neighbour's")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("That task is closed.")
    expect(task).to_have_count(0)
    page.get_by_role("link", name="Closed").click()
    expect(task).to_contain_text("Found, or it is with them · ann")
    expect(task).to_contain_text("at the neighbour's")
    assert overflow(page) <= 0


@pytest.mark.behaviour(40)
def test_40_who_answers_for_another_shipper_sees_nothing_of_a_chat(office: Office) -> None:
    case = office.waiting()
    with office.town.store.unit_of_work(read_only=True) as work:
        person_id = work.conversations.get(case.id).person_id
        theirs = {e.shipper_id for e in work.deliveries.latest_of_person(person_id, limit=9)}
        other = next(each for each in work.shippers.all() if each.id not in theirs)
    office.agent("carl").close()
    admin = office.agent("ada", role="admin")
    admin.goto(f"{office.console}accounts")
    row = admin.locator(".person", has=admin.get_by_role("heading", name="carl"))
    row.locator("summary").click()
    row.get_by_label(other.name).check()
    row.get_by_role("button", name="Keep what carl sees").click()
    expect(row.locator("summary")).to_have_text(other.name)

    page = office.page(office.browser.new_context())
    page.goto(office.console)
    office.sign_in(page, "carl")
    expect(page.locator("#link")).to_have_attribute("data-state", "live")
    expect(page.locator(f"#row-{case.id}")).to_have_count(0)
    case.write("anybody there?")
    ann = office.agent("ann", case)
    expect(ann.locator("#thread")).to_contain_text("anybody there?")
    page.wait_for_timeout(1_500)
    expect(page.locator(f"#row-{case.id}")).to_have_count(0)
    answer = page.goto(f"{office.console}chats/{case.id}")
    assert answer is not None
    assert answer.status == 404
    page.context.close()


def take_in(page: Page, office: Office, name: str, password: str, look: "Look") -> None:
    """Let a newcomer sign in for the first time, looking at each page on the way."""
    page.goto(office.console)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    look(page, "renewal")
    page.get_by_label("New password").fill("a heron counts seven umbrellas")
    page.get_by_role("button", name="Keep it").click()
    look(page, "enrolment")
    phone = Phone(page.locator("code").inner_text())
    page.get_by_role("textbox", name="Code").fill(phone.code())
    page.get_by_role("button", name="Go on").click()
    look(page, "recovery codes")
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill("a heron counts seven umbrellas")
    page.get_by_role("button", name="Sign in").click()
    look(page, "code")
    page.get_by_role("textbox", name="Code").fill("000000")
    page.get_by_role("button", name="Go on").click()
    look(page, "wrong code")


class Look:
    """Notes what axe finds wrong with each page, and what does not fit."""

    def __init__(self) -> None:
        self.found: dict[str, object] = {}

    def __call__(self, page: Page, name: str) -> None:
        page.locator("#main").wait_for()
        self.found[name] = broken_rules(page), max(0, overflow(page))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_accounts_breaks_a_rule_of_accessibility(
    office: Office, scheme: Literal["light", "dark"]
) -> None:
    look = Look()
    hand_over_elsewhere(office.waiting())
    admin = office.agent("ada", role="admin")
    admin.emulate_media(color_scheme=scheme)
    admin.goto(f"{office.console}account")
    look(admin, "account")
    admin.goto(f"{office.console}tasks")
    admin.locator(".closing summary").first.click()
    look(admin, "tasks")
    admin.goto(f"{office.console}tasks?show=done")
    look(admin, "tasks closed")
    admin.goto(f"{office.console}accounts")
    admin.get_by_label("Name").fill(f"new {scheme}")
    admin.get_by_role("button", name="Add").click()
    look(admin, "accounts, with a password")
    password = admin.locator("code").inner_text()
    admin.locator(".limit summary").first.click()
    look(admin, "accounts, with a limit")

    context = office.browser.new_context(viewport={"width": 390, "height": 800})
    newcomer = office.page(context)
    newcomer.emulate_media(color_scheme=scheme)
    take_in(newcomer, office, f"new {scheme}", password, look)
    context.close()
    assert look.found == {name: ([], 0) for name in look.found}
