import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.responses import Response

from deliveries.errors import UnavailableError
from deliveries.model.conversation import ConversationState
from deliveries.model.message import OutboxMessage, OutboxState, Purpose
from deliveries.model.saying import Saying
from deliveries.services.messages.receiving import Received, receive
from deliveries.services.wordings.writing import write_wording
from sandbox.faults import Fault
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
from tests.integration.bot.stage import NUMBER, PERSON, World, answering, until


def rows(world: World) -> list[OutboxMessage]:
    with world.gateway.store.unit_of_work(read_only=True) as work:
        return list(reversed(work.outbox.newest(limit=100)))


def states(world: World) -> list[OutboxState]:
    return [row.state for row in rows(world)]


def tasks(world: World) -> list[str]:
    with world.gateway.store.unit_of_work(read_only=True) as work:
        return [task.kind for task in work.tasks.open()]


async def test_a_signed_message_is_answered_and_followed_to_its_delivery(world: World) -> None:
    world.text("where is my parcel?")
    await until(world.sent)
    assert world.sent() == ["You: where is my parcel?"]
    await until(lambda: states(world) == [OutboxState.DELIVERED])
    [message] = [each for each in world.stage.twilio.messages.all() if each.to == PERSON]
    assert message.status_callback is not None
    called_back = f"/channels/twilio/status?m={rows(world)[0].id}#rc=5&rp=all"
    assert message.status_callback.endswith(called_back)


async def test_what_a_gateway_fails_to_keep_is_handed_in_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = iter([UnavailableError("the database restarts")] * 2)

    def keep_at_last(*args: Any, **more: Any) -> Received:
        for failure in failures:
            raise failure
        return receive(*args, **more)

    monkeypatch.setattr("bot.reception.receive", keep_at_last)
    world.text("where is my parcel?")
    await until(world.sent)
    assert world.sent() == ["You: where is my parcel?"]


async def test_messages_of_one_person_are_answered_in_order(world: World) -> None:
    async def slowly(question: dict[str, Any]) -> Response:
        await asyncio.sleep(0.05)
        return answering({"name": "agent_text", "facts": {"text": question["message"]}})

    world.rasa.reply = slowly
    for number in range(12):
        world.text(f"message {number}")
        await until(lambda: world.received() > number)  # noqa: B023 called at once
    await until(lambda: "message 11" in "\n".join(world.sent()))
    assert "\n".join(world.sent()).split("\n") == [f"message {number}" for number in range(12)]
    keys = [question["metadata"]["turn"] for question in world.rasa.asked]
    assert len(keys) == len(set(keys))


async def test_the_same_webhook_twice_is_worked_once(world: World) -> None:
    message = world.stage.twilio.receive(PERSON, "hello")
    await until(world.sent)
    world.stage.twilio.report_again(message.sid)
    await asyncio.sleep(0.4)
    assert world.sent() == ["You: hello"]


async def test_nobody_without_a_signature_gets_in(world: World) -> None:
    form = {"MessageSid": "SM1", "From": PERSON, "To": NUMBER, "Body": "hello"}
    for path in ("/channels/twilio/messages", "/channels/twilio/status"):
        assert (await world.client.post(path, data=form)).status_code == 403
        refused = await world.client.post(
            path, json=form, headers={"X-Twilio-Signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8="}
        )
        assert refused.status_code == 403
    assert world.rasa.asked == []


async def test_leaving_is_obeyed_at_once_and_twilio_confirms_it_alone(world: World) -> None:
    world.text("hello")
    await until(lambda: len(world.sent()) == 1)
    world.text("STOP")
    await until(lambda: len(world.sent()) == 2)
    world.text("where is it?")
    await until(lambda: world.received() == 3)
    await asyncio.sleep(0.3)
    assert len(world.rasa.asked) == 1
    assert "unsubscribed" in world.sent()[-1]
    assert len(rows(world)) == 1


async def test_leaving_in_other_words_is_confirmed_by_us(world: World) -> None:
    world.text("S T O P !")
    await until(world.sent)
    assert [row.sayings[0].name for row in rows(world)] == ["opt_out_done"]
    assert world.rasa.asked == []


@pytest.mark.behaviour(29)
async def test_a_refusal_because_the_person_left_is_mirrored(world: World) -> None:
    world.stage.twilio.opt_outs.hear(PERSON, NUMBER, "STOP")
    world.text("hello")
    await until(lambda: states(world) == [OutboxState.FAILED])
    assert rows(world)[0].reason == "opted_out"
    assert tasks(world) == []
    world.text("are you there?")
    await until(lambda: world.received() == 2)
    await asyncio.sleep(0.3)
    assert len(world.rasa.asked) == 1


async def test_an_undelivered_message_becomes_a_task(world: World) -> None:
    world.stage.twilio_faults.add(Fault(undelivered=30003), operation="create")
    world.text("hello")
    await until(lambda: states(world) == [OutboxState.FAILED])
    assert (rows(world)[0].reason, tasks(world)) == ("handset_unreachable", ["message_undelivered"])


async def test_receipts_out_of_order_and_twice_change_nothing(world: World) -> None:
    fault = Fault(duplicate_callbacks=True, reorder_callbacks=True)
    world.stage.twilio_faults.add(fault, operation="create")
    world.text("hello")
    await until(lambda: states(world) == [OutboxState.DELIVERED])
    await world.stage.twilio.settle()
    assert states(world) == [OutboxState.DELIVERED]


async def test_throttling_delays_and_does_not_double(world: World) -> None:
    world.stage.twilio_faults.add(Fault(fail=429, retry_after=1), operation="create", times=2)
    world.text("hello")
    await until(world.sent)
    await until(lambda: states(world) == [OutboxState.DELIVERED])
    assert world.sent() == ["You: hello"]


@pytest.mark.behaviour(8)
async def test_when_rasa_is_down_the_person_is_told_once_and_passed_on(world: World) -> None:
    async def broken(question: dict[str, Any]) -> Response:
        del question
        return Response(status_code=500)

    world.rasa.reply = broken
    world.text("hello")
    await until(world.sent)
    world.text("hello?")
    await until(lambda: world.received() == 2)
    await asyncio.sleep(0.3)
    assert len(world.rasa.asked) == 2
    assert [[each.name for each in row.sayings] for row in rows(world)] == [
        ["bot_down", "handoff_bot_down"]
    ]
    with world.gateway.store.unit_of_work(read_only=True) as work:
        [handoff] = work.handoffs.queue()
        conversation = work.conversations.get(handoff.conversation_id)
        assert conversation.state is ConversationState.QUEUED
        assert [message.text for message in work.inbound.of(conversation.id)] == ["hello", "hello?"]


async def test_notices_of_others_are_sent_without_being_asked_for(world: World) -> None:
    world.text("hello")
    await until(world.sent)
    [row] = rows(world)
    with world.gateway.store.unit_of_work() as work:
        for number in range(3):
            work.outbox.add(
                an_outbox_message(
                    id=f"m-{number}",
                    conversation_id=row.conversation_id,
                    contact_id=row.contact_id,
                    purpose=Purpose.CONFIRMATION,
                    sayings=(Saying("agent_text", {"text": f"notice {number}"}),),
                    created_at=row.created_at,
                    not_before=row.created_at,
                )
            )
        work.commit()
    await until(lambda: len(world.sent()) == 4)
    assert world.sent()[1:] == ["notice 0", "notice 1", "notice 2"]


async def test_health_readiness_and_metrics_are_told(world: World) -> None:
    assert (await world.client.get("/healthz")).json() == {"status": "ok"}
    ready = await world.client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"database": "ok", "rasa": "ok"})
    world.text("hello")
    await until(world.sent)
    metrics = (await world.client.get("/metrics")).text
    assert 'doorstep_messages_received_total{channel="sms"} 1.0' in metrics
    assert "doorstep_eta_coverage" in metrics


async def test_a_notice_leaves_in_its_shippers_own_words_as_they_are_now(world: World) -> None:
    store = world.gateway.store
    # Where it is noon now: notices keep quiet hours by the clock of their reader.
    noon = f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"
    person = a_person(zone=noon)
    keep(store, a_shipper(), a_depot(), person, a_contact(), a_conversation(), a_delivery())
    facts = {"shipper": "Larkfield Books", "parcel": "lamp", "minutes": 10}

    async def told(number: int) -> str:
        row = an_outbox_message(
            id=f"m-{number}",
            dedupe_key=f"k-{number}",
            purpose=Purpose.NOTICE,
            sayings=(Saying("notice_minutes_away", facts),),
            delivery_id="d-1",
        )
        keep(store, row)
        world.gateway.outbox.wake()
        await until(lambda: len(world.sent()) == number)
        return world.sent()[-1]

    def write(text: str | None) -> None:
        with store.unit_of_work() as work:
            write_wording(work, "s-1", "notice_minutes_away", "en", text, by="", now=NOW)
            work.commit()

    usual = await told(1)
    write("{ $shipper }: { $parcel } in { $minutes } min.")
    own = await told(2)
    write("{ $shipper }: { $parcel } soon.")
    newer = await told(3)
    write(None)

    assert (own, newer, await told(4)) == (
        "Larkfield Books: lamp in 10 min.",
        "Larkfield Books: lamp soon.",
        usual,
    )
