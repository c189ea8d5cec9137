"""The calls by which Telegram shows words, pictures, places and vans on their way."""

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
)
from telegram.error import BadRequest

from bot.departure import Departure, NotSentError
from deliveries.model.message import Form

_LONGEST_CAPTION = 1024
# Telegram's words for a change that changes nothing; the client changes the case of the first.
_THE_SAME = "message is not modified"

type Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | None


async def show(bot: Bot, departure: Departure, keyboard: Keyboard) -> str:
    """Show a message in its form and return ``chat:message`` ids.

    Raises:
        NotSentError: If it lacks what its form shows.
        TelegramError: As Telegram refuses.
    """
    match departure.shape.form:
        case Form.WORDS:
            return _id_of(await _words(bot, departure, keyboard))
        case Form.VENUE:
            return _id_of(await _venue(bot, departure))
        case Form.LIVE:
            return _id_of(await _live(bot, departure))
        case Form.EDIT | Form.MOVE | Form.HALT:
            return await _change(bot, departure, keyboard)


async def _words(bot: Bot, departure: Departure, keyboard: Keyboard) -> Message:
    """Send words, beneath their picture if there is one that Telegram can get."""
    chat_id, text = int(departure.address.reveal()), departure.rendered.text
    photo_url = departure.shape.photo_url
    if photo_url and len(text) <= _LONGEST_CAPTION:
        try:
            return await bot.send_photo(
                chat_id=chat_id, photo=photo_url, caption=text, reply_markup=keyboard
            )
        except BadRequest as error:
            # Nothing was shown. Whatever is wrong with the picture, the words must arrive.
            if "chat" in error.message.lower():
                raise
    return await bot.send_message(
        chat_id=chat_id,
        text=text,
        reply_markup=keyboard,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )


async def _venue(bot: Bot, departure: Departure) -> Message:
    lat, lon = _place(departure)
    return await bot.send_venue(
        chat_id=int(departure.address.reveal()),
        latitude=lat,
        longitude=lon,
        title=departure.shape.title,
        address=departure.shape.address or departure.shape.title,
        disable_notification=True,
    )


async def _live(bot: Bot, departure: Departure) -> Message:
    lat, lon = _place(departure)
    return await bot.send_location(
        chat_id=int(departure.address.reveal()),
        latitude=lat,
        longitude=lon,
        live_period=departure.shape.live_s,
        disable_notification=True,
    )


async def _change(bot: Bot, departure: Departure, keyboard: Keyboard) -> str:
    changes = departure.shape.changes or ""
    chat_id, _, message_id = changes.partition(":")
    if not message_id.isdigit():
        raise NotSentError("not_changeable")
    chat, message = int(chat_id), int(message_id)
    try:
        match departure.shape.form:
            case Form.MOVE:
                lat, lon = _place(departure)
                await bot.edit_message_live_location(
                    chat_id=chat, message_id=message, latitude=lat, longitude=lon
                )
            case Form.HALT:
                await bot.stop_message_live_location(chat_id=chat, message_id=message)
            case _:
                buttons = keyboard if isinstance(keyboard, InlineKeyboardMarkup) else None
                await bot.edit_message_text(
                    chat_id=chat,
                    message_id=message,
                    text=departure.rendered.text,
                    reply_markup=buttons,
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                )
    except BadRequest as error:
        if _THE_SAME not in error.message.lower():
            raise
    return changes


def _place(departure: Departure) -> tuple[float, float]:
    place = departure.shape.place
    if place is None:
        raise NotSentError("place_missing")
    return place.lat, place.lon


def _id_of(message: Message) -> str:
    return f"{message.chat_id}:{message.message_id}"
