"""A thread reads as the person saw it, whatever was written first."""

from datetime import datetime, timedelta

import pytest

from bot.console.threads import Threads
from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.happenings import Happenings
from bot.wording.render import Wording
from deliveries.model.message import OutboxMessage, OutboxState, Purpose
from tests.builders import NOW, a_stocked_storage, an_inbound_message, an_outbox_message

SOON = NOW + timedelta(seconds=5)


def a_verdict(sent_at: datetime | None) -> OutboxMessage:
    return an_outbox_message(
        id="m-verdict",
        purpose=Purpose.CONFIRMATION,
        text="It is certain.",
        sent_at=sent_at,
        state=OutboxState.SENT if sent_at else OutboxState.QUEUED,
    )


def a_reply(sent_at: datetime) -> OutboxMessage:
    return an_outbox_message(
        id="m-noted",
        text="Noted.",
        created_at=NOW + timedelta(seconds=1),
        sent_at=sent_at,
        state=OutboxState.SENT,
    )


def texts(*sent: OutboxMessage, heard: tuple[str, ...] = ("1",)) -> list[str]:
    store = a_stocked_storage()
    wording = Wording(Catalogue(read_sources(), is_strict=True))
    with store.unit_of_work() as work:
        for at, text in enumerate(heard):
            work.inbound.add_once(an_inbound_message(text=text, provider_id=f"SM{at}"))
        for message in sent:
            work.outbox.add_once(message)
        work.commit()
    with store.unit_of_work(read_only=True) as work:
        lines = Threads(wording, Happenings()).lines(
            work, work.conversations.get("conv-1"), agent_id="ann", zone="Europe/London"
        )
        return [line.text for line in lines]


@pytest.mark.parametrize("verdict_sent_at", [SOON, SOON + timedelta(seconds=1)])
def test_a_verdict_stands_beneath_what_was_sent_before_it(verdict_sent_at: datetime) -> None:
    """The planner was faster than the turn: its verdict was written first, and sent last."""
    shown = texts(a_verdict(verdict_sent_at), a_reply(SOON))

    assert shown == ["1", "Noted.", "It is certain."]


def test_what_waits_stands_where_it_was_written() -> None:
    assert texts(a_verdict(None), a_reply(SOON)) == ["1", "It is certain.", "Noted."]


def test_what_arrived_at_one_moment_keeps_its_order() -> None:
    many = tuple(f"line {number}" for number in range(1, 12))

    assert texts(heard=many) == list(many)
