"""An agent sees a picture that a person sent; who saw it is noted, and nothing is kept."""

from dataclasses import dataclass

import pytest
from starlette.testclient import TestClient

from deliveries.errors import AssistantError, InvalidInputError, NotFoundError, UnavailableError
from deliveries.model.recipient import Channel
from integrations.storage import Storage
from sandbox.pictures import draw_proof
from tests.builders import an_inbound_message, keep
from tests.unit.bot.console.test_console import Hand, a_browser, machine, store

__all__ = ["machine", "store"]


@dataclass
class Source:
    """A network that keeps one picture, or says why not."""

    content: bytes = b""
    error: AssistantError | None = None

    async def fetch(self, reference: str) -> bytes:
        assert reference == "MM1/ME1"
        if self.error is not None:
            raise self.error
        return self.content


@pytest.fixture(autouse=True)
def seq(store: Storage) -> int:
    keep(
        store,
        an_inbound_message(provider_id="MM1", text="", media_count=2, pictures=("MM1/ME1",)),
    )
    with store.unit_of_work(read_only=True) as work:
        return work.inbound.of("conv-1")[-1].seq or 0


def browser(store: Storage, machine: Hand, source: Source | None = None) -> TestClient:
    pictures = {} if source is None else {Channel.SMS: source}
    return a_browser(store, machine, pictures=pictures)


def test_the_thread_has_it_closed_and_tells_what_else_came(
    store: Storage, machine: Hand, seq: int
) -> None:
    page = browser(store, machine).get("/console/chats/conv-1").text

    assert f'src="/console/chats/conv-1/pictures/{seq}/0" loading="lazy"' in page
    assert f'<details class="picture" id="picture-{seq}-0"><summary>Picture</summary>' in page
    assert "(1 attached)" in page


def test_it_is_shown_as_what_it_is_and_noted(store: Storage, machine: Hand, seq: int) -> None:
    drawn = draw_proof("crushed")
    answer = browser(store, machine, Source(drawn)).get(f"/console/chats/conv-1/pictures/{seq}/0")

    assert (answer.status_code, answer.content) == (200, drawn)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    with store.unit_of_work(read_only=True) as work:
        [entry] = [each for each in work.audit.walk() if each.action == "picture.shown"]
    assert (entry.actor, entry.object_id, entry.after) == (
        "ann",
        "conv-1",
        {"message": seq, "picture": 0},
    )


@pytest.mark.parametrize(
    ("source", "status"),
    [
        (Source(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), 415),
        (Source(b""), 415),
        (Source(error=NotFoundError("gone")), 404),
        (Source(error=InvalidInputError("large")), 413),
        (Source(error=UnavailableError("away")), 502),
        (None, 404),
    ],
)
def test_what_cannot_be_shown_is_said(
    store: Storage, machine: Hand, seq: int, source: Source | None, status: int
) -> None:
    answer = browser(store, machine, source).get(f"/console/chats/conv-1/pictures/{seq}/0")

    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "path", ["conv-1/pictures/{seq}/1", "conv-1/pictures/999/0", "conv-9/pictures/{seq}/0"]
)
def test_only_what_stands_in_the_chat_is_fetched(
    store: Storage, machine: Hand, seq: int, path: str
) -> None:
    here = browser(store, machine, Source(draw_proof("x")))

    assert here.get(f"/console/chats/{path.format(seq=seq)}").status_code == 404


def test_who_only_looks_on_sees_that_there_is_one(store: Storage, machine: Hand, seq: int) -> None:
    with store.unit_of_work() as work:
        work.agents.get("bob").role = "viewer"
        work.commit()
    bob = a_browser(store, machine, "Bob", pictures={Channel.SMS: Source(draw_proof("x"))})

    assert bob.get(f"/console/chats/conv-1/pictures/{seq}/0").status_code == 403
    assert "(a picture)" in bob.get("/console/chats/conv-1").text
