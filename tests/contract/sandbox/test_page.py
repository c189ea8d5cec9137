"""The page in a real browser: a recipient's reply is seen to change the route."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.contract.sandbox.playing import NUMBER, PERSON, Play
from tests.contract.sandbox.test_drivers import a_delivery, publish
from tests.servers import skip_or_fail
from tests.unit.sandbox.routes_told import a_route, a_stop

pytestmark = pytest.mark.services

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OTHER = "+447700900124"


@pytest.fixture
async def town(play: Play) -> AsyncIterator[Play]:
    publish(play, a_route(a_stop(1), a_stop(2, lon=1.1), a_stop(3, lon=1.06)))
    play.gateway.documents["/api/v1/deliveries"] = {
        "deliveries": [a_delivery(1), a_delivery(2, phone=OTHER, recipient_name="Tom Weller")]
    }
    play.gateway.documents["/api/v1/pickup-points"] = {"pickup_points": []}
    work = asyncio.create_task(play.stage.work())
    yield play
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)


@pytest.fixture(params=[1440, 390])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
async def page(town: Play, width: int) -> AsyncIterator[Page]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        skip_or_fail("Chromium is not installed: the page is not looked at")
    problems: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = await browser.new_page(viewport={"width": width, "height": 900})
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console", lambda told: problems.append(told.text) if told.type == "error" else None
        )
        await page.goto(town.page)
        await expect(page.get_by_test_id("gateway-state")).to_have_text("Gateway: connected")
        yield page
        await browser.close()
    assert problems == []


async def show(page: Page, part: str, width: int) -> None:
    if width < 900:
        await page.get_by_test_id(f"view-{part}").click()


async def test_a_reply_is_typed_with_the_keyboard_and_a_change_of_the_route_is_told(
    town: Play, page: Page, width: int
) -> None:
    await town.send_sms(Body="Your parcel comes tomorrow. Just reply.")
    await expect(page.get_by_test_id("thread")).to_contain_text("Just reply.")

    await page.get_by_test_id("compose-text").press_sequentially("friday after 5")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("thread")).to_contain_text("friday after 5")
    stops = [a_stop(2, position=1, lon=1.1), a_stop(3, position=2, lon=1.06), a_stop(1, position=3)]
    publish(town, a_route(*stops, revision=2))

    await show(page, "map", width)
    change = page.get_by_test_id("change-d1")
    await expect(change).to_have_text("Asha Patel stop 1 → 3 on van-1")
    await expect(page.get_by_test_id("stop-s1")).to_contain_text("3")
    [form] = town.gateway.forms("/channels/twilio/messages")
    assert form["Body"] == "friday after 5"


async def test_a_link_in_a_text_opens_telegram_and_buttons_can_be_tapped(
    town: Play, page: Page, width: int
) -> None:
    await town.send_sms(Body="Chat with us: https://t.me/doorstep_bot?start=lnk_1")
    await page.get_by_test_id("bubble-link").click()
    start = (await updates(town))[0]
    markup = {"inline_keyboard": [[{"text": "Friday", "callback_data": "o:1"}]]}
    chat = start["message"]["chat"]["id"]
    await town.telegram_call("sendMessage", chat_id=chat, text="When?", reply_markup=markup)

    await page.get_by_test_id("inline-o:1").click()

    tapped = (await updates(town, 2))[1]
    assert start["message"]["text"] == "/start lnk_1"
    assert tapped["callback_query"]["data"] == "o:1"
    await page.get_by_test_id("share-location").click()
    await page.get_by_test_id("pick-door").press("Enter")
    location = (await updates(town, 3))[2]["message"]["location"]
    assert location == {"latitude": 51.28, "longitude": 1.08}
    assert width > 0


async def test_the_clock_and_the_list_of_people_work(town: Play, page: Page, width: int) -> None:
    await page.get_by_test_id("clock-pause").click()
    await expect(page.get_by_test_id("clock-pause")).to_have_attribute("aria-pressed", "true")
    await show(page, "people", width)
    await page.get_by_test_id("people-search").fill("weller")
    await page.get_by_test_id(f"person-{OTHER}").click()
    await expect(page.get_by_test_id("about")).to_contain_text("Tom Weller")

    await page.get_by_test_id("jump-stop").click()
    await expect(page.get_by_test_id("clock-time")).to_have_text("08:15:00")
    await page.get_by_test_id("jump-morning").click()
    await expect(page.get_by_test_id("clock-date")).to_have_text("Wed 11 March")
    await expect(page.get_by_test_id("clock-time")).to_have_text("07:00:00")
    await page.get_by_test_id("clock-rate-600").click()

    clock = town.stage.clock.represent()
    assert (clock["rate"], clock["paused"]) == (600.0, False)


async def test_nothing_is_wider_than_the_screen_and_everything_has_a_name(
    town: Play, page: Page, width: int
) -> None:
    await town.send_sms(Body="x" * 300, To=PERSON, From=NUMBER)
    for part in ("map", "people", "log", "phone"):
        await show(page, part, width)
        overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (part, overflow) == (part, 0)
    nameless = await page.evaluate(
        """[...document.querySelectorAll("button, a[href], input, textarea")]
        .filter((each) => !each.textContent.trim() && !each.ariaLabel && !each.labels?.length)
        .map((each) => each.outerHTML)"""
    )
    untested = await page.evaluate(
        """[...document.querySelectorAll("button, a[href], input, textarea")]
        .filter((each) => !each.dataset.testid).map((each) => each.outerHTML)"""
    )
    assert (nameless, untested) == ([], [])


async def updates(town: Play, count: int = 1) -> list[dict[str, Any]]:
    for _ in range(100):
        found: list[dict[str, Any]] = (await town.telegram_call("getUpdates"))["result"]
        if len(found) >= count:
            return found
        await asyncio.sleep(0.05)
    pytest.fail(f"{count} updates did not come")
