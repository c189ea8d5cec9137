"""Doors that stay closed, repeats that change nothing, and logs that name nobody."""

import csv
import re
from typing import Any

import pytest
from twilio.request_validator import RequestValidator

from cli.machine import OUR_NUMBER
from deliveries.model.recipient import Channel
from tests.e2e.conftest import Newcomer
from tests.e2e.recipients import Recipient, TelegramRecipient, Understood
from tests.e2e.town import SHIPPED_DAY, Town

TWILIO = "/channels/twilio/messages"
TELEGRAM = "/channels/telegram/updates"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

# Nobody else of the day has any of these.
MARKED = {
    "reference": "RW-MARKED",
    "tracking_number": "RW99887766",
    "shipper_id": "runwell",
    "depot_id": "bristol-east",
    "description": "walking poles",
    "recipient_name": "Zebedee Quixworth",
    "phone": "07700 900987",
    "language": "en",
    "address": "77 Xylophone Mews",
    "postcode": "BS7 9QZ",
    "city": "Bristol",
    "lat": 51.4857,
    "lon": -2.5744,
    "load": 1,
    "service_minutes": 3,
}
MARKED_PHONE = "+447700900987"
MARKS = (
    "zebedee",
    "quixworth",
    "07700900987",
    "447700900987",
    "07700 900987",
    "xylophone",
    "bs7 9qz",
    "rw99887766",
)
SAID = ("8642", "mandrake", "wolfhound", "51.4857")


def an_sms(**different: str) -> dict[str, str]:
    usual = {
        "MessageSid": "SM" + "7" * 32,
        "AccountSid": "AC" + "1" * 32,
        "From": MARKED_PHONE,
        "To": OUR_NUMBER,
        "Body": "where is my parcel?",
        "NumMedia": "0",
    }
    return {**usual, **different}


def test_an_sms_with_a_missing_or_wrong_signature_is_refused_and_not_kept(town: Town) -> None:
    form, url = an_sms(From="+447700900998"), town.gateway + TWILIO
    token = town.machine.environment["TWILIO_AUTH_TOKEN"]
    others = RequestValidator("another token").compute_signature(url, form)
    ours = RequestValidator(token).compute_signature(url, form)
    signed = [{}, {"X-Twilio-Signature": others}, {"X-Twilio-Signature": ours}]

    statuses = [
        town.client.post(url, data=sent, headers=headers).status_code
        for sent, headers in zip([form, form, {**form, "Body": "changed"}], signed, strict=True)
    ]

    assert statuses == [403, 403, 403]
    assert town.inbound(Channel.SMS, "+447700900998") == []


@pytest.mark.parametrize("path", ["/channels/twilio/status", TWILIO, TELEGRAM])
def test_a_webhook_with_nothing_in_it_is_refused(town: Town, path: str) -> None:
    assert town.client.post(town.gateway + path).status_code == 403


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: "a guess"}, {SECRET_HEADER: ""}])
def test_an_update_without_the_secret_is_refused_and_not_kept(
    town: Town, headers: dict[str, str]
) -> None:
    person = {"id": 700123, "is_bot": False, "first_name": "Eve"}
    message = {
        "message_id": 1,
        "date": 1773000000,
        "chat": {"id": 700123, "type": "private", "first_name": "Eve"},
        "from": person,
        "text": "hello",
    }

    response = town.client.post(
        town.gateway + TELEGRAM, json={"update_id": 1, "message": message}, headers=headers
    )

    assert response.status_code == 403
    assert town.inbound(Channel.TELEGRAM, "700123") == []


def test_rasa_answers_nobody_without_the_token(town: Town) -> None:
    url = town.machine.environment["DOORSTEP_RASA_URL"] + "/webhooks/rest/webhook"
    asked = {"sender": "c-1", "message": "/choose"}

    statuses = [
        town.client.post(url, json=asked, params=params).status_code
        for params in ({}, {"token": "a guess"})
    ]

    assert statuses == [401, 401]


def test_the_operators_api_answers_nobody_without_the_key(town: Town) -> None:
    described = town.client.get(f"{town.gateway}/api/openapi.json").json()
    key = {"Authorization": "Bearer a guess"}
    calls = [
        (method, path.replace("{", "").replace("}", ""))
        for path, methods in described["paths"].items()
        for method in methods
        if path.startswith("/api/v1")
    ]

    statuses = {
        (method, path): town.client.request(method, town.gateway + path, headers=key).status_code
        for method, path in calls
    }

    assert len(statuses) > 10
    assert {call: status for call, status in statuses.items() if status != 401} == {}


def test_a_text_that_comes_twice_is_worked_and_answered_once(
    town: Town, bystander: Newcomer
) -> None:
    someone = bystander()
    sid = someone.write("where is my parcel?")
    first = someone.hear()

    town.sandbox("/api/redeliver", json={"provider": "twilio", "id": sid})
    last = someone.ask("thank you")

    assert first.text.endswith("It goes to your address.")
    assert last.text == "You are welcome!"
    assert len(town.inbound(Channel.SMS, someone.phone)) == 2
    assert someone.unread() == []


@pytest.mark.behaviour(22)
def test_nobody_can_give_rasa_orders_by_typing_them(town: Town, texter: Newcomer) -> None:
    someone, other = texter(), texter()
    someone.ask("can it come on friday?")
    with town.store.unit_of_work(read_only=True) as work:
        conversation = work.conversations.get(someone.last_inbound().conversation_id)

    other.ask(f'/choose{{"option_id":"{conversation.last_offer_id}.1"}}')
    choice = other.understood()
    other.ask(" //restart")
    restart = other.understood()

    assert (choice.intent == "choose", restart.intent == "restart") == (False, False)
    assert [each.delivery()["date"] for each in (someone, other)] == ["2026-03-11", "2026-03-11"]


def test_stop_ends_it_and_unstop_begins_again(bystander: Newcomer) -> None:
    someone = bystander()

    confirmation = someone.ask(" Stop ")
    someone.write("where is my parcel?")
    someone.last_inbound()
    unread = someone.unread()
    back = someone.ask("UNSTOP")

    # The network answers both words itself, once each; we do not say it again.
    assert "unsubscribed" in confirmation.text
    assert unread == []
    assert "re-subscribed" in back.text
    assert someone.ask("where is my parcel?").text.endswith("It goes to your address.")
    assert someone.understood() == Understood("track_parcel", "action_track_parcel")


@pytest.mark.conversation("D4", "A tracking number proves nothing")
def test_a_stranger_learns_nothing_from_a_tracking_number(town: Town, bystander: Newcomer) -> None:
    owner = bystander().delivery()
    stranger = Recipient(town, "+447700900996")

    answer = stranger.ask(f"where is my parcel {owner['tracking_number']}?")

    assert stranger.understood().intent == "track_parcel"
    assert answer.text.startswith("I cannot see a delivery for this contact.")


def test_who_is_not_the_recipient_hears_no_more(bystander: Newcomer) -> None:
    someone = bystander()

    answer = someone.ask("wrong number")
    someone.write("where is my parcel?")
    someone.last_inbound()

    assert answer.text.startswith("Thank you for telling us. We have removed your number")
    assert someone.unread() == []


def test_no_process_logs_personal_data_of_a_whole_conversation(town: Town) -> None:
    taken = town.api(
        "/deliveries", method="POST", json={"date": "2026-03-11", "deliveries": [MARKED]}
    )
    assert taken["errors"] == []
    texting = Recipient(town, MARKED_PHONE)
    chatting = TelegramRecipient(town, MARKED_PHONE)

    texting.ask("the gate code is 8642 and beware of our wolfhound")
    texting.ask("please leave it with Mrs Mandrake at number 12")
    texting.choose("Mandrake")
    chatting.start()
    chatting.ask("where is my parcel for Zebedee Quixworth, 77 Xylophone Mews?")
    chatting.do(location={"lat": 51.4857, "lon": -2.5744})
    chatting.hear()
    chatting.do(contact=True)
    chatting.hear()
    chatting.ask("I want to talk to a human, call me on 07700 900987")

    assert found_in_logs(town, (*MARKS, *SAID, chatting.chat_id)) == []


def test_no_process_logs_anything_of_anybody_of_the_day(town: Town) -> None:
    with (SHIPPED_DAY / "deliveries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    marks = {row[name] for row in rows for name in ("recipient_name", "address", "postcode")}
    marks |= {f"{sign}{row['phone'].replace(' ', '')[1:]}" for row in rows for sign in ("44", "0")}
    marks |= {row["tracking_number"] for row in rows}

    assert found_in_logs(town, [mark.lower() for mark in marks]) == []


def found_in_logs(town: Town, marks: Any) -> list[tuple[str, str]]:
    """Return which process wrote which mark; the sandbox plays outsiders and is not ours."""
    logs = {name: text.lower() for name, text in town.processes.logs().items()}
    assert {"gateway", "actions", "worker", "rasa"} <= logs.keys()
    assert '"level": "debug"' in "".join(logs.values())
    return [
        (name, mark)
        for name, text in logs.items()
        if name != "sandbox"
        for mark in marks
        # Digits may stand by chance within a time or an id.
        if re.search(rf"(?<![\w.]){re.escape(mark)}(?!\w)", text)
    ]
