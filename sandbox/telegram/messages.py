"""Methods that write, change, copy and delete messages, and answer taps."""

from collections.abc import Mapping
from typing import Any

from sandbox.telegram.bot import Bot
from sandbox.telegram.entities import read_text
from sandbox.telegram.errors import bad_request
from sandbox.telegram.markup import is_inline, read_markup
from sandbox.telegram.params import Params
from sandbox.telegram.updates import CALLBACK_KEPT_S

MAX_CAPTION = 1024
_MAX_ANSWER = 200
_DELETE_WINDOW_S = 48 * 3600
_COPIED = frozenset(
    {"text", "entities", "caption", "caption_entities", "photo", "location", "venue", "contact"}
)
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
_CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def replace_content(
    bot: Bot,
    message: dict[str, Any],
    content: Mapping[str, Any],
    markup: dict[str, Any] | None,
    *,
    dropped: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Change a message of the bot; an inline keyboard that is not given again goes away.

    Raises:
        RefusedMethodError: If nothing would change.
    """
    kept = {k: v for k, v in message.items() if k not in ("reply_markup", *dropped)}
    changed = {**kept, **content}
    if is_inline(markup):
        changed["reply_markup"] = markup
    if changed == message:
        raise bad_request(_NOT_MODIFIED)
    changed["edit_date"] = bot.timestamp()
    bot.show(changed)
    return changed


async def _send_message(bot: Bot, params: Params) -> dict[str, Any]:
    bot.chats.chat(params)
    text, entities = read_text(params)
    markup = read_markup(params)
    chat = bot.writable_chat(params)
    content = {"text": text, **({"entities": entities} if entities else {})}
    return bot.post(chat, content, params, markup)


async def _edit_message_text(bot: Bot, params: Params) -> dict[str, Any]:
    bot.chats.chat(params)
    text, entities = read_text(params)
    markup = read_markup(params)
    message = bot.own_message(params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    content = {"text": text, **({"entities": entities} if entities else {})}
    return replace_content(bot, message, content, markup, dropped=frozenset({"entities"}))


async def _edit_message_caption(bot: Bot, params: Params) -> dict[str, Any]:
    caption, entities = read_text(params, "caption", MAX_CAPTION)
    markup = read_markup(params)
    message = bot.own_message(params)
    if "photo" not in message:
        raise bad_request("there is no caption in the message to edit")
    content: dict[str, Any] = {"caption": caption} if caption else {}
    if entities:
        content["caption_entities"] = entities
    dropped = frozenset({"caption", "caption_entities"})
    return replace_content(bot, message, content, markup, dropped=dropped)


async def _edit_message_reply_markup(bot: Bot, params: Params) -> dict[str, Any]:
    markup = read_markup(params)
    return replace_content(bot, bot.own_message(params), {}, markup)


async def _answer_callback_query(bot: Bot, params: Params) -> bool:
    query = bot.queries.get(params.text("callback_query_id"))
    if query is None or query.is_answered or bot.monotonic() - query.asked_at > CALLBACK_KEPT_S:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = params.text("text")
    if len(text) > _MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query.is_answered = True
    shown = {"chat": query.chat_id, "text": text, "alert": params.boolean("show_alert")}
    bot.feed.publish("toast", shown)
    return True


async def _delete_message(bot: Bot, params: Params) -> bool:
    chat = bot.chats.chat(params)
    message = bot.chats.message(chat.id, params.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if bot.timestamp() - message["date"] > _DELETE_WINDOW_S:
        raise bad_request("message can't be deleted for everyone")
    bot.chats.forget(chat.id, message["message_id"])
    bot.journal.remove(f"telegram:{chat.id}:{message['message_id']}")
    return True


async def _copy_message(bot: Bot, params: Params) -> dict[str, Any]:
    source = bot.chats.chat(params, "from_chat_id")
    if params.integer("message_id") is None:
        raise bad_request("message identifier is not specified")
    message = bot.chats.message(source.id, params.integer("message_id"))
    bot.chats.chat(params)
    if message is None:
        raise bad_request("message to copy not found")
    content = {name: value for name, value in message.items() if name in _COPIED}
    if not content:
        raise bad_request("the message can't be copied")
    if params.has("caption") and "photo" in content:
        content["caption"], entities = read_text(params, "caption", MAX_CAPTION)
        content["caption_entities"] = entities
    markup = read_markup(params)
    copied = bot.post(bot.writable_chat(params), content, params, markup)
    return {"message_id": copied["message_id"]}


async def _send_chat_action(bot: Bot, params: Params) -> bool:
    chat = bot.chats.chat(params)
    action = params.text("action")
    if action not in _CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.check_writable()
    bot.feed.publish("chat_action", {"chat": chat.id, "action": action})
    return True


MESSAGE_METHODS = {
    "sendMessage": _send_message,
    "editMessageText": _edit_message_text,
    "editMessageCaption": _edit_message_caption,
    "editMessageReplyMarkup": _edit_message_reply_markup,
    "answerCallbackQuery": _answer_callback_query,
    "deleteMessage": _delete_message,
    "copyMessage": _copy_message,
    "sendChatAction": _send_chat_action,
}
