"""What leaves under limits: rates, leases, and logs that say nothing personal."""

import asyncio
import io
import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
import structlog

from bot.channels.twilio.send import TwilioAccount, TwilioNetwork
from bot.departure import Departure
from bot.wording.render import Rendered
from deliveries.model.message import OutboxState, Purpose
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from integrations.logs import set_up_logs
from sandbox.telegram import people
from sandbox.telegram.chats import Person
from tests.builders import NOW
from tests.integration.bot.stage import BOT_TOKEN, PERSON, SID, TOKEN, World, until
from tests.integration.bot.test_crashes import Desk, a_message


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logs(key="k", level=logging.DEBUG, stream=stream)
    yield stream
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


async def test_what_waited_too_long_for_its_turn_does_not_leave_under_an_old_claim(
    world: World,
) -> None:
    for task in world.gateway._tasks:
        task.cancel()
    a_message(world)
    desk = Desk(world, "one", world.gateway.networks)
    [departure] = await desk.claim()
    desk.machine.instant += timedelta(seconds=16)
    desk.outbox.post([departure])
    await desk.outbox.close()
    assert (desk.row().state, world.sent()) == (OutboxState.QUEUED, [])


async def test_a_slow_number_is_not_pressed() -> None:
    account = TwilioAccount(SID, TOKEN, "+15005550006", None, None, None, segments_per_s=10)
    network = TwilioNetwork(account)
    departure = Departure(
        message_id="m-1",
        attempt_id="t-1",
        contact_id="c-1",
        conversation_id="conv-1",
        purpose=Purpose.NOTICE,
        channel=Channel.SMS,
        address=ContactAddress(PERSON),
        rendered=Rendered("Hello", segments=1),
        attempts=1,
        created_at=NOW,
        leave_by=NOW,
    )
    loop = asyncio.get_running_loop()
    begun = loop.time()
    for _ in range(15):
        await network.pace(departure)
    await network.close()
    assert loop.time() - begun > 0.4


async def test_a_conversation_leaves_nothing_personal_in_the_logs(
    log: io.StringIO, world: World
) -> None:
    await until(lambda: world.stage.bot.updates.webhook)
    person = Person(id=987654321, first_name="Quillon")
    world.stage.bot.chats.people[person.id] = person
    world.text("my gate code is xylograph 4711")
    people.write(world.stage.bot, person, people.text_content("zugzwang at the door"))
    await until(lambda: len(world.rasa.asked) == 2 and world.sent())
    world.text("wrong number")
    await world.client.post("/channels/twilio/messages", data={"From": PERSON, "Body": "xylograph"})
    await until(lambda: len(world.sent()) == 2)
    lines = log.getvalue()
    assert "message_received" in lines
    marks = ("7700900001", "987654321", "xylograph", "4711", "zugzwang", "Quillon")
    assert [mark for mark in (*marks, BOT_TOKEN, TOKEN) if mark in lines] == []
