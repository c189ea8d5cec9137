import pytest

from sandbox.twilio.twiml import Reply, TwimlError, read_replies
from sandbox.twilio.webhooks import ConnectionRules, rules_of


@pytest.mark.parametrize("text", ["", "<Response/>", "<Response></Response>"])
def test_says_nothing_when_the_answer_is_empty(text: str) -> None:
    assert read_replies("text/xml; charset=utf-8", text) == []


def test_reads_messages() -> None:
    first = "<Message>Hi &amp; bye</Message>"
    second = "<Message><Body>b</Body><Media>u</Media></Message>"
    text = f"<Response>{first}{second}</Response>"

    assert read_replies("application/xml", text) == [
        Reply("Hi & bye"),
        Reply("b", media=("u",)),
    ]


def test_plain_text_is_the_reply() -> None:
    assert read_replies("text/plain", "Hello") == [Reply("Hello")]


@pytest.mark.parametrize(
    ("content_type", "text", "code"),
    [
        ("application/json", "{}", 12300),
        ("text/xml", "<Response>", 12100),
        ("text/xml", "<Answer/>", 12100),
        ("text/xml", "<Response><Dance/></Response>", 12200),
    ],
)
def test_alerts_as_twilios_debugger_does(content_type: str, text: str, code: int) -> None:
    with pytest.raises(TwimlError) as raised:
        read_replies(content_type, text)

    assert raised.value.code == code


def test_a_webhook_is_tried_twice_on_connection_failures_only() -> None:
    assert rules_of("http://a/b") == ConnectionRules(5.0, 15.0, 15.0, 1, frozenset({"ct"}))


def test_reads_overrides_from_the_fragment() -> None:
    assert rules_of("http://a/b#ct=100&rt=2000&tt=99999&rc=9&rp=4xx,5xx") == ConnectionRules(
        0.1, 2.0, 15.0, 5, frozenset({"4xx", "5xx"})
    )
