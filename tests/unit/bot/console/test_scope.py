"""Who is limited to some shippers sees nothing of others' recipients, and does nothing there."""

import re
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from bot.console.live import Live
from deliveries.model.recipient import ContactAddress
from deliveries.model.staff import Role
from integrations.storage import Storage
from tests.builders import (
    NOW,
    a_contact,
    a_conversation,
    a_delivery,
    a_note,
    a_parcel,
    a_person,
    a_shipper,
    a_staff_task,
    an_agent,
    an_inbound_message,
    keep,
)
from tests.unit.bot.console.test_console import TOKEN, Hand, a_browser, do, machine, store
from tests.unit.bot.console.test_live import hear

__all__ = ["machine", "store"]


@pytest.fixture(autouse=True)
def others(store: Storage) -> None:
    """Another shipper with its recipient's chat, and Carl, who answers for that one alone."""
    keep(
        store,
        a_shipper(id="s-2", name="Other Goods"),
        a_person(id="p-2"),
        a_contact(id="c-2", person_id="p-2", address=ContactAddress("+447700900002")),
        a_delivery(id="d-2", reference="O-2", shipper_id="s-2", person_id="p-2"),
        a_conversation(id="conv-2", person_id="p-2", last_contact_id="c-2"),
        an_agent(id="carl", name="Carl", password_hash="right", shippers=("s-2",)),
    )
    with store.unit_of_work() as work:
        work.inbound.add_once(
            an_inbound_message(
                provider_id="SM-2", conversation_id="conv-2", contact_id="c-2", text="hello you"
            )
        )
        work.commit()


def token(browser: TestClient) -> str:
    found = TOKEN.search(browser.get("/console/account").text)
    assert found is not None
    return found[1]


def routes_of_a_chat(browser: TestClient) -> list[tuple[str, str]]:
    """Return the methods and paths of everything about one chat, as the console has them."""
    app = browser.app
    assert isinstance(app, Starlette)
    [mount] = [each for each in app.routes if isinstance(each, Mount)]
    return [
        (method, each.path)
        for each in mount.routes
        if isinstance(each, Route) and each.path.startswith("/chats/")
        for method in sorted((each.methods or set()) - {"HEAD"})
    ]


@pytest.mark.behaviour(40)
def test_40_a_chat_beyond_the_limit_is_not_there_on_any_page_nor_for_any_deed(
    store: Storage, machine: Hand
) -> None:
    carl = a_browser(store, machine, name="Carl")
    known = {"csrf_token": token(carl), "version": "1", "text": "Hi", "key": "k"}
    answers = {}
    for method, path in routes_of_a_chat(carl):
        asked = re.sub(r"\{(seq|at):int\}", "1", path.replace("{id}", "conv-1"))
        address = "/console" + asked.replace("{of}", "d-1")
        data = known if method == "POST" else None
        answer = carl.request(method, address, data=data)
        answers[method, path] = answer.status_code, answer.text

    assert len(answers) > 20
    gone = (404, "There is no such conversation.")
    assert answers == dict.fromkeys(answers, gone)
    assert carl.get("/console/chats/conv-404").text == gone[1]
    assert carl.get("/console/chats/conv-2").status_code == 200
    with store.unit_of_work(read_only=True) as work:
        assert work.conversations.get("conv-1").owner_id is None


@pytest.mark.behaviour(40)
def test_40_no_list_has_it(store: Storage, machine: Hand) -> None:
    carl, ann = (a_browser(store, machine, name=name) for name in ("Carl", "Ann"))
    found = {}
    for browser in (carl, ann):
        data = {"csrf_token": token(browser), "text": "E1 6AN"}
        listed = {
            show: re.findall(r'id="row-(conv-\d)"', browser.get(f"/console/list?show={show}").text)
            for show in ("all", "queue", "bot")
        }
        listed["asked"] = re.findall(
            r'id="row-(conv-\d)"(?! data-gone)',
            browser.get("/console/rows?show=found&ids=conv-1,conv-2").text,
        )
        listed["found"] = re.findall(
            r'id="row-(conv-\d)"', browser.post("/console/search", data=data).text
        )
        listed["count"] = re.findall(r'id="count-all">(\d)<', browser.get("/console/list").text)
        found[browser] = {name: sorted(each) for name, each in listed.items()}

    both, first, other = ["conv-1", "conv-2"], ["conv-1"], ["conv-2"]
    nothing: list[str] = []
    assert found[carl] == {
        "all": nothing, "queue": nothing, "bot": other, "asked": other, "found": other,
        "count": ["0"],
    }  # fmt: skip
    assert found[ann] == {
        "all": first, "queue": first, "bot": other, "asked": both, "found": both, "count": ["1"],
    }  # fmt: skip


@pytest.mark.behaviour(40)
async def test_40_no_stream_tells_of_it(store: Storage) -> None:
    with store.unit_of_work(read_only=True) as work:
        known = work.chat_events.newest()
    keep(store, a_note(id="n-1"), a_note(id="n-2", conversation_id="conv-2"))
    live = Live(store.unit_of_work, poll_s=0.02)
    stream = live.follow(known + 200, lambda: True, shippers=("s-2",))
    # It asks for what comes after a number that is not there yet: all is told anew.
    assert await hear(stream) == ("reset", None)
    missed = live.follow(known, lambda: True, shippers=("s-2",))
    assert [await hear(missed), await hear(missed)] == [("hello", None), ("chat", "conv-2")]
    everything = live.follow(known, lambda: True)
    told = [await hear(everything) for _ in range(3)]
    assert sorted(each[1] or "" for each in told) == ["", "conv-1", "conv-2"]
    keep(store, a_note(id="n-3"), a_note(id="n-4", conversation_id="conv-2"))
    assert await hear(missed) == ("chat", "conv-2")
    assert {(await hear(everything))[1] for _ in range(2)} == {"conv-1", "conv-2"}
    keep(store, a_note(id="n-5", conversation_id="conv-2"))
    assert await hear(missed) == ("chat", "conv-2")


def test_of_a_person_with_parcels_of_two_shippers_only_theirs_are_shown(
    store: Storage, machine: Hand
) -> None:
    mine = a_delivery(
        id="d-3", reference="O-3", shipper_id="s-2", parcels=(a_parcel(tracking_number="ZZ3"),)
    )
    keep(store, mine)
    carl, ann = (a_browser(store, machine, name=name) for name in ("Carl", "Ann"))
    shown = [browser.get("/console/chats/conv-1").text for browser in (carl, ann)]
    assert [[code in page for code in ("ZZ3", "LB1000000001")] for page in shown] == [
        [True, False],
        [True, True],
    ]
    assert ["which you do not see" in page for page in shown] == [True, False]

    form = {"csrf_token": token(carl), "what": "address", "of": "d-1"}
    assert carl.post("/console/chats/conv-1/reveal", data=form).status_code == 404
    assert do(carl, "take") == 200
    act = {"csrf_token": token(carl), "delivery_id": "d-1", "kind": "damaged"}
    claims = [
        carl.post("/console/chats/conv-1/acts/claim", data=act | {"delivery_id": id_})
        for id_ in ("d-1", "d-3")
    ]
    assert [answer.status_code for answer in claims] == [409, 200]


def test_a_chat_is_given_to_nobody_who_may_not_see_it(store: Storage, machine: Hand) -> None:
    ann = a_browser(store, machine)
    assert do(ann, "take") == 200
    assert '<option value="carl">' not in ann.get("/console/chats/conv-1").text
    assert do(ann, "assign", to="carl") == 422
    assert do(ann, "assign", to="bob") == 200


def test_tasks_beyond_the_limit_are_not_shown_and_cannot_be_closed(
    store: Storage, machine: Hand
) -> None:
    with store.unit_of_work() as work:
        for number, (delivery, chat) in enumerate(
            [("d-1", None), ("d-2", "conv-2"), (None, "conv-1"), (None, "conv-2"), (None, None)]
        ):
            task = a_staff_task(
                id=f"t-{number}", dedupe_key=f"{number}", delivery_id=delivery, conversation_id=chat
            )
            work.tasks.add_once(task)
        work.commit()
    carl, ann = (a_browser(store, machine, name=name) for name in ("Carl", "Ann"))
    shown = [
        re.findall(r'id="task-(t-\d)"', browser.get("/console/tasks").text)
        for browser in (carl, ann)
    ]
    assert shown == [["t-1", "t-3"], ["t-0", "t-1", "t-2", "t-3", "t-4"]]
    form = {"csrf_token": token(carl), "outcome": "done"}
    assert carl.post("/console/tasks/t-0/close", data=form).status_code == 404
    assert carl.post("/console/tasks/t-1/close", data=form).status_code == 200


def test_admins_see_everything_and_set_the_limit_which_ends_sessions_and_is_noted(
    store: Storage, machine: Hand
) -> None:
    keep(
        store,
        an_agent(id="ada", name="Ada", password_hash="right", role=Role.ADMIN, shippers=("s-2",)),
        an_agent(id="lea", name="Lea", password_hash="right", role=Role.LEAD, shippers=("s-1",)),
    )
    ada, lea, ann, bob = (
        a_browser(store, machine, name=name) for name in ("Ada", "Lea", "Ann", "Bob")
    )
    assert ada.get("/console/chats/conv-1").status_code == 200
    form = {"csrf_token": token(ada), "for_s-2": "yes"}
    assert ada.post("/console/accounts/ann/limit", data=form).status_code == 200
    assert ann.get("/console/", follow_redirects=False).status_code == 303
    ann = a_browser(store, machine)
    assert ann.get("/console/chats/conv-1").status_code == 404
    unknown = form | {"for_s-9": "yes"}
    assert ada.post("/console/accounts/ann/limit", data=unknown).status_code == 422
    with store.unit_of_work(read_only=True) as work:
        [noted] = [each for each in work.audit.walk() if each.action == "account.limited"]
    assert (noted.actor, noted.before, noted.after) == (
        "ada",
        {"shippers": []},
        {"shippers": ["s-2"]},
    )
    # Whoever could reset an account that sees more would see more.
    limited = {"csrf_token": token(lea)}
    assert lea.post("/console/accounts/ann/limit", data=limited).status_code == 403
    assert lea.post("/console/accounts/bob/password", data=limited).status_code == 403
    assert lea.post("/console/accounts/ann/password", data=limited).status_code == 403
    assert bob.get("/console/chats/conv-1").status_code == 200


def test_reports_count_their_chats_only(store: Storage, machine: Hand) -> None:
    keep(
        store,
        *(
            an_agent(id=name, name=name, password_hash="right", role=Role.LEAD, shippers=limit)
            for name, limit in (("lou", ()), ("lea", ("s-1",)), ("lil", ("s-2",)))
        ),
    )
    days = {"from": f"{NOW - timedelta(days=1):%Y-%m-%d}", "to": f"{NOW:%Y-%m-%d}"}
    rows = [
        len(
            a_browser(store, machine, name=name)
            .get("/console/reports.csv", params=days)
            .text.splitlines()
        )
        - 1
        for name in ("lou", "lea", "lil")
    ]
    assert rows == [1, 1, 0]
