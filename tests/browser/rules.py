"""What axe finds wrong with a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def broken_rules(page: Page) -> list[tuple[str, list[str]]]:
    """Return the rules of accessibility that a page breaks, each with up to three of its places."""
    rules = {"runOnly": {"type": "tag", "values": TAGS}}
    return [
        (each["id"], [node["html"][:90] for node in each["nodes"]][:3])
        for each in Axe().run(page, options=rules).response["violations"]
    ]
