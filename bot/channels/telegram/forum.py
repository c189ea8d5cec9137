"""A Telegram forum as a place where agents work: one topic a case.

A group takes 20 messages of a bot a minute (core.telegram.org/bots/faq): what is new in a case goes
in one message, and a forum is for a small team or for being alerted, not for forty chats at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from aiolimiter import AsyncLimiter
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    ReplyParameters,
    Update,
)
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.channels.telegram.client import close_bot
from deliveries.errors import AdapterError, NotFoundError, RejectedError, UnavailableError
from deliveries.staff_surfaces import Author, Case, Line, Stand, Standing, Words

NAME = "telegram"
_PER_MINUTE = 20
_LONGEST_TEXT, _LONGEST_NAME = 4096, 128
_ASIDE = "//"
_TAP = "staff:"
_TAKE = InlineKeyboardButton("Take over", callback_data=f"{_TAP}take")
_BACK = InlineKeyboardButton("Hand back", callback_data=f"{_TAP}hand_back")
_BUTTONS: dict[Stand, list[InlineKeyboardButton]] = {
    Stand.WAITING: [_TAKE],
    Stand.WITH_AGENT: [_BACK],
    Stand.SNOOZED: [_TAKE],
    Stand.WITH_BOT: [_TAKE],
}
_STATES = {
    Stand.WAITING: "Waiting for an agent. Writing here takes it over; lines with // stay here.",
    Stand.WITH_AGENT: "With an agent. The assistant is silent.",
    Stand.SNOOZED: "Put off.",
    Stand.WITH_BOT: "Back with the assistant.",
    Stand.RESOLVED: "Resolved.",
}
_OVER = frozenset({Stand.WITH_BOT, Stand.RESOLVED})
_SPEAKERS = {
    Author.RECIPIENT: "Recipient",
    Author.ASSISTANT: "Assistant",
    Author.AGENT: "Agent",
    Author.NOTE: "Note",
}
_GONE = ("message thread not found", "topic_deleted", "topic_id_invalid")
_UNCHANGED = "topic_not_modified"


@dataclass(frozen=True)
class StaffTap:
    """An agent tapped a button of a case.

    Attributes:
        command: ``take`` or ``hand_back``.
    """

    place: str
    account: str
    command: str


class Staff(Protocol):
    """Takes in what agents do."""

    async def hear(self, said: Sequence[Words]) -> None:
        """Send or keep what an agent wrote."""
        ...

    async def obey(self, surface: str, place: str, account: str, command: str) -> None:
        """Do what an agent's button is for."""
        ...


class Forum:
    """One supergroup with topics, in which the bot is an administrator."""

    def __init__(self, bot: Bot, chat_id: int, staff: Staff) -> None:
        """Post by a client of its own, which is closed with this; hand over what agents do."""
        self._bot = bot
        self._chat_id = chat_id
        self._staff = staff
        self._limiter = AsyncLimiter(_PER_MINUTE, 60)

    @property
    def name(self) -> str:
        """Return the surface's name."""
        return NAME

    async def open(self, case: Case) -> str:
        """Make a topic and return its id."""
        await self._limiter.acquire()
        name = f"P{case.priority} {case.title}"[:_LONGEST_NAME]
        try:
            topic = await self._bot.create_forum_topic(self._chat_id, name)
        except TelegramError as exc:
            raise _translate(exc) from exc
        return str(topic.message_thread_id)

    async def post(self, place: str, lines: Sequence[Line], *, again: bool) -> Sequence[str]:
        """Post lines, as few messages as hold them.

        Telegram cannot be asked what it has: after an attempt whose answer was lost agents may read
        a line twice, which harms nobody.
        """
        del again
        ids: list[str] = []
        for text, count in _bundle(lines):
            message = await self._send(place, text)
            ids += [str(message.message_id)] * count
        return ids

    async def show(self, place: str, case: Case, standing: Standing) -> None:
        """Say how it stands, with what can be done; a topic that is over is closed."""
        del case
        buttons = _BUTTONS.get(standing.stand)
        is_over = standing.stand in _OVER
        if not is_over:
            await self._set_open(place, is_open=True)
        await self._send(
            place,
            _STATES[standing.stand],
            keyboard=InlineKeyboardMarkup([buttons]) if buttons else None,
        )
        if is_over:
            await self._set_open(place, is_open=False)

    async def look(self, place: str) -> Standing | None:
        """Return none: agents move a case by words and buttons only."""
        del place
        return None

    async def report(self, place: str, external_id: str, outcome: str) -> None:
        """Tell an agent, beneath their words, why they were not sent; nothing of what arrived."""
        if outcome != "delivered":
            await self._send(place, f"Not sent: {outcome.replace('_', ' ')}.", reply_to=external_id)

    async def close(self) -> None:
        """Close connections."""
        await close_bot(self._bot)

    async def take(self, update: Update) -> bool:
        """Take an update of the group; false: it is of another chat."""
        chat = update.effective_chat
        if chat is None or chat.id != self._chat_id:
            return False
        heard = self.read(update)
        if isinstance(heard, StaffTap):
            await self._staff.obey(NAME, heard.place, heard.account, heard.command)
        elif heard:
            await self._staff.hear(heard)
        return True

    def read(self, update: Update) -> tuple[Words, ...] | StaffTap | None:
        """Read what an agent did in a topic; none: it is of no topic of ours.

        Edited messages are none: what was relayed cannot be taken back.
        """
        query = update.callback_query
        if query is not None and isinstance(query.message, Message):
            place = self._place(query.message)
            if place is None or not (query.data or "").startswith(_TAP):
                return None
            command = (query.data or "").removeprefix(_TAP)
            return StaffTap(place, str(query.from_user.id), command)
        message = update.message
        place = self._place(message) if message is not None else None
        if message is None or place is None or message.from_user is None:
            return None
        return _words(message, place, str(message.from_user.id))

    def _place(self, message: Message) -> str | None:
        if message.chat.id != self._chat_id or message.message_thread_id is None:
            return None
        return str(message.message_thread_id)

    async def _send(
        self,
        place: str,
        text: str,
        *,
        keyboard: InlineKeyboardMarkup | None = None,
        reply_to: str | None = None,
    ) -> Message:
        await self._limiter.acquire()
        to = ReplyParameters(int(reply_to), allow_sending_without_reply=True) if reply_to else None
        try:
            return await self._bot.send_message(
                self._chat_id,
                text,
                message_thread_id=int(place),
                reply_markup=keyboard,
                reply_parameters=to,
            )
        except TelegramError as exc:
            raise _translate(exc) from exc

    async def _set_open(self, place: str, *, is_open: bool) -> None:
        change = self._bot.reopen_forum_topic if is_open else self._bot.close_forum_topic
        try:
            await change(self._chat_id, int(place))
        except BadRequest as exc:
            if _UNCHANGED not in exc.message.lower():
                raise _translate(exc) from exc
        except TelegramError as exc:
            raise _translate(exc) from exc


def _words(message: Message, place: str, account: str) -> tuple[Words, ...]:
    """Return an agent's words, and apart from them the lines that stay with colleagues."""
    lines = (message.text or message.caption or "").splitlines()
    aside = "\n".join(each.removeprefix(_ASIDE).strip() for each in lines if _is_aside(each))
    aloud = "\n".join(each for each in lines if not _is_aside(each)).strip()
    said = []
    if aloud:
        said.append(Words(NAME, place, str(message.message_id), account, aloud))
    if aside:
        said.append(Words(NAME, place, f"{message.message_id}:note", account, aside, is_note=True))
    return tuple(said)


def _is_aside(line: str) -> bool:
    return line.lstrip().startswith(_ASIDE)


def _bundle(lines: Sequence[Line]) -> list[tuple[str, int]]:
    """Return texts that fit into messages, each with how many lines it holds."""
    bundles: list[tuple[str, int]] = []
    for line in lines:
        text = f"{_SPEAKERS[line.author]}: {line.text}"[:_LONGEST_TEXT]
        joined = f"{bundles[-1][0]}\n{text}" if bundles else ""
        if bundles and len(joined) <= _LONGEST_TEXT:
            bundles[-1] = (joined, bundles[-1][1] + 1)
        else:
            bundles.append((text, 1))
    return bundles


def _translate(error: TelegramError) -> AdapterError | NotFoundError:
    """Return one of the client's errors as ours."""
    text = error.message.lower()
    if any(each in text for each in _GONE):
        return NotFoundError("topic")
    if isinstance(error, RetryAfter):
        wait_s = error._retry_after.total_seconds()  # noqa: SLF001 the public one changes its type
        return UnavailableError("telegram is throttling", retry_after_s=wait_s)
    if isinstance(error, BadRequest):
        return RejectedError("telegram refused it")
    return UnavailableError("telegram cannot be reached")
