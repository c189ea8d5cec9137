"""WhatsApp over Twilio: a conversation by its webhooks, inside and outside of a session."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import Response

from deliveries.model.message import OutboxMessage, OutboxState, Purpose
from deliveries.model.offer import Offer, Option, OptionKind
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from deliveries.model.saying import Saying
from sandbox.twilio.contents import Content
from sandbox.twilio.messages import Message
from tests.builders import (
    NOW,
    a_contact,
    a_conversation,
    a_delivery,
    a_depot,
    a_person,
    a_shipper,
    an_outbox_message,
    keep,
)
from tests.integration.bot.stage import PERSON, World, a_world, answering, make_database, until
from tests.integration.bot.test_crashes import Desk, later

DELAY, MENU = "HX" + "a" * 32, "HX" + "b" * 32
CHAT = f"whatsapp:{PERSON}"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A gateway with WhatsApp, an approved template and quick replies of two buttons."""
    file = tmp_path / "templates.json"
    minutes = {"en": {"sid": DELAY, "variables": ["shipper", "parcel", "minutes"]}}
    file.write_text(json.dumps({"notice_minutes_away": minutes, "quick_replies": {"2": MENU}}))
    async with a_world(make_database(tmp_path), whatsapp_templates=file) as opened:
        opened.stage.twilio.whatsapp.contents = {
            DELAY: Content("{{1}}: {{2}} is {{3}} minutes away."),
            MENU: Content("{{1}}", (("{{2}}", "{{3}}"), ("{{4}}", "{{5}}")), is_approved=False),
        }
        yield opened


def got(world: World) -> list[Message]:
    """Return what left on WhatsApp, oldest first."""
    found = world.stage.twilio.messages.all()
    return [each for each in found if each.to == CHAT and each.direction != "inbound"]


def rows(world: World) -> list[OutboxMessage]:
    with world.gateway.store.unit_of_work(read_only=True) as work:
        return list(reversed(work.outbox.newest(limit=100)))


def somebody(world: World, *, heard: timedelta | None, has_sms: bool = False) -> None:
    now = datetime.now(UTC)
    noon = f"Etc/GMT{now.hour - 12:+d}"
    chat = a_contact(
        id="k-9",
        channel=Channel.WHATSAPP,
        address=ContactAddress(PERSON),
        verified_at=NOW,
        last_inbound_at=None if heard is None else now - heard,
    )
    sms = [a_contact(address=ContactAddress(PERSON))] if has_sms else []
    person = a_person(zone=noon)
    keep(
        world.gateway.store,
        a_shipper(),
        a_depot(),
        person,
        chat,
        *sms,
        a_conversation(),
        a_delivery(),
    )


def tell(world: World, name: str = "notice_minutes_away") -> None:
    facts = {"shipper": "Larkfield Books", "parcel": "lamp", "minutes": 10, "day": "now"}
    notice = an_outbox_message(
        contact_id="k-9",
        purpose=Purpose.NOTICE,
        sayings=(Saying(name, facts),),
        delivery_id="d-1",
    )
    keep(world.gateway.store, notice)
    world.gateway.outbox.wake()


async def test_a_message_is_answered_by_free_words(world: World) -> None:
    world.stage.twilio.receive(CHAT, "where is my parcel?")

    await until(lambda: got(world))

    assert [each.body for each in got(world)] == ["You: where is my parcel?"]
    await until(lambda: rows(world)[0].state is OutboxState.DELIVERED)
    assert rows(world)[0].segments is None


async def test_who_writes_from_a_number_that_we_know_is_the_person_we_know(world: World) -> None:
    keep(
        world.gateway.store,
        a_shipper(),
        a_depot(),
        a_person(),
        a_contact(address=ContactAddress(PERSON)),
        a_conversation(),
        a_delivery(),
    )

    world.stage.twilio.receive(CHAT, "hello")
    await until(lambda: got(world))

    assert world.rasa.asked[0]["sender"] == "conv-1"
    assert world.rasa.asked[0]["metadata"]["channel"] == "whatsapp"


async def test_two_options_are_quick_replies_and_a_tap_chooses(world: World) -> None:
    async def offer_first(question: dict[str, Any]) -> Response:
        if question["message"].startswith("/choose"):
            return answering({"name": "agent_text", "facts": {"text": question["message"]}})
        options = tuple(
            Option(f"o-1-{number}", OptionKind.GOAL, Saying("agent_text", {"text": label}))
            for number, label in enumerate(["Tomorrow", "Neighbour"])
        )
        with world.gateway.store.unit_of_work() as work:
            work.offers.add(Offer("o-1", question["sender"], (), options, NOW, NOW))
            work.conversations.get(question["sender"]).last_offer_id = "o-1"
            work.commit()
        return answering({"name": "agent_text", "facts": {"text": "What now?"}, "offer_id": "o-1"})

    world.rasa.reply = offer_first
    world.stage.twilio.receive(CHAT, "not at home")
    await until(lambda: got(world))
    [menu] = got(world)
    world.stage.twilio.receive(CHAT, "Neighbour", payload=menu.buttons[1][1])
    await until(lambda: len(got(world)) == 2)

    assert (menu.body, menu.buttons) == (
        "What now?",
        [("Tomorrow", "o-1-0"), ("Neighbour", "o-1-1")],
    )
    assert got(world)[1].body == '/choose{"option_id":"o-1-1"}'


async def test_within_a_day_of_theirs_a_notice_has_our_words(world: World) -> None:
    somebody(world, heard=timedelta(hours=23))
    world.stage.twilio.whatsapp.heard_at[CHAT] = world.stage.twilio.now()
    tell(world)

    await until(lambda: got(world))

    assert got(world)[0].body == (
        "Larkfield Books: the driver with your delivery (lamp) is about 10 minutes away."
    )


async def test_after_a_day_a_notice_leaves_by_its_approved_template(world: World) -> None:
    somebody(world, heard=timedelta(hours=25))
    tell(world)

    await until(lambda: got(world))

    assert got(world)[0].body == "Larkfield Books: lamp is 10 minutes away."
    await until(lambda: rows(world)[0].state is OutboxState.DELIVERED)


@pytest.mark.parametrize("was_taken", [False, True], ids=["before the call", "after it"])
@pytest.mark.parametrize(
    "heard", [timedelta(hours=1), None], ids=["in our words", "by its approved template"]
)
async def test_a_death_at_the_call_loses_and_doubles_nothing(
    world: World, heard: timedelta | None, *, was_taken: bool
) -> None:
    for task in world.gateway._tasks:
        task.cancel()
    somebody(world, heard=heard)
    tell(world)
    dying = Desk(world, "one", world.gateway.networks)
    [departure] = await dying.claim()
    if was_taken:
        await world.gateway.networks[Channel.WHATSAPP].send(departure)
    next_one = later(Desk(world, "two", world.gateway.networks), dying)
    await next_one.send_all()
    await next_one.send_all()
    [message] = got(world)
    assert (next_one.row().state, next_one.row().provider_id) == (OutboxState.SENT, message.sid)


async def test_without_a_template_it_says_why_and_goes_by_sms_once(world: World) -> None:
    somebody(world, heard=None, has_sms=True)
    tell(world, "notice_arriving")

    await until(world.sent)

    assert (rows(world)[0].state, rows(world)[0].reason) == (OutboxState.FAILED, "outside_session")
    assert len(world.sent()) == 1
    assert got(world) == []


async def test_without_a_template_and_any_other_way_staff_are_told(world: World) -> None:
    somebody(world, heard=None)
    tell(world, "notice_arriving")

    await until(lambda: rows(world)[0].state is OutboxState.FAILED)

    with world.gateway.store.unit_of_work(read_only=True) as work:
        assert [each.kind for each in work.tasks.open()] == ["message_undelivered"]


async def test_a_wish_to_hear_no_more_holds_for_sms_too(world: World) -> None:
    somebody(world, heard=timedelta(hours=1), has_sms=True)
    world.stage.twilio.receive(CHAT, "STOP")

    await until(lambda: got(world))
    tell(world)
    await until(lambda: rows(world)[-1].state is not OutboxState.QUEUED)

    assert len(got(world)) == 1
    assert (rows(world)[-1].state, rows(world)[-1].reason) == (OutboxState.SUPPRESSED, "opted_out")
    assert world.sent() == []
