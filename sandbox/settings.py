"""What the sandbox is told at start: ports, credentials and where the gateway listens."""

import argparse
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sandbox.clock import MAX_RATE, MIN_RATE

_NEEDED = (
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
    "TWILIO_FROM",
    "TELEGRAM_BOT_TOKEN",
    "DOORSTEP_API_KEY",
)


class SettingsError(ValueError):
    """Something the sandbox needs is missing or cannot be read; the text names all of it."""


@dataclass(frozen=True)
class Settings:
    """Everything the sandbox is started with.

    Attributes:
        account_sid: The only Twilio account that the stand-in knows.
        auth_token: Its token: basic authentication and webhook signatures.
        twilio_from: The number that the account owns.
        messaging_service_sid: A Messaging Service that owns the same number, if there is one.
        bot_token: The only Telegram token that the stand-in accepts.
        bot_username: The bot's name as in ``t.me/<name>?start=...``.
        api_key: Bearer key for the gateway's operator API.
        gateway: The gateway's address, without a slash at the end.
        now: The simulated instant to start at, or None for the real one.
    """

    account_sid: str
    auth_token: str
    twilio_from: str
    messaging_service_sid: str | None
    bot_token: str
    bot_username: str
    api_key: str
    gateway: str
    page_port: int
    twilio_port: int
    telegram_port: int
    now: datetime | None
    rate: float
    seed: int


def parse_instant(text: str) -> datetime:
    """Read an ISO 8601 instant; one without an offset is taken as UTC.

    Raises:
        ValueError: If the text is no instant.
    """
    instant = datetime.fromisoformat(text)
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def read_settings(
    arguments: Sequence[str] | None = None, environment: Mapping[str, str] | None = None
) -> Settings:
    """Build the settings from the command line and the environment.

    Raises:
        SettingsError: If any name is missing from the environment; the text lists all of them.
    """
    given = os.environ if environment is None else environment
    options = _parser().parse_args(arguments)
    missing = [name for name in _NEEDED if not given.get(name)]
    if missing:
        raise SettingsError(f"missing in the environment: {', '.join(missing)}")
    return Settings(
        account_sid=given["TWILIO_ACCOUNT_SID"],
        auth_token=given["TWILIO_AUTH_TOKEN"],
        twilio_from=given["TWILIO_FROM"],
        messaging_service_sid=given.get("TWILIO_MESSAGING_SERVICE_SID") or None,
        bot_token=given["TELEGRAM_BOT_TOKEN"],
        bot_username=given.get("TELEGRAM_BOT_USERNAME") or "doorstep_bot",
        api_key=given["DOORSTEP_API_KEY"],
        gateway=options.gateway.rstrip("/"),
        page_port=options.page_port,
        twilio_port=options.twilio_port,
        telegram_port=options.telegram_port,
        now=options.now,
        rate=options.rate,
        seed=options.seed,
    )


def _rate(text: str) -> float:
    rate = float(text)
    if not MIN_RATE <= rate <= MAX_RATE:
        raise argparse.ArgumentTypeError(f"the rate is between {MIN_RATE:g} and {MAX_RATE:g}")
    return rate


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox",
        description="Stand-ins for Twilio and Telegram, simulated drivers, and one page to watch.",
    )
    parser.add_argument("--page-port", type=int, default=8800)
    parser.add_argument("--twilio-port", type=int, default=8801)
    parser.add_argument("--telegram-port", type=int, default=8802)
    parser.add_argument("--gateway", default="http://127.0.0.1:8080", help="the gateway's address")
    parser.add_argument("--now", type=parse_instant, help="simulated start, ISO 8601")
    parser.add_argument("--rate", type=_rate, default=1.0, help="simulated seconds per second")
    parser.add_argument("--seed", type=int, default=7, help="seed of the drivers' luck")
    return parser
