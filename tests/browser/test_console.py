"""Agents at work in the console, in a real browser."""

import pytest
from playwright.sync_api import expect

from deliveries.model.conversation import ConversationState
from tests.browser.office import Office
from tests.e2e.processes import wait_until

pytestmark = pytest.mark.services


def test_an_agent_takes_over_replies_and_hands_back(office: Office) -> None:
    case = office.waiting("hello, can I speak to a person?")
    page = office.agent("ann")
    page.locator(f"#row-{case.id} a").click()
    expect(page.locator("#control")).to_contain_text("waiting")

    page.get_by_role("button", name="Take over", exact=True).click()
    expect(page.locator("#control")).to_contain_text("You have this chat")
    page.get_by_label("Reply to").fill("Ann here, how can I help?")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#thread")).to_contain_text("Ann here, how can I help?")
    expect(page.get_by_label("Reply to")).to_have_value("")
    wait_until(lambda: case.sent_by_agents() == ["Ann here, how can I help?"], "the reply")

    page.get_by_role("button", name="Hand back", exact=True).click()
    page.get_by_label("Told what they asked").check()
    page.locator("#confirm-hand-back").click()
    expect(page.locator("#control")).to_contain_text("The assistant has this chat")
    assert case.state() is ConversationState.BOT
