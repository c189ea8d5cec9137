"""What Telegram tells a bot, by webhook or by asking for it."""

import asyncio
import hmac
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot, CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update
from telegram.error import RetryAfter, TelegramError

from bot.channels.telegram.client import POLL_S
from bot.webhook import read_body
from deliveries.errors import AssistantError
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from deliveries.services.messages.receiving import Arrival

UPDATES_PATH = "/channels/telegram/updates"
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

_START = re.compile(r"/start(?:@\w+)?(?:\s+(?P<payload>[A-Za-z0-9_-]{1,64}))?\s*")
_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 60.0

_log = structlog.get_logger()


@dataclass(frozen=True)
class Blocked:
    """A person has blocked the bot, or lets it write again."""

    address: ContactAddress
    is_blocked: bool


@dataclass(eq=False)
class TelegramUpdates:
    """Takes updates from Telegram.

    Attributes:
        secret: What Telegram sends with every webhook; without it every request is refused.
        receive: Keeps an arrival.
        note_blocked: Notes that somebody has blocked us, or not any more.
        username: The bot's, as in links to it; Telegram is asked for it when it is not given.
        take_staff: Takes an update of the group in which agents work; false: it is of no such.
    """

    bot: Bot
    secret: str
    receive: Callable[[Arrival], Awaitable[None]]
    note_blocked: Callable[[Blocked], Awaitable[None]]
    username: str | None = None
    take_staff: Callable[[Update], Awaitable[bool]] | None = None
    _answers: set[asyncio.Task[None]] = field(default_factory=set)

    def routes(self) -> list[Route]:
        """Return the route; the caller is known by the secret."""
        return [Route(UPDATES_PATH, self._webhook, methods=["POST"])]

    async def learn_username(self) -> None:
        """Ask Telegram for the bot's name, as often as it takes, unless it was given."""
        wait_s = _FIRST_WAIT_S
        while self.username is None:
            try:
                self.username = (await self.bot.get_me()).username
            except TelegramError as error:
                wait_s = await _wait_after(error, wait_s, "telegram_username_unknown")

    async def set_webhook(self, public_url: str) -> None:
        """Tell Telegram where to call, as often as it takes."""
        wait_s = _FIRST_WAIT_S
        while True:
            try:
                await self.bot.set_webhook(
                    f"{public_url.rstrip('/')}{UPDATES_PATH}",
                    secret_token=self.secret,
                    allowed_updates=ALLOWED_UPDATES,
                )
            except TelegramError as error:
                wait_s = await _wait_after(error, wait_s, "telegram_webhook_not_set")
            else:
                _log.info("telegram_webhook_set")
                return

    async def poll(self) -> None:
        """Ask for updates until cancelled; each is confirmed once it is kept."""
        wait_s, offset, has_webhook = _FIRST_WAIT_S, 0, True
        while True:
            try:
                if has_webhook:
                    await self.bot.delete_webhook()
                    has_webhook = False
                updates = await self.bot.get_updates(
                    offset=offset, timeout=POLL_S, allowed_updates=ALLOWED_UPDATES
                )
            except TelegramError as error:
                wait_s = await _wait_after(error, wait_s, "telegram_poll_failed")
                continue
            wait_s = _FIRST_WAIT_S
            try:
                for update in updates:
                    await self.take(update)
                    offset = update.update_id + 1
            except AssistantError as error:
                _log.warning("update_not_kept", code=error.code)
                await asyncio.sleep(_FIRST_WAIT_S)

    async def take(self, update: Update) -> None:
        """Keep what an update brings, and answer a tap at once."""
        if update.callback_query is not None:
            self._answer(update.callback_query)
        if self.take_staff is not None and await self.take_staff(update):
            return
        if update.my_chat_member is not None:
            blocked = read_blocked(update.my_chat_member)
            if blocked is not None:
                await self.note_blocked(blocked)
            return
        arrival = read_arrival(update)
        if arrival is not None:
            await self.receive(arrival)

    async def close(self) -> None:
        """Wait for the answers to taps."""
        if self._answers:
            await asyncio.gather(*self._answers, return_exceptions=True)

    async def _webhook(self, request: Request) -> Response:
        given = request.headers.get("x-telegram-bot-api-secret-token", "")
        if not self.secret or not hmac.compare_digest(given.encode(), self.secret.encode()):
            _log.warning("webhook_refused", provider="telegram", path=request.scope["path"])
            return Response(status_code=403)
        update = read_update(await read_body(request), self.bot)
        if update is not None:
            await self.take(update)
        return Response()

    def _answer(self, query: CallbackQuery) -> None:
        task = asyncio.create_task(_stop_spinner(query))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)


def read_update(body: bytes, bot: Bot) -> Update | None:
    """Read a webhook's body; none: nothing that we know, and asking again would not change it."""
    try:
        update = Update.de_json(json.loads(body), bot)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        _log.warning("update_unreadable", error=type(error).__name__)
        return None
    return update


def read_arrival(update: Update) -> Arrival | None:
    """Read what a person sent in a private chat; none: nothing to answer.

    An edited message is nothing to answer: what it said before may be carried out already, and a
    live location moves by edits.
    """
    provider_id = f"update:{update.update_id}"
    if update.callback_query is not None:
        return _read_tap(update.callback_query, provider_id)
    message = update.message
    if message is None or message.chat.type != "private" or message.from_user is None:
        return None
    return _read_message(message, provider_id)


def read_blocked(change: ChatMemberUpdated) -> Blocked | None:
    """Read whether a person lets us write to them."""
    if change.chat.type != "private":
        return None
    is_blocked = change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
    return Blocked(ContactAddress(str(change.chat.id)), is_blocked)


def _read_tap(query: CallbackQuery, provider_id: str) -> Arrival | None:
    if query.message is None or query.message.chat.type != "private" or not query.data:
        return None
    return Arrival(
        channel=Channel.TELEGRAM,
        provider_id=provider_id,
        address=ContactAddress(str(query.message.chat.id)),
        option_id=query.data,
    )


def _read_message(message: Message, provider_id: str) -> Arrival | None:
    sent: dict[str, Any] = {"text": message.text or message.caption or ""}
    started = _START.fullmatch(sent["text"])
    if started:
        sent["start_payload"] = started["payload"] or ""
    elif message.contact is not None:
        if message.from_user and message.contact.user_id == message.from_user.id:
            sent["own_number"] = ContactAddress(message.contact.phone_number)
        else:
            sent |= {"media_count": 1, "is_others_card": True}
    elif message.location is not None:
        sent |= {"lat": message.location.latitude, "lon": message.location.longitude}
    elif message.effective_attachment is not None:
        sent |= {"media_count": 1, "pictures": _pictures(message)}
    elif not sent["text"]:
        return None
    return Arrival(
        channel=Channel.TELEGRAM,
        provider_id=provider_id,
        address=ContactAddress(str(message.chat.id)),
        **sent,
    )


def _pictures(message: Message) -> tuple[str, ...]:
    """Return what fetches a photo in its largest size, or a picture sent as a file."""
    if message.photo:
        return (message.photo[-1].file_id,)
    file = message.document
    return (file.file_id,) if file and (file.mime_type or "").startswith("image/") else ()


async def _stop_spinner(query: CallbackQuery) -> None:
    try:
        await query.answer()
    except TelegramError as error:
        # Too old by now, or Telegram is away: the tap itself is kept all the same.
        _log.info("tap_unanswered", error=type(error).__name__)


async def _wait_after(error: TelegramError, wait_s: float, event: str) -> float:
    _log.warning(event, error=type(error).__name__)
    if isinstance(error, RetryAfter):
        wait_s = error._retry_after.total_seconds()  # noqa: SLF001 the public one changes its type
    await asyncio.sleep(wait_s)
    return min(wait_s * 2, _LONGEST_WAIT_S)
