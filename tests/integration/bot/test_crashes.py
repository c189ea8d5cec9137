"""What a gateway that dies at any instant leaves behind for the next one."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from starlette.responses import Response

from bot.channels.twilio.send import TwilioAccount, TwilioNetwork
from bot.departure import Departure, Network
from bot.departures import Departures
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.pacing import ChannelLimits, Pacing
from bot.transactions import Transactions
from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.render import Wording
from deliveries.model.message import OutboxMessage, OutboxState
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from deliveries.model.saying import Saying
from sandbox.faults import Fault
from sandbox.telegram.chats import Person
from tests.builders import a_contact, a_conversation, a_person, an_outbox_message, keep
from tests.integration.bot.stage import NUMBER, SID, TOKEN, World, answering, until
from tests.integration.bot.test_telegram import texts


class SetClock:
    def __init__(self, now: datetime) -> None:
        self.instant = now

    def now(self) -> datetime:
        return self.instant


class Desk:
    """The sending half of one gateway, with its clocks in our hands."""

    def __init__(
        self,
        world: World,
        name: str,
        networks: dict[Channel, Network],
        limits: Mapping[Channel, ChannelLimits] | None = None,
    ) -> None:
        self.store = world.gateway.store
        self.started = world.gateway.clock.now()
        self.machine = SetClock(self.started)
        wording = Wording(Catalogue(read_sources()))
        clock = SetClock(world.gateway.clock.now())
        pacing = Pacing(limits or {}, self.machine)
        self.departures = Departures(name, wording, networks, clock, self.machine, pacing)
        self.transactions = Transactions(self.store.unit_of_work, threads=1)
        self.outbox = Outbox(self.transactions, self.departures, Metrics())

    async def claim(self) -> list[Departure]:
        return await self.transactions.run(lambda work: self.outbox.claim(work, limit=5))

    async def send_all(self) -> None:
        self.outbox.post(await self.claim())
        await self.outbox.close()

    def row(self) -> OutboxMessage:
        with self.store.unit_of_work(read_only=True) as work:
            return work.outbox.get("m-1")


@pytest.fixture
async def twilio(world: World) -> AsyncIterator[TwilioNetwork]:
    # The gateway's own loops would take the rows away.
    for task in world.gateway._tasks:
        task.cancel()
    api_url = world.settings.twilio.api_url if world.settings.twilio else None
    network = TwilioNetwork(TwilioAccount(SID, TOKEN, NUMBER, None, api_url, None))
    yield network
    await network.close()


def a_message(world: World, **different: Any) -> None:
    now = world.gateway.clock.now()
    usual = {
        "sayings": (Saying("agent_text", {"text": "on its way"}),),
        "created_at": now,
        "not_before": now,
    }
    keep(
        world.gateway.store,
        a_person(),
        a_contact(),
        a_conversation(),
        an_outbox_message(**{**usual, **different}),
    )


def later(desk: Desk, first: Desk) -> Desk:
    desk.machine.instant = first.machine.instant + timedelta(seconds=31)
    return desk


async def test_death_before_the_call_loses_nothing(world: World, twilio: TwilioNetwork) -> None:
    a_message(world)
    dying = Desk(world, "one", {Channel.SMS: twilio})
    assert len(await dying.claim()) == 1
    next_one = later(Desk(world, "two", {Channel.SMS: twilio}), dying)
    await next_one.send_all()
    assert (next_one.row().state, world.sent()) == (OutboxState.QUEUED, [])
    await next_one.send_all()
    assert (next_one.row().state, world.sent()) == (OutboxState.SENT, ["on its way"])


async def test_death_after_the_call_doubles_nothing(world: World, twilio: TwilioNetwork) -> None:
    a_message(world)
    dying = Desk(world, "one", {Channel.SMS: twilio})
    [departure] = await dying.claim()
    sid = await twilio.send(departure)
    next_one = later(Desk(world, "two", {Channel.SMS: twilio}), dying)
    await next_one.send_all()
    assert (next_one.row().state, next_one.row().provider_id) == (OutboxState.SENT, sid)
    await next_one.send_all()
    assert world.sent() == ["on its way"]


async def test_the_same_words_sent_before_are_not_taken_for_these(
    world: World, twilio: TwilioNetwork
) -> None:
    a_message(world)
    first = Desk(world, "one", {Channel.SMS: twilio})
    await first.send_all()
    now = world.gateway.clock.now()
    same = an_outbox_message(
        id="m-2",
        sayings=(Saying("agent_text", {"text": "on its way"}),),
        created_at=now,
        not_before=now,
    )
    keep(world.gateway.store, same)
    dying = Desk(world, "two", {Channel.SMS: twilio})
    assert len(await dying.claim()) == 1
    next_one = later(Desk(world, "three", {Channel.SMS: twilio}), dying)
    await next_one.send_all()
    await next_one.send_all()
    assert world.sent() == ["on its way", "on its way"]


async def test_who_comes_back_late_does_not_overwrite_the_next_ones_note(
    world: World, twilio: TwilioNetwork
) -> None:
    a_message(world)
    slow = Desk(world, "one", {Channel.SMS: twilio})
    [departure] = await slow.claim()
    next_one = later(Desk(world, "two", {Channel.SMS: twilio}), slow)
    sid = await twilio.send(departure)
    await next_one.send_all()
    await slow.transactions.run(
        lambda work: slow.departures.note_delayed(work, departure, wait_s=1)
    )
    assert (next_one.row().state, next_one.row().provider_id) == (OutboxState.SENT, sid)


async def test_telegram_cannot_be_asked_so_staff_are(world: World, twilio: TwilioNetwork) -> None:
    telegram = world.gateway.networks[Channel.TELEGRAM]
    a_message(world, contact_id="c-2")
    contact = a_contact(id="c-2", channel=Channel.TELEGRAM, address=ContactAddress("1111111"))
    keep(world.gateway.store, contact)
    networks: dict[Channel, Network] = {Channel.SMS: twilio, Channel.TELEGRAM: telegram}
    dying = Desk(world, "one", networks)
    assert len(await dying.claim()) == 1
    next_one = later(Desk(world, "two", networks), dying)
    await next_one.send_all()
    assert (next_one.row().state, next_one.row().reason) == (OutboxState.FAILED, "outcome_unknown")
    assert world.sent() == []
    with world.gateway.store.unit_of_work(read_only=True) as work:
        assert [task.kind for task in work.tasks.open()] == ["message_undelivered"]


async def test_death_after_telegram_took_it_doubles_nothing(
    world: World, twilio: TwilioNetwork
) -> None:
    telegram = world.gateway.networks[Channel.TELEGRAM]
    person = Person(id=1111111, first_name="Robin", has_started=True)
    world.stage.bot.chats.people[person.id] = person
    a_message(world, contact_id="c-2")
    contact = a_contact(id="c-2", channel=Channel.TELEGRAM, address=ContactAddress("1111111"))
    keep(world.gateway.store, contact)
    networks: dict[Channel, Network] = {Channel.SMS: twilio, Channel.TELEGRAM: telegram}
    dying = Desk(world, "one", networks)
    [departure] = await dying.claim()
    await telegram.send(departure)
    next_one = later(Desk(world, "two", networks), dying)
    await next_one.send_all()
    await next_one.send_all()
    assert (next_one.row().state, next_one.row().reason) == (OutboxState.FAILED, "outcome_unknown")
    assert texts(world, person) == ["on its way"]
    with world.gateway.store.unit_of_work(read_only=True) as work:
        assert [task.kind for task in work.tasks.open()] == ["message_undelivered"]


@pytest.mark.behaviour(25)
@pytest.mark.parametrize(
    "fault",
    [Fault(reset_after=True), Fault(reset=True), Fault(fail=500), Fault(fail=503)],
    ids=["cut off after", "cut off before", "500", "503"],
)
async def test_a_call_that_breaks_off_ends_as_one_message(world: World, fault: Fault) -> None:
    world.stage.twilio_faults.add(fault, operation="create")
    world.text("hello")
    await until(
        lambda: [each.state for each in newest(world)] == [OutboxState.DELIVERED], within_s=20
    )
    assert world.sent() == ["You: hello"]


@pytest.mark.behaviour(25)
async def test_while_twilio_is_away_altogether_nothing_is_lost(world: World) -> None:
    world.stage.twilio_faults.add(Fault(reset=True), operation="*", times=3)
    world.text("hello")
    await until(
        lambda: [each.state for each in newest(world)] == [OutboxState.DELIVERED], within_s=40
    )
    assert world.sent() == ["You: hello"]


async def test_a_turn_that_dies_with_its_gateway_is_answered_once(world: World) -> None:
    async def dies(question: dict[str, Any]) -> Response:
        for task in world.gateway.inbox._active.values():
            task.cancel()
        await asyncio.sleep(0)
        return answering({"name": "agent_text", "facts": {"text": question["message"]}})

    world.rasa.reply = dies
    world.text("hello")
    await until(lambda: world.rasa.asked)
    world.rasa.reply = None
    await until(lambda: not world.gateway.inbox._active)
    with world.gateway.store.unit_of_work() as work:
        work.conversations.release_turn(
            world.rasa.asked[0]["sender"], by=world.gateway.inbox._turns.departures.name
        )
        work.commit()
    await until(world.sent)
    assert world.sent() == ["You: hello"]
    first, second = world.rasa.asked
    assert first["metadata"]["turn"] == second["metadata"]["turn"]


def newest(world: World) -> list[OutboxMessage]:
    with world.gateway.store.unit_of_work(read_only=True) as work:
        return list(work.outbox.newest(limit=20))
