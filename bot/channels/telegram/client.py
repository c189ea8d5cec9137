"""Telegram's own Python client, at Telegram's address or another."""

import os

from telegram import Bot
from telegram.request import HTTPXRequest

_TELEGRAM = "https://api.telegram.org"
_TIMEOUT_S = 10.0
# Telegram holds a request for updates open so long (core.telegram.org/bots/api#getupdates).
POLL_S = 30


def open_bot(token: str, *, api_url: str | None = None) -> Bot:
    """Return a client; nothing is called yet.

    Args:
        token: The bot's.
        api_url: Another server's address, with or without the ``/bot`` at its end.
    """
    # The client's coming default; without it each 429 comes with a warning about it.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    root = (api_url or _TELEGRAM).rstrip("/").removesuffix("/bot")
    return Bot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=_request(_TIMEOUT_S),
        get_updates_request=_request(POLL_S + _TIMEOUT_S),
    )


async def close_bot(bot: Bot) -> None:
    """Close the client's connections."""
    for request in bot._request:  # noqa: SLF001 shutdown() does nothing to a client without getMe
        await request.shutdown()


def _request(read_timeout_s: float) -> HTTPXRequest:
    return HTTPXRequest(
        read_timeout=read_timeout_s,
        write_timeout=_TIMEOUT_S,
        connect_timeout=_TIMEOUT_S,
        pool_timeout=_TIMEOUT_S,
        httpx_kwargs={"trust_env": False},
    )
