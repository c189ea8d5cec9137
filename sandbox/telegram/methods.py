"""Every method of the Bot API that the stand-in knows, by name."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from sandbox.telegram.bot import Bot
from sandbox.telegram.connection import CONNECTION_METHODS
from sandbox.telegram.errors import RefusedMethodError
from sandbox.telegram.media import MEDIA_METHODS
from sandbox.telegram.messages import MESSAGE_METHODS
from sandbox.telegram.params import Params
from sandbox.telegram.topics import TOPIC_METHODS

Method = Callable[[Bot, Params], Awaitable[Any]]

METHODS: dict[str, Method] = {
    **CONNECTION_METHODS,
    **MESSAGE_METHODS,
    **MEDIA_METHODS,
    **TOPIC_METHODS,
}
_BY_LOWER_NAME = {name.lower(): name for name in METHODS}


def canonical_name(name: str) -> str | None:
    """Return a method's name as documented, whatever its case; None if it is not known."""
    return _BY_LOWER_NAME.get(name.lower())


async def call_method(bot: Bot, name: str, params: Params) -> Any:  # noqa: ANN401 - JSON
    """Call a method and return its result.

    Raises:
        RefusedMethodError: As Telegram refuses.
    """
    known = canonical_name(name)
    if known is None:
        raise RefusedMethodError(404, "Not Found: method not found")
    return await METHODS[known](bot, params)


def call_from_answer(bot: Bot) -> Callable[[str, Mapping[str, Any]], Awaitable[None]]:
    """Return what runs the method call that a webhook's answer may hold.

    Nobody learns its outcome, as with Telegram.
    """

    async def call(name: str, values: Mapping[str, Any]) -> None:
        with suppress(RefusedMethodError):
            await call_method(bot, name, Params(values))

    return call
