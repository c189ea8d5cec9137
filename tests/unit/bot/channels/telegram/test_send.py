from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.client import open_bot
from bot.channels.telegram.send import translate
from bot.departure import NotSentError, OutcomeUnknownError
from deliveries.errors import UnavailableError
from deliveries.services.messages.receipts import Reach


def caused_by(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


def test_throttling_says_how_long_to_wait() -> None:
    open_bot("1:a")
    error = translate(RetryAfter(timedelta(seconds=3)))
    assert isinstance(error, UnavailableError)
    assert error.retry_after_s == 3


@pytest.mark.parametrize(
    ("error", "reason", "reach"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), "blocked", Reach.BLOCKED),
        (BadRequest("Chat not found"), "unreachable", Reach.BLOCKED),
        (BadRequest("Message is too long"), "too_long", Reach.UNCHANGED),
        (BadRequest("Something new"), "telegram_refused", Reach.UNCHANGED),
        (ChatMigrated(-1001), "telegram_refused", Reach.UNCHANGED),
    ],
)
def test_refusals_are_mapped_by_table(error: TelegramError, reason: str, reach: Reach) -> None:
    translated = translate(error)
    assert isinstance(translated, NotSentError)
    assert (translated.reason, translated.reach) == (reason, reach)


@pytest.mark.parametrize(
    "error",
    [
        caused_by(TimedOut(), httpx.ConnectTimeout("")),
        caused_by(TimedOut(), httpx.PoolTimeout("")),
        caused_by(NetworkError(""), httpx.ConnectError("")),
        NetworkError("Bad Gateway"),
        InvalidToken("Unauthorized"),
    ],
)
def test_what_was_certainly_not_processed_may_be_sent_again(error: TelegramError) -> None:
    assert type(translate(error)) is UnavailableError


@pytest.mark.parametrize(
    "error",
    [
        caused_by(TimedOut(), httpx.ReadTimeout("")),
        caused_by(NetworkError(""), httpx.ReadError("")),
        caused_by(NetworkError(""), httpx.RemoteProtocolError("")),
    ],
)
def test_what_broke_off_may_have_left(error: TelegramError) -> None:
    assert isinstance(translate(error), OutcomeUnknownError)
