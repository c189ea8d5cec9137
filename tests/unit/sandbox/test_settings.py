from datetime import UTC, datetime

import pytest

from sandbox.settings import SettingsError, parse_instant, read_settings

ENVIRONMENT = {
    "TWILIO_ACCOUNT_SID": "AC1",
    "TWILIO_AUTH_TOKEN": "token",
    "TWILIO_FROM": "+441632960100",
    "TELEGRAM_BOT_TOKEN": "1:a",
    "DOORSTEP_API_KEY": "key",
}


def test_names_everything_that_is_missing_at_once() -> None:
    with pytest.raises(SettingsError) as raised:
        read_settings([], {"TWILIO_FROM": "+441632960100"})

    assert str(raised.value) == (
        "missing in the environment: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TELEGRAM_BOT_TOKEN, "
        "DOORSTEP_API_KEY"
    )


def test_reads_the_command_line() -> None:
    arguments = ["--now", "2026-03-10T07:00:00+01:00", "--rate", "60", "--gateway", "http://a/"]

    settings = read_settings(arguments, ENVIRONMENT)

    assert settings.now == datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
    assert (settings.rate, settings.gateway, settings.page_port) == (60.0, "http://a", 8800)


def test_an_instant_without_offset_is_utc() -> None:
    assert parse_instant("2026-03-10T07:00:00") == datetime(2026, 3, 10, 7, 0, tzinfo=UTC)
