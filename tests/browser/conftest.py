import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.office import Office, an_office
from tests.servers import skip_or_fail

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


# Of this module only: while Playwright is open here, no test of another can run an event loop.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("PLAYWRIGHT_CHROMIUM") or shutil.which("chromium")
    if path is None:
        skip_or_fail("Chromium is not installed: the console is not looked at")
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def shared_office(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("office"), chromium) as office:
        yield office


@pytest.fixture
def office(shared_office: Office) -> Iterator[Office]:
    """The office all tests share; each with agents' browsers and people of its own."""
    shared_office.problems.clear()
    yield shared_office
    shared_office.close_browsers()
    assert shared_office.problems == []
