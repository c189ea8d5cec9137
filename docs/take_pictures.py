"""Takes the README's pictures from a running ``make run``: ``make pictures``.

It plays the README's story as a person would, so it fails where the story does not hold.
"""

import re
import time
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from cli.machine import kept_settings
from cli.user import Enrolled, enrolled_agent
from deliveries.model.personal import Secret
from integrations.authenticators import TotpAuthenticator

PAGE = "http://127.0.0.1:8800"
CONSOLE = "http://127.0.0.1:8080/console/"
DATA = Path(".data/run")
PICTURES = Path("docs/pictures")
PHONE = "+447700900001"
PATIENCE_MS = 90_000
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def text(page: Page, words: str, expected: str) -> None:
    """Text as the recipient and wait for the answer."""
    page.get_by_test_id("compose-text").fill(words)
    page.get_by_test_id("compose-send").click()
    page.get_by_test_id("thread").get_by_text(re.compile(expected)).last.wait_for(
        timeout=PATIENCE_MS
    )


def play_recipient(page: Page) -> None:
    """A neighbour or else friday: the right next question, a choice, the plan's verdict."""
    page.goto(PAGE)
    page.get_by_test_id(f"person-{PHONE}").click(timeout=PATIENCE_MS)
    page.get_by_test_id("day-tomorrow").click()
    text(
        page,
        "not home tomorrow, can my neighbour at 12 take it or else friday after 5?",
        "neighbour's name",
    )
    text(page, "Mrs Patel", "Shall we hand")
    page.screenshot(path=PICTURES / "asked.png")
    text(page, "2", "Confirmed for")
    time.sleep(3)
    page.screenshot(path=PICTURES / "confirmed.png")
    text(page, "I want to talk to a human", "passing this chat")


def play_agent(page: Page, agent: Enrolled) -> None:
    """Claim the chat, answer, hand back, look at the figures."""
    page.goto(CONSOLE)
    page.get_by_label("Name").fill(agent.name)
    page.get_by_label("Password").fill(agent.password)
    page.get_by_role("button", name="Sign in").click()
    code = TotpAuthenticator().code(Secret(agent.secret), now=datetime.now(UTC))
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()
    page.locator("#rows a").first.click()
    page.get_by_role("button", name="Take over", exact=True).click()
    reply = page.get_by_label("Reply to")
    reply.fill("Ann here. Friday is fine. Anything else?")
    reply.press("Control+Enter")
    page.locator(".line.agent").wait_for(timeout=PATIENCE_MS)
    page.keyboard.press("Alt+n")
    page.get_by_label("Note for colleagues").fill("Works late on Fridays.")
    page.keyboard.press("Control+Enter")
    page.locator(".line.note").wait_for(timeout=PATIENCE_MS)
    page.keyboard.press("Alt+n")
    time.sleep(2)
    page.screenshot(path=PICTURES / "console.png")
    page.emulate_media(color_scheme="dark")
    page.screenshot(path=PICTURES / "console-dark.png")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 390, "height": 844})
    page.screenshot(path=PICTURES / "console-phone.png")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator("#open-hand-back").click()
    page.locator("#confirm-hand-back").click()
    page.get_by_text("The assistant has this chat.").wait_for(timeout=PATIENCE_MS)
    page.goto(f"{CONSOLE}reports")
    page.screenshot(path=PICTURES / "reports.png", full_page=True)


def main() -> None:
    """Play the story in headless Chromium."""
    PICTURES.mkdir(exist_ok=True)
    name = f"Ann {int(time.time())}"
    kept = kept_settings(DATA)
    url, key = kept["DOORSTEP_DATABASE_URL"], kept["DOORSTEP_SECRET_KEY"]
    agent = enrolled_agent(url, key, name, role="lead")
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path="/usr/bin/chromium", args=OPTIONS)
        play_recipient(browser.new_page(viewport={"width": 1440, "height": 900}))
        play_agent(browser.new_page(viewport={"width": 1440, "height": 900}), agent)
        browser.close()


if __name__ == "__main__":
    main()
