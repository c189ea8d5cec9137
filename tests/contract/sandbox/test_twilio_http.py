"""The Twilio stand-in over HTTP, with the real client and with faults."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.responses import Response
from twilio.base.exceptions import TwilioRestException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.rest import Client

from tests.contract.sandbox.playing import NUMBER, PERSON, SID, TOKEN, Play

# twilio 9.13 uses what aiohttp 3.14 announces to drop
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")

MESSAGES = "/channels/twilio/messages"
STATUS = "/channels/twilio/status"


@pytest.fixture
async def client(play: Play) -> AsyncIterator[Client]:
    async with AsyncTwilioHttpClient() as http_client:
        client = Client(SID, TOKEN, http_client=http_client)
        client.api.base_url = play.twilio
        yield client


async def test_the_real_client_sends_lists_fetches_redacts_and_deletes(
    play: Play, client: Client
) -> None:
    sent = await client.messages.create_async(to=PERSON, from_=NUMBER, body="Hello")
    await play.settle()

    fetched = await client.messages(sent.sid).fetch_async()
    listed = await client.messages.list_async(to=PERSON, limit=5)
    redacted = await client.messages(sent.sid).update_async(body="")
    deleted = await client.messages(sent.sid).delete_async()

    assert (sent.status, fetched.status, redacted.body) == ("queued", "delivered", "")
    assert [message.sid for message in listed] == [sent.sid]
    assert deleted
    with pytest.raises(TwilioRestException) as raised:
        await client.messages(sent.sid).fetch_async()
    assert (raised.value.status, raised.value.code) == (404, 20404)


async def test_the_real_client_pages_through_everything(play: Play, client: Client) -> None:
    for number in range(5):
        await play.send_sms(Body=str(number))
    await play.settle()

    found = await client.messages.list_async(to=PERSON, page_size=2)

    assert [message.body for message in found] == ["4", "3", "2", "1", "0"]


async def test_lists_by_the_simulated_date_on_which_a_message_was_sent(
    play: Play, client: Client
) -> None:
    await client.messages.create_async(to=PERSON, from_=NUMBER, body="today")
    await play.settle()
    today = play.stage.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)

    since = await client.messages.list_async(to=PERSON, date_sent_after=today)
    before = await client.messages.list_async(to=PERSON, date_sent_before=today)

    assert ([m.body for m in since], before) == (["today"], [])


async def test_the_real_client_is_told_what_is_wrong(client: Client) -> None:
    with pytest.raises(TwilioRestException) as raised:
        await client.messages.create_async(to="12", from_=NUMBER, body="Hello")

    assert (raised.value.status, raised.value.code) == (400, 21211)


async def test_wrong_credentials_are_refused(play: Play) -> None:
    async with AsyncTwilioHttpClient() as http_client:
        client = Client(SID, "wrong", http_client=http_client)
        client.api.base_url = play.twilio
        with pytest.raises(TwilioRestException) as raised:
            await client.messages.create_async(to=PERSON, from_=NUMBER, body="Hello")

    assert (raised.value.status, raised.value.code) == (401, 20003)


async def add_faults(play: Play, *faults: dict[str, object]) -> None:
    body = {"provider": "twilio", "operation": "create", "faults": list(faults)}
    assert (await play.post("/api/faults", body)).status_code == 201


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_a_planned_failure_sends_nothing(play: Play, status: int) -> None:
    await add_faults(play, {"fail": status})

    failed, taken = await play.send_sms(), await play.send_sms()

    assert (failed.status_code, taken.status_code) == (status, 201)
    assert len(play.stage.twilio.messages.all()) == 1


@pytest.mark.parametrize(
    ("fault", "kept"),
    [
        ({"reset": True}, 0),
        ({"timeout_before": 0.05}, 0),
        ({"timeout_after": 0.05}, 1),
        ({"reset_after": True}, 1),
    ],
)
async def test_a_cut_connection_leaves_the_caller_in_doubt(
    play: Play, fault: dict[str, object], kept: int
) -> None:
    await add_faults(play, fault)

    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        await play.send_sms()

    assert len(play.stage.twilio.messages.all()) == kept


async def test_receipts_come_twice_or_out_of_order_when_planned(play: Play) -> None:
    await add_faults(play, {"duplicate_callbacks": True}, {"reorder_callbacks": True})
    callback = play.gateway.url + STATUS

    first = (await play.send_sms(StatusCallback=callback)).json()["sid"]
    await play.settle()
    second = (await play.send_sms(StatusCallback=callback)).json()["sid"]
    await play.settle()

    told = [(form["MessageSid"], form["MessageStatus"]) for form in play.gateway.forms(STATUS)]
    assert sorted(told[:4]) == [(first, "delivered")] * 2 + [(first, "sent")] * 2
    assert told[4:] == [(second, "delivered"), (second, "sent")]


async def test_a_message_may_end_undelivered_or_failed(play: Play) -> None:
    await add_faults(play, {"undelivered": 30003}, {"failed": 30007})
    callback = play.gateway.url + STATUS

    await play.send_sms(StatusCallback=callback)
    await play.settle()
    await play.send_sms(StatusCallback=callback)
    await play.settle()

    told = [(f["MessageStatus"], f.get("ErrorCode")) for f in play.gateway.forms(STATUS)]
    assert told == [("sent", None), ("undelivered", "30003"), ("failed", "30007")]


async def test_a_held_message_expires_on_the_simulated_clock(play: Play) -> None:
    await play.post("/api/twilio", {"held": True})
    await play.send_sms(ValidityPeriod="300", StatusCallback=play.gateway.url + STATUS)
    await asyncio.sleep(0.1)
    await play.post("/clock", {"jump_s": 301})
    await play.post("/api/twilio", {"held": False})
    await play.settle()

    [form] = play.gateway.forms(STATUS)
    assert (form["MessageStatus"], form["ErrorCode"]) == ("failed", "30036")


async def test_a_scheduled_message_waits_for_its_time_and_can_be_cancelled(play: Play) -> None:
    at = {"MessagingServiceSid": "MG" + "1" * 32, "ScheduleType": "fixed", "From": ""}
    at["SendAt"] = "2026-03-10T09:00:00Z"
    sent, cancelled = (await play.send_sms(**at)).json(), (await play.send_sms(**at)).json()
    url = play.twilio + cancelled["uri"]

    await play.client.post(url, data={"Status": "canceled"}, auth=(SID, TOKEN))
    again = await play.client.post(url, data={"Status": "canceled"}, auth=(SID, TOKEN))
    await play.post("/clock", {"jump_to": "2026-03-10T09:00:01Z"})
    await play.settle()

    assert (sent["status"], again.json()["code"]) == ("scheduled", 30409)
    assert play.stage.twilio.find(sent["sid"]).status == "delivered"
    assert play.stage.twilio.find(cancelled["sid"]).status == "canceled"


async def test_replies_in_twiml_are_sent(play: Play) -> None:
    xml = "<Response><Message>Thanks</Message></Response>"
    play.gateway.answers[MESSAGES] = [Response(xml, media_type="text/xml")]

    play.stage.twilio.receive(PERSON, "hello")
    await play.settle()

    sent = [m for m in play.stage.twilio.messages.all() if m.direction == "outbound-reply"]
    assert [(m.to, m.body, m.status) for m in sent] == [(PERSON, "Thanks", "delivered")]


async def test_a_failing_webhook_is_not_repeated_unasked_but_the_fallback_is_called(
    play: Play,
) -> None:
    await play.post("/api/twilio", {"fallback_url": play.gateway.url + "/fallback"})
    play.stage.twilio.hooks.url = play.gateway.url + MESSAGES
    play.gateway.answers[MESSAGES] = [Response(status_code=500)]

    play.stage.twilio.receive(PERSON, "hello")
    await play.settle()

    [fallback] = play.gateway.forms("/fallback")
    assert len(play.gateway.forms(MESSAGES)) == 1
    assert (fallback["Body"], fallback["ErrorCode"]) == ("hello", "11200")
    assert [alert["code"] for alert in play.stage.twilio.alerts] == [11200]


async def test_an_inbound_message_can_be_reported_twice(play: Play) -> None:
    sid = play.stage.twilio.receive(PERSON, "hello").sid
    await play.settle()

    answer = await play.post("/api/redeliver", {"provider": "twilio", "id": sid})
    await play.settle()

    assert answer.status_code == 202
    assert [form["MessageSid"] for form in play.gateway.forms(MESSAGES)] == [sid, sid]
