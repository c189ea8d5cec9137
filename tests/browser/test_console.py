"""Agents at work in the console, in a real browser."""

import pytest
from playwright.sync_api import expect

from deliveries.model.conversation import ConversationState
from tests.browser.office import Office
from tests.browser.rules import broken_rules
from tests.e2e.processes import wait_until

pytestmark = pytest.mark.services


@pytest.mark.behaviour(9)
def test_an_agent_takes_over_replies_and_hands_back(office: Office) -> None:
    case = office.waiting("hello, can I speak to a person?")
    page = office.agent("ann")
    page.locator(f"#row-{case.id} a").click()
    expect(page.locator("#control")).to_contain_text("waiting")

    page.get_by_role("button", name="Take over", exact=True).click()
    expect(page.locator("#control")).to_contain_text("You have this chat")
    page.get_by_label("Reply to").fill("Ann here, how can I help?")
    page.locator("#send").click()
    expect(page.locator("#thread")).to_contain_text("Ann here, how can I help?")
    expect(page.get_by_label("Reply to")).to_have_value("")
    wait_until(lambda: case.sent_by_agents() == ["Ann here, how can I help?"], "the reply")

    page.get_by_role("button", name="Hand back", exact=True).click()
    page.locator("#hand-back").get_by_label("Told what they asked").check()
    page.locator("#confirm-hand-back").click()
    expect(page.locator("#control")).to_contain_text("The assistant has this chat")
    assert case.state() is ConversationState.BOT


@pytest.mark.behaviour(9, 10)
def test_of_two_agents_one_gets_the_chat_and_the_other_sees_who(office: Office) -> None:
    case = office.waiting()
    ann, bob = office.agent("ann", case), office.agent("bob", case)
    ann.get_by_role("button", name="Take over", exact=True).click()
    expect(bob.locator("#control")).to_contain_text("ann has this chat", timeout=5_000)
    # Bob's screen as it was before he heard: what is done on it changes nothing.
    form = {"csrf_token": bob.locator("body").get_attribute("data-csrf") or "", "version": "1"}
    path = f"{office.console}chats/{case.id}/take"
    assert bob.request.post(path, form=form).status == 409
    expect(bob.locator("#mode-reply")).to_be_disabled()


def test_a_chat_is_given_to_a_colleague_who_resolves_it(office: Office) -> None:
    case = office.waiting()
    bob, ann = office.agent("bob", case), office.agent("ann", case)
    ann.get_by_role("button", name="Take over", exact=True).click()
    expect(ann.locator("#control")).to_contain_text("You have this chat")
    ann.locator("#open-more").click()
    ann.locator("#to").select_option(label="bob")
    ann.locator("#confirm-assign").click()
    expect(bob.locator("#control")).to_contain_text("A colleague gave you this chat")
    bob.get_by_role("button", name="Accept", exact=True).click()
    expect(bob.locator("#control")).to_contain_text("You have this chat")
    bob.keyboard.press("Alt+e")
    bob.locator("#resolve").get_by_label("Goes elsewhere").check()
    bob.locator("#confirm-resolve").click()
    expect(bob.locator("#control")).to_contain_text("Resolved")
    assert case.state() is ConversationState.RESOLVED


@pytest.mark.behaviour(36)
def test_what_is_typed_stays_while_twenty_messages_arrive(office: Office) -> None:
    case = office.waiting()
    page = office.agent("ann", case)
    typed = page.get_by_label("Reply to")
    typed.press_sequentially("I am looking int")
    typed.evaluate("field => field.setSelectionRange(5, 5)")
    for number in range(20):
        case.write(f"message {number}")
    expect(page.locator("#thread")).to_contain_text("message 19")

    state = "[document.activeElement === field, field.value, field.selectionStart]"
    assert typed.evaluate(f"field => {state}") == [True, "I am looking int", 5]
    said = page.locator(".line.recipient .said").all_inner_texts()
    assert said[-20:] == [f"message {number}" for number in range(20)]
    assert page.locator("#thread").get_attribute("aria-live") == "polite"
    typed.press("End")
    typed.press_sequentially("o it")
    page.keyboard.press("Control+Enter")
    expect(typed).to_have_value("")
    wait_until(lambda: case.sent_by_agents() == ["I am looking into it"], "the reply")


@pytest.mark.behaviour(23)
def test_three_submits_send_one_message(office: Office) -> None:
    case = office.waiting()
    page = office.agent("ann", case)
    page.get_by_label("Reply to").fill("only once")
    page.evaluate(
        """async () => {
          const form = document.getElementById("reply-form");
          const send = () => fetch(form.action, { method: "POST", body: new FormData(form),
            headers: { "X-Requested-By": "console" } });
          await Promise.all([send(), send(), send()]);
        }"""
    )
    case.write("thanks")
    wait_until(lambda: case.sent_by_agents() == ["only once"], "the reply")


@pytest.mark.behaviour(39)
def test_a_note_never_leaves_and_both_drafts_are_kept(office: Office) -> None:
    case = office.waiting()
    page = office.agent("ann", case)
    page.get_by_label("Reply to").fill("for the person")
    page.keyboard.press("Alt+n")
    page.get_by_label("Note for colleagues").fill("for us only")
    expect(page.get_by_text("Only colleagues read notes")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".line.note")).to_contain_text("for us only")
    page.keyboard.press("Alt+n")
    expect(page.get_by_label("Reply to")).to_have_value("for the person")
    page.get_by_label("Reply to").press("Control+Enter")
    wait_until(lambda: case.sent_by_agents() == ["for the person"], "the reply")
    assert "for us only" not in [each.text for each in case.someone.received()]


@pytest.mark.behaviour(27)
def test_stop_while_composing_disables_the_reply_at_once(office: Office) -> None:
    case = office.waiting()
    page = office.agent("ann", case)
    page.get_by_label("Reply to").fill("one more thing")
    case.write("STOP")
    expect(page.locator("#barred")).to_contain_text("texted STOP", timeout=5_000)
    expect(page.get_by_label("Reply to")).to_be_disabled()
    expect(page.get_by_label("Reply to")).to_have_value("one more thing")
    assert case.sent_by_agents() == []


@pytest.mark.behaviour(40)
def test_an_expired_session_keeps_the_draft_and_leads_back_to_it(office: Office) -> None:
    case = office.waiting()
    page = office.agent("ann", case)
    page.get_by_label("Reply to").fill("almost done")
    expect(page.locator("#counted")).to_contain_text("11 characters")
    page.context.clear_cookies()
    # Sent at once, or after the page has found out by itself that the session is over.
    page.keyboard.press("Control+Enter")
    page.get_by_role("link", name="Sign in again").click()
    office.sign_in(page, "ann")
    expect(page.get_by_label("Reply to")).to_have_value("almost done")
    assert case.sent_by_agents() == []


@pytest.mark.behaviour(38)
def test_a_restart_of_the_gateway_loses_and_doubles_nothing(office: Office) -> None:
    case = office.waiting()
    page = office.agent("ann", case)
    page.get_by_label("Reply to").fill("still here")
    office.town.processes.stop("gateway")
    expect(page.locator("#link")).to_contain_text("Reconnecting")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toast")).to_contain_text("What you typed is kept")
    office.town.start("gateway")
    office.town.wait_for(f"{office.console}sign-in")
    expect(page.locator("#link")).to_contain_text("Live")
    case.write("are you there?")
    expect(page.locator("#thread")).to_contain_text("are you there?")
    assert page.locator(".said", has_text="are you there?").count() == 1
    page.get_by_label("Reply to").press("Control+Enter")
    wait_until(lambda: case.sent_by_agents() == ["still here"], "the reply")


@pytest.mark.behaviour(38)
def test_a_network_that_drops_loses_and_doubles_nothing(office: Office) -> None:
    case = office.waiting()
    page = office.agent("ann", case)
    page.get_by_label("Reply to").fill("still here")
    page.context.set_offline(offline=True)
    expect(page.locator("#link")).to_contain_text("Reconnecting")
    case.write("are you there?")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toast")).to_contain_text("What you typed is kept")
    expect(page.get_by_label("Reply to")).to_have_value("still here")
    page.context.set_offline(offline=False)
    expect(page.locator("#link")).to_contain_text("Live")
    expect(page.locator("#thread")).to_contain_text("are you there?")
    assert page.locator(".said", has_text="are you there?").count() == 1
    page.get_by_label("Reply to").press("Control+Enter")
    wait_until(lambda: case.sent_by_agents() == ["still here"], "the reply")


@pytest.mark.behaviour(38)
def test_ten_tabs_share_one_connection_and_all_are_renewed(office: Office) -> None:
    case = office.waiting()
    context = office.context("ann")
    streams: list[str] = []
    context.on("request", lambda each: streams.append(each.url) if "/live?" in each.url else None)
    tabs = [office.page(context) for _ in range(10)]
    for tab in tabs:
        tab.goto(f"{office.console}chats/{case.id}")
    case.write("hello all tabs")
    for tab in tabs:
        expect(tab.locator("#thread")).to_contain_text("hello all tabs")
    assert len(streams) == 1
    tabs[0].close()
    case.write("and without the first")
    expect(tabs[9].locator("#thread")).to_contain_text("and without the first")


@pytest.mark.behaviour(37)
def test_colleagues_see_who_looks_and_who_types(office: Office) -> None:
    case = office.waiting()
    ann, bob = office.agent("ann", case), office.agent("bob", case)
    expect(ann.locator("#viewers")).to_contain_text("bob is looking too", timeout=5_000)
    bob.keyboard.press("Alt+n")
    bob.get_by_label("Note for colleagues").press_sequentially("hm")
    expect(ann.locator("#viewers")).to_contain_text("bob is typing", timeout=5_000)
    ann.reload()
    expect(ann.locator("#viewers")).to_contain_text("bob is")
    # Nothing more is heard of bob, and within six seconds of the last key he does not type.
    expect(ann.locator("#viewers")).to_contain_text("bob is looking too", timeout=6_000)


def test_an_agent_reschedules_for_the_person_and_puts_it_into_the_reply(office: Office) -> None:
    case = office.waiting()
    page = office.agent("ann", case)
    page.get_by_role("button", name="Take over", exact=True).click()
    page.locator("summary", has_text="In a safe place").first.click()
    page.get_by_label("Where", exact=True).fill("behind the shed")
    page.get_by_role("button", name="Show what is possible").locator("visible=true").click()
    page.locator(".outcome .choices button").first.click()
    page.get_by_role("button", name="Put into the reply").click()
    expect(page.get_by_label("Reply to")).not_to_have_value("")
    expect(page.locator("#thread")).to_contain_text("An agent chose for the person")


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_there_is_one_pane_at_a_time_and_nothing_is_cut_off(
    office: Office, width: int
) -> None:
    case = office.waiting("a rather long sentence about a parcel that did not come yesterday")
    page = office.agent("ann", phone=True)
    page.set_viewport_size({"width": width, "height": 800})

    def overflow() -> int:
        return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))

    assert overflow() <= 0
    page.locator(f"#row-{case.id} a").click()
    expect(page.locator("#rows")).to_be_hidden()
    assert overflow() <= 0
    page.get_by_role("button", name="Details").click()
    expect(page.locator("#facts")).to_be_visible()
    assert overflow() <= 0
    page.get_by_role("button", name="Back to the chat").click()
    page.get_by_label("Reply to").fill("from my phone")
    page.get_by_role("button", name="Take over and send").click()
    wait_until(lambda: case.sent_by_agents() == ["from my phone"], "the reply")
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page.locator("#rows")).to_be_visible()


def test_all_is_done_with_the_keyboard_alone(office: Office) -> None:
    case = office.waiting("keyboards only please", reason="not_me")
    page = office.agent("ann")
    page.locator(f"#row-{case.id} a").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).not_to_contain_text("No chat open")
    page.keyboard.press("Alt+t")
    expect(page.locator("#control")).to_contain_text("You have this chat")
    expect(page.get_by_label("Reply to")).to_be_focused()
    page.keyboard.type("typed, not clicked")
    page.keyboard.press("Control+Enter")
    wait_until(lambda: case.sent_by_agents() == ["typed, not clicked"], "the reply")
    page.keyboard.press("Alt+b")
    expect(page.locator("#hand-back")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator("#hand-back")).to_be_hidden()
    page.keyboard.press("Alt+b")
    page.locator("#confirm-hand-back").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#control")).to_contain_text("The assistant has this chat")
    page.locator("#thread").focus()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


@pytest.mark.behaviour(30)
def test_30_a_notice_that_waits_for_the_agent_is_sent_on_with_the_keyboard_and_once(
    office: Office,
) -> None:
    case = office.waiting()
    page = office.agent("ann", case)
    page.keyboard.press("Alt+t")
    expect(page.locator("#control")).to_contain_text("You have this chat")
    case.tell("Three stops to go.")
    expect(page.locator("#thread")).to_contain_text("Waiting to leave: an agent has the chat")
    button = page.get_by_role("button", name="Send now")
    page.locator("#thread").focus()
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(button).to_have_count(0)

    def times_told() -> int:
        return [each.text for each in case.someone.received()].count("Three stops to go.")

    wait_until(lambda: times_told() == 1, "the notice")
    expect(page.locator("#thread")).to_contain_text("had a notice sent that was held back")
    page.keyboard.press("Alt+b")
    page.locator("#confirm-hand-back").click()
    expect(page.locator("#control")).to_contain_text("The assistant has this chat")
    wait_until(
        lambda: any("back with the assistant" in each.text for each in case.someone.received()),
        "the word of return",
    )
    assert times_told() == 1


def test_what_a_person_photographed_is_opened_with_the_keyboard_and_stays_open(
    office: Office,
) -> None:
    case = office.waiting("it arrived crushed", reason="damage")
    case.send_picture()
    page = office.agent("ann", case)

    page.locator(".picture summary").focus()
    page.keyboard.press("Enter")
    picture = page.locator(".picture img")
    wait_until(lambda: picture.evaluate("each => each.naturalWidth") > 0, "the picture")
    case.write("can you see it?")
    expect(page.locator("#thread")).to_contain_text("can you see it?")
    expect(picture).to_be_visible()


@pytest.mark.parametrize("phone", [False, True], ids=["at a desk", "on a phone"])
def test_a_chat_is_found_by_a_phone_number_and_stays_alone_in_the_list(
    office: Office, *, phone: bool
) -> None:
    case, other = office.waiting("find me"), office.waiting("somebody else")
    page = office.agent("ann", phone=phone)
    expect(page.locator(f"#row-{other.id}")).to_be_visible()

    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type(case.someone.phone)
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_have_text("1 found.")
    other.write("still here")
    case.write("and me")
    expect(page.locator(f"#row-{case.id}")).to_contain_text("and me")
    assert page.locator("#rows .row").count() == 1
    assert case.someone.phone.strip("+") not in page.url
    page.keyboard.press("Alt+j")
    expect(page.locator(".chat")).to_have_attribute("data-chat", case.id)
    if phone:
        page.get_by_role("link", name="Back", exact=True).click()
    page.locator("#tab-all").click()
    expect(page.locator(f"#row-{other.id}")).to_be_visible()


def test_a_lead_finds_the_days_figures_on_a_phone_and_takes_them_along(office: Office) -> None:
    case = office.waiting()
    agent = office.agent("ann", case)
    agent.get_by_role("button", name="Take over", exact=True).click()
    expect(agent.locator("#control")).to_contain_text("You have this chat")
    page = office.agent("ada", role="admin", phone=True)
    page.goto(f"{office.console}reports")

    expect(page.locator("#main")).to_contain_text("Asked for a person")
    expect(page.get_by_role("rowheader", name="ann")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download (CSV)").click()
    assert "asked,3,active,ann" in download.value.path().read_text()
    for place in ("reports", "audit"):
        page.goto(f"{office.console}{place}")
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (place, overflow) == (place, 0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(office: Office, scheme: str) -> None:
    case = office.waiting()
    page = office.agent("ada", case, role="admin")
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    found = {}

    def look(name: str) -> None:
        found[name] = broken_rules(page)

    case.send_picture()
    page.locator(".picture summary").click()
    look("waiting")
    page.get_by_role("button", name="Take over", exact=True).click()
    page.get_by_label("Reply to").fill("Ada here.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".line.agent")).to_be_visible()
    page.keyboard.press("Alt+n")
    page.get_by_label("Note for colleagues").fill("seen")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".line.note")).to_be_visible()
    page.locator("summary", has_text="Reschedule").first.click()
    look("at work, writing a note")
    page.keyboard.press("Alt+n")
    page.locator("#open-hand-back").click()
    look("handing back")
    page.keyboard.press("Escape")
    for name in ("more", "resolve"):
        page.locator(f"#open-{name}").click()
        look(name)
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Show the contact").first.click()
    expect(page.locator(".revealed")).to_be_visible()
    look("revealed")
    page.goto(f"{office.console}canned")
    look("canned replies")
    page.goto(f"{office.console}reports")
    look("reports")
    page.goto(f"{office.console}reports?from=2026-03-01&to=2026-03-20")
    expect(page.locator(".plot")).to_be_visible()
    look("reports by day")
    page.goto(f"{office.console}audit?check=1")
    look("audit")
    page.goto(office.console)
    look("list")
    page.locator("#search").fill(case.someone.phone)
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_be_visible()
    look("found")
    page.context.clear_cookies()
    page.goto(office.console)
    look("sign in")
    assert found == {name: [] for name in found}
