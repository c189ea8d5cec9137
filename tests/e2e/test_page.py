"""The sandbox's page in a real browser: a text is typed, and the van's route is seen to change."""

import os
import shutil
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.e2e.conftest import Newcomer
from tests.e2e.processes import PATIENCE_S
from tests.e2e.town import Town
from tests.servers import skip_or_fail

pytestmark = pytest.mark.services

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
BEFORE_NOON = "2026-03-11T12:00:00Z"


@pytest.fixture
def page(town: Town) -> Iterator[Page]:
    chromium = os.environ.get("PLAYWRIGHT_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        skip_or_fail("Chromium is not installed: the page is not looked at")
    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(PATIENCE_S * 1000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(town.page)
        yield page
        browser.close()
    assert problems == []


def test_a_text_typed_on_the_page_is_answered_and_the_change_of_the_route_is_shown(
    page: Page, texter: Newcomer
) -> None:
    expect.set_options(timeout=PATIENCE_S * 1000)
    someone = texter(wanted=lambda each: bool(each["eta"]) and each["eta"] < BEFORE_NOON)
    delivery = someone.delivery()
    thread = page.get_by_test_id("thread")
    expect(page.get_by_test_id("gateway-state")).to_have_text("Gateway: connected")

    page.get_by_test_id("people-search").fill(delivery["recipient_name"])
    page.get_by_test_id(f"person-{someone.phone}").click()
    page.get_by_test_id("compose-text").press_sequentially("can you come tomorrow after 3pm?")
    page.keyboard.press("Enter")
    offer = someone.hear()
    expect(thread).to_contain_text(offer.labels[0])
    page.get_by_test_id("compose-text").press_sequentially("1")
    page.keyboard.press("Enter")

    expect(thread).to_contain_text(f"Confirmed for {someone.parcel}")
    expect(page.get_by_test_id(f"change-{delivery['id']}")).to_contain_text(
        delivery["recipient_name"]
    )
    after = someone.delivery()
    expect(page.get_by_test_id(f"stop-{after['stop_id']}")).to_be_attached()
    assert date.fromisoformat(after["date"]) == date(2026, 3, 11)
    assert after["eta"] > delivery["eta"]
