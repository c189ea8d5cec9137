"""Methods about the bot itself and how it gets its updates."""

import ipaddress
import re
import time
from typing import Any
from urllib.parse import urlsplit

from sandbox.telegram.bot import Bot
from sandbox.telegram.errors import bad_request
from sandbox.telegram.params import Params
from sandbox.telegram.updates import Webhook

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_MAX_CONNECTIONS = 100
_DEFAULT_CONNECTIONS = 40
_PORTS = frozenset({443, 80, 88, 8443})
_MAX_LIMIT = 100
_MAX_TIMEOUT_S = 50.0
_MAX_COMMANDS = 100
_MAX_DESCRIPTION = 256


async def _get_me(bot: Bot, params: Params) -> dict[str, Any]:
    del params
    return {
        **bot.user(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def _set_webhook(bot: Bot, params: Params) -> bool:
    url = params.text("url").strip()
    secret = params.text("secret_token")
    connections = params.integer("max_connections") or _DEFAULT_CONNECTIONS
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if not 1 <= connections <= _MAX_CONNECTIONS:
        raise bad_request("invalid max_connections specified")
    if url:
        _check_url(url)
    _take_allowed_updates(bot, params)
    webhook = Webhook(url, secret or None, connections) if url else None
    bot.updates.set_webhook(webhook, drop_pending=params.boolean("drop_pending_updates"))
    return True


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if _is_loopback(parts.hostname):
        return  # as on a self-hosted server in local mode
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _take_allowed_updates(bot: Bot, params: Params) -> None:
    allowed = params.structure("allowed_updates")
    if allowed is None:
        return
    if not isinstance(allowed, list) or not all(isinstance(kind, str) for kind in allowed):
        raise bad_request("can't parse allowed updates: Expected an Array of String")
    bot.updates.allowed = allowed


async def _delete_webhook(bot: Bot, params: Params) -> bool:
    bot.updates.set_webhook(None, drop_pending=params.boolean("drop_pending_updates"))
    return True


async def _get_webhook_info(bot: Bot, params: Params) -> dict[str, Any]:
    del params
    updates = bot.updates
    info: dict[str, Any] = {
        "url": updates.webhook.url if updates.webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": updates.count(),
    }
    if updates.webhook is not None:
        info["max_connections"] = updates.webhook.max_connections
    if updates.allowed:
        info["allowed_updates"] = list(updates.allowed)
    if updates.last_error is not None:
        at, text = updates.last_error
        info["last_error_date"] = int(time.time() - (bot.monotonic() - at))
        info["last_error_message"] = text
    return info


async def _get_updates(bot: Bot, params: Params) -> list[dict[str, Any]]:
    _take_allowed_updates(bot, params)
    limit = params.integer("limit")
    timeout_s = min(max(params.number("timeout") or 0.0, 0.0), _MAX_TIMEOUT_S)
    return await bot.updates.fetch(
        offset=params.integer("offset") or 0,
        limit=limit if limit is not None and 1 <= limit <= _MAX_LIMIT else _MAX_LIMIT,
        timeout_s=timeout_s,
    )


async def _set_my_commands(bot: Bot, params: Params) -> bool:
    commands = params.structure("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    if len(commands) > _MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict) or not _COMMAND.fullmatch(str(command.get("command"))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= _MAX_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    bot.commands = [
        {"command": str(c["command"]).removeprefix("/"), "description": c["description"]}
        for c in commands
    ]
    return True


async def _get_my_commands(bot: Bot, params: Params) -> list[dict[str, Any]]:
    del params
    return bot.commands


async def _delete_my_commands(bot: Bot, params: Params) -> bool:
    del params
    bot.commands = []
    return True


async def _get_file(bot: Bot, params: Params) -> dict[str, Any]:
    return bot.files.by_id(params.text("file_id")).file()


async def _leave(bot: Bot, params: Params) -> bool:
    del params
    bot.updates.set_webhook(None, drop_pending=False)
    return True


CONNECTION_METHODS = {
    "getMe": _get_me,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _get_webhook_info,
    "getUpdates": _get_updates,
    "setMyCommands": _set_my_commands,
    "getMyCommands": _get_my_commands,
    "deleteMyCommands": _delete_my_commands,
    "getFile": _get_file,
    "logOut": _leave,
    "close": _leave,
}
