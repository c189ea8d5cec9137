from datetime import timedelta
from typing import Any

import pytest

from bot.channels.twilio.routes import read_arrival, read_receipt
from bot.channels.twilio.verify import Form
from deliveries.model.message import OutboxState
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from deliveries.services.messages.consent import Keyword
from deliveries.services.messages.receipts import Reach, Receipt
from deliveries.services.messages.receiving import Arrival


def a_form(**fields: str) -> Form:
    usual = {"MessageSid": "SM1", "From": "+447700900001", "Body": "hello", "NumMedia": "0"}
    return Form(list({**usual, **fields}.items()))


def an_arrival(**different: Any) -> Arrival:
    usual = {
        "channel": Channel.SMS,
        "provider_id": "SM1",
        "address": ContactAddress("+447700900001"),
        "text": "hello",
    }
    return Arrival(**{**usual, **different})


@pytest.mark.parametrize(
    ("fields", "different"),
    [
        ({}, {}),
        ({"NumMedia": "2", "Body": ""}, {"media_count": 2, "text": ""}),
        ({"NumMedia": "many"}, {}),
        ({"OptOutType": "STOP"}, {"network_keyword": Keyword.OPT_OUT}),
        ({"OptOutType": "HELP"}, {"network_keyword": Keyword.HELP}),
        ({"Body": " stop "}, {"text": " stop ", "network_keyword": Keyword.OPT_OUT}),
        ({"Body": "Yes"}, {"text": "Yes", "network_keyword": Keyword.OPT_IN}),
        ({"Body": "help"}, {"text": "help"}),
    ],
)
def test_an_inbound_message_is_read(fields: dict[str, str], different: dict[str, Any]) -> None:
    assert read_arrival(a_form(**fields)) == an_arrival(**different)


def test_pictures_are_known_by_their_ids_and_nothing_else_is_fetched() -> None:
    message, medium = "MM" + "a" * 32, "ME" + "b" * 32
    path = f"2010-04-01/Accounts/AC1/Messages/{message}/Media"
    arrival = read_arrival(
        a_form(
            NumMedia="4",
            MediaUrl0=f"https://api.twilio.com/{path}/{medium}",
            MediaContentType0="image/jpeg",
            MediaUrl1=f"https://api.twilio.com/{path}/{medium}",
            MediaContentType1="audio/amr",
            MediaUrl2=f"https://example.org/{path}/../../secret",
            MediaContentType2="image/png",
        )
    )

    assert arrival == an_arrival(media_count=4, pictures=(f"{message}/{medium}",))


@pytest.mark.parametrize("sender", ["", "12345", "Parcels"])
def test_who_could_not_be_answered_is_ignored(sender: str) -> None:
    assert read_arrival(a_form(From=sender)) is None


@pytest.mark.parametrize(
    ("fields", "receipt"),
    [
        ({"MessageStatus": "sent"}, Receipt("SM1", OutboxState.SENT, "m-1")),
        ({"MessageStatus": "delivered"}, Receipt("SM1", OutboxState.DELIVERED, "m-1")),
        ({"MessageStatus": "read"}, Receipt("SM1", OutboxState.DELIVERED, "m-1")),
        ({"MessageStatus": "queued"}, None),
        ({"MessageStatus": "teleported"}, None),
        (
            {"MessageStatus": "undelivered", "ErrorCode": "30006"},
            Receipt("SM1", OutboxState.FAILED, "m-1", "unreachable", dead_for=timedelta(days=90)),
        ),
        (
            {"MessageStatus": "failed", "ErrorCode": "21610"},
            Receipt("SM1", OutboxState.FAILED, "m-1", "opted_out", Reach.OPTED_OUT),
        ),
        (
            {"MessageStatus": "undelivered", "ErrorCode": "39999"},
            Receipt("SM1", OutboxState.FAILED, "m-1", "twilio_39999"),
        ),
        ({"MessageStatus": "failed"}, Receipt("SM1", OutboxState.FAILED, "m-1", "unknown")),
        ({"MessageStatus": "canceled"}, Receipt("SM1", OutboxState.FAILED, "m-1", "cancelled")),
    ],
)
def test_a_status_is_mapped_by_table(fields: dict[str, str], receipt: Receipt | None) -> None:
    assert read_receipt(a_form(**fields), message_id="m-1") == receipt
