"""An agent finds a chat, with a script or without one, and nobody else does."""

import re

from starlette.testclient import TestClient

from integrations.storage import Storage
from tests.unit.bot.console.test_console import TOKEN, Hand, a_browser, machine, store

__all__ = ["machine", "store"]


def search(browser: TestClient, text: str, *, part: bool = True) -> tuple[int, str]:
    token = TOKEN.search(browser.get("/console/account").text)
    assert token is not None
    headers = {"X-Requested-By": "console"} if part else {}
    form = {"csrf_token": token[1], "text": text}
    answer = browser.post("/console/search", data=form, headers=headers)
    return answer.status_code, answer.text


def test_what_is_found_stands_in_the_lists_place(store: Storage, machine: Hand) -> None:
    status, part = search(a_browser(store, machine), "E1 6AN")

    assert (status, "row-conv-1" in part, "1 found." in part) == (200, True, True)
    assert "<html" not in part


def test_without_a_script_it_is_a_page(store: Storage, machine: Hand) -> None:
    status, page = search(a_browser(store, machine), "E1 6AN", part=False)

    assert (status, "row-conv-1" in page, "<html" in page) == (200, True, True)
    assert re.findall(r'href="([^"]*)" id="tab-queue"', page) == ["/console/?show=queue"]


def test_a_reload_leads_back_to_the_list(store: Storage, machine: Hand) -> None:
    answer = a_browser(store, machine).get("/console/search", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "http://testserver/console/")


def test_what_finds_nobody_and_what_is_too_short_is_said(store: Storage, machine: Hand) -> None:
    ann = a_browser(store, machine)

    assert "No chat found" in search(ann, "N1 9GU")[1]
    status, part = search(ann, "x")
    assert (status, "Please write 3 to 100 characters." in part) == (422, True)


def test_rows_that_were_found_are_renewed_whoever_has_them(store: Storage, machine: Hand) -> None:
    part = a_browser(store, machine).get("/console/rows?show=found&ids=conv-1,conv-9").text

    assert ("row-conv-1" in part, 'id="row-conv-9" data-gone' in part) == (True, True)


def test_who_only_looks_on_does_not_search(store: Storage, machine: Hand) -> None:
    with store.unit_of_work() as work:
        work.agents.get("bob").role = "viewer"
        work.commit()
    bob = a_browser(store, machine, "Bob")

    assert search(bob, "E1 6AN")[0] == 403
    assert 'id="search"' not in bob.get("/console/").text
