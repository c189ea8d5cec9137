"""What people do in Telegram: start the bot, write, tap, share, block."""

import secrets
from collections.abc import Mapping
from typing import Any

from sandbox.telegram.bot import Bot, Query
from sandbox.telegram.chats import Group, Person
from sandbox.telegram.entities import commands_in


class ActionError(ValueError):
    """A person cannot do this, such as tapping a button that is not on their screen."""


def write(
    bot: Bot,
    person: Person,
    content: Mapping[str, Any],
    *,
    group: Group | None = None,
    thread_id: int | None = None,
) -> dict[str, Any]:
    """Let a person send a message, to the bot or into a group, and tell the bot.

    ``content`` has the fields of the ``Message`` that hold what was sent: ``text``, ``contact``
    and so on. In a group, ``thread_id`` is the topic; None is the General topic.

    Raises:
        ActionError: If the person has blocked the bot.
    """
    chat = person.chat() if group is None else group.chat()
    if group is None:
        if person.has_blocked:
            raise ActionError("this person has blocked the bot")
        person.has_started = True
    thread = {} if thread_id is None else {"message_thread_id": thread_id, "is_topic_message": True}
    message: dict[str, Any] = {
        "message_id": bot.chats.new_message_id(chat["id"]),
        **thread,
        "date": bot.timestamp(),
        "chat": chat,
        "from": person.user(),
        **content,
    }
    bot.show(message)
    bot.updates.add("message", message, str(chat["id"]))
    return message


def text_content(text: str) -> dict[str, Any]:
    """Return the content of a text message with its bot commands marked."""
    commands = commands_in(text)
    return {"text": text, **({"entities": commands} if commands else {})}


def contact_content(person: Person) -> dict[str, Any]:
    """Return the content of a person's own contact, as the share button sends it.

    Raises:
        ActionError: If the person's phone number is not known.
    """
    if person.phone is None:
        raise ActionError("this person has no phone number")
    names = {"first_name": person.first_name}
    if person.last_name:
        names["last_name"] = person.last_name
    number = person.phone.removeprefix("+")
    return {"contact": {"phone_number": number, **names, "user_id": person.id}}


def photo_content(bot: Bot, content: bytes, caption: str = "") -> dict[str, Any]:
    """Return the content of a photo that a person sends."""
    photo = bot.files.add_photo(content)
    return {"photo": photo.sizes(), **({"caption": caption} if caption else {})}


def edit(bot: Bot, person: Person, message_id: int, text: str) -> dict[str, Any]:
    """Let a person change a message they wrote.

    Raises:
        ActionError: If it is not theirs.
    """
    message = bot.chats.message(person.id, message_id)
    if message is None or message["from"]["id"] != person.id:
        raise ActionError("no such message of this person")
    changed = {**message, **text_content(text), "edit_date": bot.timestamp()}
    bot.show(changed)
    bot.updates.add("edited_message", changed, str(person.id))
    return changed


def tap(
    bot: Bot, person: Person, chat_id: int, message_id: int, data: str, *, is_forged: bool = False
) -> str:
    """Let a person tap the inline button with this data; return the callback query's id.

    With ``is_forged`` the data is sent even if the message has no such button, as a tampered
    client could.

    Raises:
        ActionError: If the message has no such button.
    """
    message = bot.chats.message(chat_id, message_id)
    if message is None:
        raise ActionError("no such message")
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    if not is_forged and not any(b.get("callback_data") == data for row in rows for b in row):
        raise ActionError("the message has no such button")
    query = Query(str(secrets.randbelow(10**18)), chat_id, bot.monotonic())
    bot.queries[query.id] = query
    content = {
        "id": query.id,
        "from": person.user(),
        "chat_instance": str(-(10**15) - chat_id),
        "message": message,
        "data": data,
    }
    bot.updates.add("callback_query", content, str(person.id))
    return query.id


def set_blocked(bot: Bot, person: Person, *, is_blocked: bool) -> None:
    """Let a person block the bot or start it again; the bot is told."""
    if person.has_blocked == is_blocked:
        return
    person.has_blocked = is_blocked
    member = {"user": bot.user(), "status": "member"}
    kicked = {"user": bot.user(), "status": "kicked", "until_date": 0}
    content = {
        "chat": person.chat(),
        "from": person.user(),
        "date": bot.timestamp(),
        "old_chat_member": member if is_blocked else kicked,
        "new_chat_member": kicked if is_blocked else member,
    }
    bot.updates.add("my_chat_member", content, str(person.id))
