"""Checks the keyboards that a bot sends (core.telegram.org/bots/api#inlinekeyboardmarkup)."""

from typing import Any
from urllib.parse import urlsplit

from sandbox.telegram.errors import bad_request
from sandbox.telegram.params import Params

_MAX_BUTTONS = 100
_MAX_PER_ROW = 8
_MAX_DATA_BYTES = 64
_ACTIONS = frozenset(
    {
        "callback_data",
        "url",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    }
)


def read_markup(params: Params) -> dict[str, Any] | None:
    """Return the call's ``reply_markup``, checked; None when there is none.

    Raises:
        RefusedMethodError: If Telegram would not take it.
    """
    markup = params.structure("reply_markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return {"inline_keyboard": _inline_keyboard(markup["inline_keyboard"])}
    if "keyboard" in markup:
        _check_rows(markup["keyboard"])
    return markup


def is_inline(markup: dict[str, Any] | None) -> bool:
    """Whether the markup is an inline keyboard with buttons on it."""
    return bool(markup and markup.get("inline_keyboard"))


def _check_rows(rows: Any) -> None:  # noqa: ANN401 - whatever the caller sent
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')


def _inline_keyboard(rows: Any) -> list[list[dict[str, Any]]]:  # noqa: ANN401 - as above
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    kept = [row for row in rows if row]
    if any(len(row) > _MAX_PER_ROW for row in kept) or sum(map(len, kept)) > _MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    for row in kept:
        for button in row:
            _check_button(button)
    return kept


def _check_button(button: Any) -> None:  # noqa: ANN401 - as above
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: Object expected")
    if not str(button.get("text") or "").strip():
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if len(_ACTIONS & button.keys()) != 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if "callback_data" in button:
        size = len(str(button["callback_data"]).encode())
        if not 1 <= size <= _MAX_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and urlsplit(str(button["url"])).scheme not in ("http", "https", "tg"):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid")
