"""Sends to Telegram chats, within Telegram's limits (core.telegram.org/bots/faq)."""

from collections.abc import Sequence

import httpx
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.telegram.client import close_bot
from bot.channels.telegram.showing import show
from bot.departure import Departure, NotSentError, OutcomeUnknownError
from bot.wording.render import Rendered
from deliveries.errors import AdapterError, UnavailableError
from deliveries.services.messages.receipts import Reach

_LOCKED_OUT_S = 60.0
_LONGEST_TEXT = 4096
_SHORT_LABEL = 2

# What was certainly not processed: no request was ever written.
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
# Texts of Bad Request, in lower case: the client changes the case of their first letters.
_BAD_REQUESTS = {
    "chat not found": ("unreachable", Reach.BLOCKED),
    "chat_id is empty": ("unreachable", Reach.BLOCKED),
    "message is too long": ("too_long", Reach.UNCHANGED),
    "message text is empty": ("empty", Reach.UNCHANGED),
    "message to edit not found": ("not_changeable", Reach.UNCHANGED),
    "message can't be edited": ("not_changeable", Reach.UNCHANGED),
    "button_data_invalid": ("button_invalid", Reach.UNCHANGED),
}


class TelegramNetwork:
    """Chats of one bot."""

    def __init__(self, bot: Bot) -> None:
        """Send by a client; it is closed with this."""
        self._bot = bot

    async def send(self, departure: Departure) -> str:
        """Send a message and return ``chat:message`` ids.

        Raises:
            NotSentError: If Telegram will never take it.
            OutcomeUnknownError: If it may have left.
            UnavailableError: If Telegram has not taken it and may later.
        """
        if len(departure.rendered.text) > _LONGEST_TEXT:
            raise NotSentError("too_long")
        try:
            return await show(self._bot, departure, _keyboard(departure.rendered))
        except TelegramError as exc:
            raise translate(exc) from exc

    async def look_up(self, departure: Departure) -> Sequence[str] | None:
        """Return none: a bot cannot list what it has sent.

        A message whose sending was cut off is therefore never sent again by itself; staff get a
        task. To lose one in a crash is bad, to say things twice is worse: it may be read as two
        changes.
        """
        del departure
        return None

    async def close(self) -> None:
        """Close connections."""
        await close_bot(self._bot)


def translate(error: TelegramError) -> AdapterError:
    """Return one of the client's errors as ours."""
    match error:
        case RetryAfter():
            wait_s = error._retry_after.total_seconds()  # noqa: SLF001 the public one changes its type
            return UnavailableError("telegram is throttling", retry_after_s=wait_s)
        case Forbidden():
            return NotSentError("blocked", reach=Reach.BLOCKED)
        case BadRequest() | ChatMigrated():
            text = error.message.lower().removeprefix("bad request: ")
            reason, reach = _BAD_REQUESTS.get(text, ("telegram_refused", Reach.UNCHANGED))
            return NotSentError(reason, reach=reach)
        case InvalidToken():
            return UnavailableError("misconfigured", retry_after_s=_LOCKED_OUT_S)
        case NetworkError():
            return _translate_broken_connection(error)
        case _:
            return OutcomeUnknownError("telegram failed")


def _translate_broken_connection(error: NetworkError) -> AdapterError:
    cause = error.__cause__
    if isinstance(cause, httpx.HTTPError) and not isinstance(cause, _NEVER_SENT):
        return OutcomeUnknownError("telegram did not answer")
    return UnavailableError("telegram cannot be reached")


def _keyboard(rendered: Rendered) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    if rendered.buttons:
        buttons = [
            InlineKeyboardButton(button.label, callback_data=button.data)
            for button in rendered.buttons
        ]
        fit_a_row = all(len(button.text) <= _SHORT_LABEL for button in buttons)
        return InlineKeyboardMarkup([buttons] if fit_a_row else [[each] for each in buttons])
    if rendered.number_button:
        share = KeyboardButton(rendered.number_button, request_contact=True)
        return ReplyKeyboardMarkup([[share]], resize_keyboard=True, one_time_keyboard=True)
    return None
