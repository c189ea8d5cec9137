from datetime import UTC, datetime, timedelta

import pytest
from starlette.datastructures import FormData

from sandbox.twilio.errors import RefusedCallError
from sandbox.twilio.sending import Account, read_send_request

NOW = datetime(2026, 3, 10, 7, 0, tzinfo=UTC)
ACCOUNT = Account("AC1", "token", ("+441632960100",), "MG1")
GOOD = {"To": "+447700900123", "From": "+441632960100", "Body": "Hello"}
SCHEDULED = {"MessagingServiceSid": "MG1", "ScheduleType": "fixed"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"To": ""}, 21604),
        ({"From": ""}, 21603),
        ({"Body": ""}, 21602),
        ({"To": "12"}, 21211),
        ({"To": "somebody"}, 21211),
        ({"From": "nobody"}, 21212),
        ({"From": "+441632960999"}, 21606),
        ({"To": "+441632960100"}, 21266),
        ({"To": "whatsapp:+447700900123"}, 21910),
        ({"Body": "x" * 1601}, 21617),
        ({"MediaUrl": "ftp://example.org/a.png"}, 21620),
        ({"StatusCallback": "not a url"}, 21609),
        ({"StatusCallback": "http://under_score.example.org/"}, 21609),
        ({"ValidityPeriod": "0"}, 21624),
        ({"ValidityPeriod": "36001"}, 21624),
        ({"ValidityPeriod": "soon"}, 21624),
        ({"MessagingServiceSid": "MG2"}, 21701),
        ({"ScheduleType": "fixed"}, 35118),
        (SCHEDULED, 35111),
        ({**SCHEDULED, "SendAt": "tomorrow"}, 35114),
        ({**SCHEDULED, "SendAt": (NOW + timedelta(minutes=1)).isoformat()}, 35114),
        ({**SCHEDULED, "SendAt": (NOW + timedelta(days=36)).isoformat()}, 35114),
    ],
)
def test_refuses_what_twilio_refuses(change: dict[str, str], code: int) -> None:
    with pytest.raises(RefusedCallError) as raised:
        read_send_request(FormData({**GOOD, **change}), ACCOUNT, now=NOW)

    assert raised.value.code == code


def test_refuses_more_than_ten_pictures() -> None:
    media = [("MediaUrl", f"http://127.0.0.1/{number}.png") for number in range(11)]

    with pytest.raises(RefusedCallError) as raised:
        read_send_request(FormData([*GOOD.items(), *media]), ACCOUNT, now=NOW)

    assert raised.value.code == 21623


def test_takes_1600_characters_and_the_longest_validity() -> None:
    form = FormData({**GOOD, "Body": "x" * 1600, "ValidityPeriod": "36000"})

    request = read_send_request(form, ACCOUNT, now=NOW)

    assert (len(request.body), request.validity_period_s) == (1600, 36000)


def test_reads_a_number_as_people_write_it() -> None:
    form = FormData({**GOOD, "To": "+44 7700 900-123"})

    assert read_send_request(form, ACCOUNT, now=NOW).to == "+447700900123"


def test_takes_a_scheduled_message() -> None:
    send_at = NOW + timedelta(hours=2)
    form = FormData({**GOOD, **SCHEDULED, "SendAt": send_at.isoformat()})

    assert read_send_request(form, ACCOUNT, now=NOW).send_at == send_at
