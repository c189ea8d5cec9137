import pytest

from bot.settings import Settings, TelegramSettings, TwilioSettings
from deliveries.environment import Environment, SettingsError

LEAST = {"DOORSTEP_DATABASE_URL": "sqlite:///d.db", "DOORSTEP_SECRET_KEY": "k" * 16}
TWILIO = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t", "TWILIO_FROM": "+15005550006"}
TELEGRAM = {"TELEGRAM_BOT_TOKEN": "1:a", "TELEGRAM_WEBHOOK_SECRET": "s"}
PUBLIC = {"DOORSTEP_PUBLIC_URL": "https://parcels.example/"}


def test_a_gateway_without_channels_needs_little() -> None:
    settings = Settings.read(Environment(LEAST))
    assert (settings.twilio, settings.telegram) == (None, None)
    assert (settings.host, settings.port, settings.rasa_url) == (
        "127.0.0.1",
        8080,
        "http://127.0.0.1:5005",
    )


def test_channels_are_read_with_their_other_addresses() -> None:
    other = {
        "TWILIO_API_URL": "http://127.0.0.1:8801/",
        "TELEGRAM_API_URL": "http://127.0.0.1:8802",
    }
    settings = Settings.read(Environment({**LEAST, **PUBLIC, **TWILIO, **TELEGRAM, **other}))
    assert settings.public_url == "https://parcels.example"
    assert settings.twilio == TwilioSettings(
        "AC1", "t", "+15005550006", None, "http://127.0.0.1:8801"
    )
    assert settings.telegram == TelegramSettings("1:a", "s", "http://127.0.0.1:8802", None)


def test_a_messaging_service_stands_in_for_a_number() -> None:
    given = {**LEAST, **PUBLIC, **TWILIO, "TWILIO_FROM": "", "TWILIO_MESSAGING_SERVICE_SID": "MG1"}
    twilio = Settings.read(Environment(given)).twilio
    assert twilio is not None
    assert (twilio.sender, twilio.messaging_service_sid) == (None, "MG1")


def test_telegram_without_a_public_address_needs_no_secret() -> None:
    settings = Settings.read(Environment({**LEAST, "TELEGRAM_BOT_TOKEN": "1:a"}))
    assert settings.telegram == TelegramSettings("1:a", "", None, None)


def test_everything_wrong_is_told_at_once_by_name() -> None:
    given = {
        "TWILIO_AUTH_TOKEN": "t",
        "TELEGRAM_BOT_TOKEN": "1:a",
        "TELEGRAM_WEBHOOK_SECRET": "not allowed!",
        "DOORSTEP_PUBLIC_URL": "https://parcels.example",
        "DOORSTEP_SECRET_KEY": "short",
        "DOORSTEP_BIND": "nowhere",
        "DOORSTEP_RASA_URL": "rasa",
    }
    with pytest.raises(SettingsError) as caught:
        Settings.read(Environment(given))
    told = str(caught.value)
    for name in (
        "DOORSTEP_DATABASE_URL",
        "DOORSTEP_SECRET_KEY",
        "DOORSTEP_BIND",
        "DOORSTEP_RASA_URL",
        "TWILIO_ACCOUNT_SID",
        "TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID",
        "TELEGRAM_WEBHOOK_SECRET",
    ):
        assert name in told
    assert "not allowed!" not in told


def test_twilio_without_a_public_address_is_refused() -> None:
    with pytest.raises(SettingsError, match="DOORSTEP_PUBLIC_URL"):
        Settings.read(Environment({**LEAST, **TWILIO}))
