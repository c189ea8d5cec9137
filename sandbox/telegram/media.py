"""Methods that send photos, places and live locations."""

from typing import Any

import httpx

from sandbox.telegram.bot import Bot
from sandbox.telegram.entities import read_text
from sandbox.telegram.errors import bad_request
from sandbox.telegram.files import Photo
from sandbox.telegram.markup import read_markup
from sandbox.telegram.messages import MAX_CAPTION, replace_content
from sandbox.telegram.params import Params

_MAX_LATITUDE = 90.0
_MAX_LONGITUDE = 180.0
_LIVE_S = (60, 86400)
_LIVE_FOREVER = 0x7FFFFFFF
_MAX_ACCURACY_M = 1500.0
_MAX_HEADING = 360


async def _send_photo(bot: Bot, params: Params) -> dict[str, Any]:
    bot.chats.chat(params)
    caption, entities = read_text(params, "caption", MAX_CAPTION)
    markup = read_markup(params)
    photo = await _read_photo(bot, params)
    chat = bot.writable_chat(params)
    content: dict[str, Any] = {"photo": photo.sizes()}
    if caption:
        content["caption"] = caption
    if entities:
        content["caption_entities"] = entities
    return bot.post(chat, content, params, markup)


async def _read_photo(bot: Bot, params: Params) -> Photo:
    upload = params.upload("photo")
    if upload is not None:
        return bot.files.add_photo(upload.content)
    given = params.text("photo").strip()
    if not given:
        raise bad_request("there is no photo in the request")
    if not given.startswith(("http://", "https://")):
        return bot.files.by_id(given)
    try:
        response = await bot.client.get(given, timeout=5.0, follow_redirects=True)
    except (httpx.HTTPError, httpx.InvalidURL) as exc:
        raise bad_request("failed to get HTTP URL content") from exc
    if not response.is_success:
        raise bad_request("failed to get HTTP URL content")
    if not response.headers.get("content-type", "").startswith("image/"):
        raise bad_request("wrong type of the web page content")
    return bot.files.add_photo(response.content)


def _read_location(params: Params) -> dict[str, Any]:
    latitude, longitude = params.number("latitude"), params.number("longitude")
    if latitude is None or longitude is None:
        raise bad_request("latitude and longitude must be specified")
    if abs(latitude) > _MAX_LATITUDE or abs(longitude) > _MAX_LONGITUDE:
        raise bad_request("location coordinates are out of range")
    location: dict[str, Any] = {"latitude": latitude, "longitude": longitude}
    accuracy = params.number("horizontal_accuracy")
    if accuracy is not None:
        location["horizontal_accuracy"] = min(max(accuracy, 0.0), _MAX_ACCURACY_M)
    heading = params.integer("heading")
    if heading is not None:
        if not 1 <= heading <= _MAX_HEADING:
            raise bad_request("wrong heading specified")
        location["heading"] = heading
    return location


async def _send_location(bot: Bot, params: Params) -> dict[str, Any]:
    bot.chats.chat(params)
    location = _read_location(params)
    live_s = params.integer("live_period")
    if live_s:
        if not _LIVE_S[0] <= live_s <= _LIVE_S[1] and live_s != _LIVE_FOREVER:
            raise bad_request("invalid live_period specified")
        location["live_period"] = live_s
    markup = read_markup(params)
    return bot.post(bot.writable_chat(params), {"location": location}, params, markup)


async def _edit_live_location(bot: Bot, params: Params) -> dict[str, Any]:
    location = _read_location(params)
    markup = read_markup(params)
    message = bot.own_message(params)
    live_s = _live_period(bot, message)
    location["live_period"] = params.integer("live_period") or live_s
    return replace_content(bot, message, {"location": location}, markup)


async def _stop_live_location(bot: Bot, params: Params) -> dict[str, Any]:
    markup = read_markup(params)
    message = bot.own_message(params)
    _live_period(bot, message)
    still = {k: v for k, v in message["location"].items() if k not in ("live_period", "heading")}
    return replace_content(bot, message, {"location": still}, markup)


def _live_period(bot: Bot, message: dict[str, Any]) -> int:
    live_s = message.get("location", {}).get("live_period")
    if live_s is None:
        raise bad_request("message can't be edited")
    if live_s != _LIVE_FOREVER and bot.timestamp() > message["date"] + live_s:
        raise bad_request("message can't be edited")
    return int(live_s)


async def _send_venue(bot: Bot, params: Params) -> dict[str, Any]:
    bot.chats.chat(params)
    location = _read_location(params)
    title, address = params.text("title").strip(), params.text("address").strip()
    if not title:
        raise bad_request("venue title must be non-empty")
    if not address:
        raise bad_request("venue address must be non-empty")
    markup = read_markup(params)
    venue = {"location": location, "title": title, "address": address}
    chat = bot.writable_chat(params)
    return bot.post(chat, {"location": location, "venue": venue}, params, markup)


async def _send_contact(bot: Bot, params: Params) -> dict[str, Any]:
    bot.chats.chat(params)
    number, first_name = params.text("phone_number").strip(), params.text("first_name").strip()
    if not number or not first_name:
        raise bad_request("phone number and first name of the contact must be non-empty")
    contact = {"phone_number": number, "first_name": first_name}
    if params.text("last_name"):
        contact["last_name"] = params.text("last_name")
    markup = read_markup(params)
    return bot.post(bot.writable_chat(params), {"contact": contact}, params, markup)


MEDIA_METHODS = {
    "sendPhoto": _send_photo,
    "sendLocation": _send_location,
    "editMessageLiveLocation": _edit_live_location,
    "stopMessageLiveLocation": _stop_live_location,
    "sendVenue": _send_venue,
    "sendContact": _send_contact,
}
