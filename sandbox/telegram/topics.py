"""Methods about the topics of a forum, in which agents work."""

from typing import Any

from sandbox.telegram.bot import Bot
from sandbox.telegram.chats import Group, Topic
from sandbox.telegram.errors import bad_request
from sandbox.telegram.params import Params

_MAX_NAME = 128
_DEFAULT_COLOUR = 7322096
_COLOURS = frozenset({7322096, 16766590, 13338331, 9367192, 16749490, 16478047})


def _read_name(params: Params) -> str:
    name = params.text("name").strip()
    if not name:
        raise bad_request("topic name must be non-empty")
    if len(name) > _MAX_NAME:
        raise bad_request("TOPIC_TITLE_TOO_LONG")
    return name


def _topic(bot: Bot, params: Params) -> tuple[Group, Topic]:
    group = bot.chats.group(params)
    return group, group.topic(params.integer("message_thread_id"))


async def _create_topic(bot: Bot, params: Params) -> dict[str, Any]:
    group = bot.chats.group(params)
    if not group.is_forum:
        raise bad_request("the chat is not a forum")
    name = _read_name(params)
    colour = params.integer("icon_color") or _DEFAULT_COLOUR
    if colour not in _COLOURS:
        raise bad_request("invalid icon color specified")
    bot.count_message(group.id)
    topic = Topic(bot.chats.new_message_id(group.id), name, colour)
    group.topics[topic.id] = topic
    _tell(bot, group, topic, "forum_topic_created", topic.id, name=name, icon_color=colour)
    return topic.represent()


def _tell(
    bot: Bot,
    group: Group,
    topic: Topic,
    kind: str,
    message_id: int,
    **facts: Any,  # noqa: ANN401
) -> None:
    message = {
        "message_id": message_id,
        "message_thread_id": topic.id,
        "is_topic_message": True,
        "date": bot.timestamp(),
        "chat": group.chat(),
        "from": bot.user(),
        kind: facts,
    }
    bot.show(message)
    bot.updates.add("message", message, str(group.id))


async def _edit_topic(bot: Bot, params: Params) -> bool:
    group, topic = _topic(bot, params)
    if not params.has("name"):
        return True
    name = _read_name(params)
    if name == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name
    message_id = bot.chats.new_message_id(group.id)
    _tell(bot, group, topic, "forum_topic_edited", message_id, name=name)
    return True


async def _close_topic(bot: Bot, params: Params) -> bool:
    return _set_closed(bot, params, is_closed=True)


async def _reopen_topic(bot: Bot, params: Params) -> bool:
    return _set_closed(bot, params, is_closed=False)


def _set_closed(bot: Bot, params: Params, *, is_closed: bool) -> bool:
    group, topic = _topic(bot, params)
    if topic.is_closed == is_closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.is_closed = is_closed
    kind = "forum_topic_closed" if is_closed else "forum_topic_reopened"
    _tell(bot, group, topic, kind, bot.chats.new_message_id(group.id))
    return True


async def _delete_topic(bot: Bot, params: Params) -> bool:
    group, topic = _topic(bot, params)
    del group.topics[topic.id]
    return True


TOPIC_METHODS = {
    "createForumTopic": _create_topic,
    "editForumTopic": _edit_topic,
    "closeForumTopic": _close_topic,
    "reopenForumTopic": _reopen_topic,
    "deleteForumTopic": _delete_topic,
}
