"""What leaves under limits: rates, leases, and logs that say nothing personal."""

import io
import logging
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import override

import pytest

from bot.channels.limits import channel_limits
from bot.pacing import ChannelLimits
from deliveries.model.message import OutboxState
from deliveries.model.personal import ContactAddress
from deliveries.model.rates import SenderLimit
from deliveries.model.recipient import Channel
from deliveries.model.saying import Saying
from integrations.logs import set_up_logs
from sandbox.faults import Fault
from sandbox.telegram import people
from sandbox.telegram.chats import Person
from sandbox.telegram.limits import RateLimits
from tests.builders import a_contact, a_conversation, a_person, an_outbox_message, keep
from tests.integration.bot.stage import BOT_TOKEN, PERSON, TOKEN, World, until
from tests.integration.bot.test_crashes import Desk, a_message


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logs(key="k", level=logging.DEBUG, stream=stream)
    yield stream
    root.handlers[:], root.level = handlers, level


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


@pytest.mark.parametrize(
    ("per_s", "taken"),
    [(1.0, [1, 1, 2, 2, 3, 3, 4]), (2.0, [2, 3, 4, 5, 6, 7, 8])],
    ids=["a long code", "twice that"],
)
async def test_two_gateways_together_keep_to_the_rate_of_their_number(
    world: World, per_s: float, taken: list[int]
) -> None:
    for task in world.gateway._tasks:
        task.cancel()
    pace = {Channel.SMS: ChannelLimits(SenderLimit("twilio:1", per_s=per_s, burst=per_s))}
    for number in range(10):
        a_message_to(world, number)
    first, second = (Desk(world, name, world.gateway.networks, pace) for name in ("one", "two"))
    counts = []
    for half_second in range(len(taken)):
        for desk in (first, second):
            desk.machine.instant = first.started + half_second * timedelta(seconds=0.5)
            await desk.send_all()
        counts.append(len(world.stage.twilio.messages.all()))
    assert counts == taken


class Strict(RateLimits):
    """Telegram's limits by a clock in our hands; remembers what came when, and what it refused."""

    def __init__(self) -> None:
        self.at_s = 0.0
        self.taken: list[tuple[float, int]] = []
        self.refused = 0
        super().__init__(lambda: self.at_s)

    @override
    def wait_s(self, chat_id: int) -> int:
        wait_s = super().wait_s(chat_id)
        self.refused += wait_s > 0
        self.taken += [(self.at_s, chat_id)] if not wait_s else []
        return wait_s


async def test_two_gateways_together_keep_to_what_telegram_allows(world: World) -> None:
    for task in world.gateway._tasks:
        task.cancel()
    strict = world.stage.bot.limits = Strict()
    for number in range(40):
        a_chat(world, number, messages=4 if number < 2 else 2)
    pace = channel_limits(world.settings)
    desks = [Desk(world, name, world.gateway.networks, pace) for name in ("one", "two")]
    for tenth in range(70):
        strict.at_s = tenth / 10
        for desk in desks:
            desk.machine.instant = desk.started + timedelta(seconds=tenth / 10)
            await desk.send_all()
    assert strict.refused == 0
    assert len(strict.taken) == 84
    for begin, _ in strict.taken:
        second = [chat for at_s, chat in strict.taken if begin <= at_s < begin + 1]
        assert len(second) <= 30
        assert max(Counter(second).values()) <= 3


async def test_a_pause_that_twilio_asks_for_holds_every_gateway(world: World) -> None:
    for task in world.gateway._tasks:
        task.cancel()
    pace = {Channel.SMS: ChannelLimits(SenderLimit("twilio:1", per_s=50.0, burst=50.0))}
    world.stage.twilio_faults.add(Fault(fail=429, retry_after=9), operation="create")
    a_message_to(world, 1)
    await Desk(world, "one", world.gateway.networks, pace).send_all()
    a_message_to(world, 2)
    second = Desk(world, "two", world.gateway.networks, pace)
    await second.send_all()
    assert world.stage.twilio.messages.all() == []
    second.machine.instant += timedelta(seconds=9.1)
    await second.send_all()
    assert len(world.stage.twilio.messages.all()) == 2


def a_chat(world: World, number: int, *, messages: int) -> None:
    person = Person(id=5000 + number, first_name="Robin", has_started=True)
    world.stage.bot.chats.people[person.id] = person
    now = world.gateway.clock.now()
    address = ContactAddress(str(person.id))
    keep(
        world.gateway.store,
        a_person(id=f"p-{number}"),
        a_contact(
            id=f"c-{number}", person_id=f"p-{number}", channel=Channel.TELEGRAM, address=address
        ),
        a_conversation(id=f"conv-{number}", person_id=f"p-{number}"),
        *(
            an_outbox_message(
                id=f"m-{number}-{each}",
                conversation_id=f"conv-{number}",
                contact_id=f"c-{number}",
                sayings=(Saying("agent_text", {"text": f"word {each}"}),),
                created_at=now,
                not_before=now,
            )
            for each in range(messages)
        ),
    )


def a_message_to(world: World, number: int) -> None:
    now = world.gateway.clock.now()
    address = ContactAddress(f"+4477009000{number:02}")
    keep(
        world.gateway.store,
        a_person(id=f"p-{number}"),
        a_contact(id=f"c-{number}", person_id=f"p-{number}", address=address),
        a_conversation(id=f"conv-{number}", person_id=f"p-{number}"),
        an_outbox_message(
            id=f"m-{number}",
            conversation_id=f"conv-{number}",
            contact_id=f"c-{number}",
            sayings=(Saying("agent_text", {"text": "on its way"}),),
            created_at=now,
            not_before=now,
        ),
    )


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
