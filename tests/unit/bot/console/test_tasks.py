"""Tasks and claims are closed with what came of them; a proof is opened, and that is noted."""

import re

import pytest
from starlette.testclient import TestClient

from deliveries.model.delivery import DeliveryStatus
from deliveries.model.staff import Role
from integrations.storage import Storage
from tests.builders import a_staff_task, an_agent, keep
from tests.unit.bot.console.test_console import TOKEN, Hand, a_browser, machine, store

__all__ = ["machine", "store"]


@pytest.fixture(autouse=True)
def tasks(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.tasks.add_once(a_staff_task(id="t-1", kind="unassigned", dedupe_key="a"))
        claim = a_staff_task(
            id="t-2",
            kind="claim",
            dedupe_key="b",
            delivery_id="d-1",
            conversation_id="conv-1",
            facts={"reason": "damaged"},
        )
        work.tasks.add_once(claim)
        delivery = work.deliveries.get("d-1")
        delivery.status, delivery.proof_url = DeliveryStatus.DELIVERED, "https://photos.test/1"
        work.commit()


def close(browser: TestClient, id_: str, **form: str) -> tuple[int, str]:
    token = TOKEN.search(browser.get("/console/account").text)
    assert token is not None
    data = {"csrf_token": token[1]} | form
    answer = browser.post(f"/console/tasks/{id_}/close", data=data)
    return answer.status_code, answer.text


def listed(page: str) -> list[str]:
    return re.findall(r'id="task-(t-\d)"', page)


def test_claims_come_first_with_their_parcel_and_chat(store: Storage, machine: Hand) -> None:
    page = a_browser(store, machine).get("/console/tasks").text
    assert listed(page) == ["t-2", "t-1"]
    assert "Claim: damaged" in page
    assert "Robin V." in page
    assert "/console/chats/conv-1" in page
    beside = a_browser(store, machine).get("/console/chats/conv-1").text
    assert 'href="/console/tasks#task-t-2">Damaged</a>' in beside


def test_a_claim_ends_with_an_outcome_that_the_timeline_and_the_log_tell(
    store: Storage, machine: Hand
) -> None:
    ann = a_browser(store, machine)
    status, page = close(ann, "t-2", outcome="compensated", note="20 pounds, by the shipper")
    assert (status, listed(page), "That task is closed." in page) == (200, ["t-1"], True)
    done = ann.get("/console/tasks?show=done").text
    assert (listed(done), "Compensated · Ann" in done) == (["t-2"], True)
    assert "20 pounds, by the shipper" in done
    beside = ann.get("/console/chats/conv-1").text
    assert "The claim was closed: compensated." in beside
    assert "Damaged</a>" not in beside
    with store.unit_of_work(read_only=True) as work:
        [noted] = work.audit.of("task", "t-2")
    told = (noted.actor, noted.action, noted.after, noted.reason)
    assert told == ("ann", "claim.closed", {"kind": "claim", "outcome": "compensated"}, None)


def test_of_two_who_close_a_task_the_second_is_told(store: Storage, machine: Hand) -> None:
    ann, bob = a_browser(store, machine), a_browser(store, machine, name="Bob")
    assert close(ann, "t-1", outcome="done")[0] == 200
    status, page = close(bob, "t-1", outcome="not_needed")
    assert (status, "A colleague has closed it meanwhile." in page) == (409, True)
    with store.unit_of_work(read_only=True) as work:
        task = work.tasks.get("t-1")
        assert (task.done_by, task.outcome, len(work.audit.of("task", "t-1"))) == ("ann", "done", 1)


def test_a_claim_is_not_just_done_and_what_was_typed_is_kept(store: Storage, machine: Hand) -> None:
    ann = a_browser(store, machine)
    assert close(ann, "t-1", outcome="compensated")[0] == 422
    status, page = close(ann, "t-2", outcome="done", note="kept words")
    assert (status, "Choose what came of it" in page, "kept words" in page) == (422, True, True)
    assert close(ann, "t-9", outcome="done")[0] == 404
    assert listed(ann.get("/console/tasks").text) == ["t-2", "t-1"]


def test_who_only_looks_on_closes_nothing_and_opens_no_proof(store: Storage, machine: Hand) -> None:
    keep(store, an_agent(id="vic", name="Vic", password_hash="right", role=Role.VIEWER))
    vic = a_browser(store, machine, name="Vic")
    page = vic.get("/console/tasks").text
    assert (listed(page), "Close it" in page) == (["t-2", "t-1"], False)
    assert close(vic, "t-1", outcome="done")[0] == 403
    assert vic.get("/console/chats/conv-1/proof/d-1").status_code == 403
    assert "proof/d-1" not in vic.get("/console/chats/conv-1").text


def test_opening_the_drivers_photo_is_noted(store: Storage, machine: Hand) -> None:
    ann = a_browser(store, machine)
    page = ann.get("/console/chats/conv-1").text
    assert "photos.test" not in page
    assert 'href="/console/chats/conv-1/proof/d-1"' in page
    answer = ann.get("/console/chats/conv-1/proof/d-1", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "https://photos.test/1")
    with store.unit_of_work(read_only=True) as work:
        [noted] = work.audit.of("delivery", "d-1")
    assert (noted.actor, noted.action, noted.after) == (
        "ann",
        "proof.opened",
        {"conversation_id": "conv-1"},
    )


@pytest.mark.parametrize("where", [None, "javascript:alert(1)"])
def test_where_no_photo_is_nobody_is_led_anywhere(
    store: Storage, machine: Hand, where: str | None
) -> None:
    with store.unit_of_work() as work:
        work.deliveries.get("d-1").proof_url = where
        work.commit()
    answer = a_browser(store, machine).get("/console/chats/conv-1/proof/d-1")
    assert answer.status_code == 404
