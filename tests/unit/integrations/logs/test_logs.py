import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from integrations.logs import redact, set_up_logs


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logs(key="k", level=logging.DEBUG, stream=stream)
    yield stream
    root.handlers[:], root.level = handlers, level


@pytest.mark.parametrize(
    "line",
    [
        "to +447700900001",
        "to=%2B447700900001 07700 900 001",
        "https://api.telegram.org/bot110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/getMe",
        "http://rasa:5005/webhooks/rest/webhook?token=very-secret",
        "Authorization: Basic dmVyeS1zZWNyZXQ=",
        '"auth_token": "very-secret"',
        "postgresql://doorstep:very-secret@db/doorstep",
    ],
)
def test_numbers_tokens_and_passwords_are_hidden(line: str) -> None:
    shown = redact(line)
    for secret in ("7700900001", "900 001", "AAHdq", "very-secret", "dmVyeS"):
        assert secret not in shown


@pytest.mark.parametrize(
    "line",
    [
        '"timestamp": "2026-11-22T18:19:22.654591Z"',
        '"conversation_id": "c-1234567890123456"',
        "Uvicorn running on http://127.0.0.1:8080",
        '"segments": 2, "wait_s": 12.5',
    ],
)
def test_ids_and_times_stay(line: str) -> None:
    assert redact(line) == line


def test_events_are_json_lines_with_a_reference_instead_of_the_contact(lines: io.StringIO) -> None:
    structlog.get_logger().info("message_received", contact_id="k-1", attempt=2)
    structlog.get_logger().info("message_sent", contact_id="k-1")
    first, second = (json.loads(line) for line in lines.getvalue().splitlines())
    assert (first["event"], first["attempt"], first["level"]) == ("message_received", 2, "info")
    assert first["contact_ref"] == second["contact_ref"] != "k-1"
    assert "contact_id" not in first


def test_other_libraries_and_tracebacks_are_redacted_too(lines: io.StringIO) -> None:
    try:
        int("+447700900001 x")
    except ValueError:
        logging.getLogger("some.library").exception("failed for %s", "+447700900002")
    assert "4477009" not in lines.getvalue()
    assert "failed for" in lines.getvalue()


def test_talkative_clients_are_silent(lines: io.StringIO) -> None:
    for name in ("httpx", "telegram.Bot", "twilio.async_http_client", "httpcore.http11"):
        logging.getLogger(name).info("POST https://api.telegram.org/bot1:a/sendMessage")
    assert lines.getvalue() == ""
