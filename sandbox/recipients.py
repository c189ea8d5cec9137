"""Control routes by which a page or a test acts as a recipient or as an agent in Telegram."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.api import BadInputError, read_object, refusing, typed
from sandbox.pictures import draw_proof
from sandbox.stage import Stage
from sandbox.telegram.chats import DESK_AGENT_ID, DESK_GROUP_ID, Person
from sandbox.telegram.people import (
    contact_content,
    edit,
    photo_content,
    set_blocked,
    tap,
    text_content,
    write,
)


def recipient_routes(stage: Stage) -> list[Route]:
    """Return the routes below ``/api/phones`` and ``/api/desk``."""
    acting = _Acting(stage)
    phone = "/api/phones/{phone}"
    return [
        Route(f"{phone}/sms", refusing(acting.sms), methods=["POST"]),
        Route(f"{phone}/telegram", refusing(acting.telegram), methods=["POST"]),
        Route(f"{phone}/tap", refusing(acting.tap), methods=["POST"]),
        Route(f"{phone}/block", refusing(acting.block), methods=["POST"]),
        Route("/api/desk/messages", refusing(acting.desk_message), methods=["POST"]),
        Route("/api/desk/tap", refusing(acting.desk_tap), methods=["POST"]),
    ]


class _Acting:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def sms(self, request: Request) -> Response:
        told = await read_object(request)
        media = told.get("media") or []
        if not isinstance(media, list) or not all(isinstance(url, str) for url in media):
            raise BadInputError("media is no list of addresses")
        text = typed(told, "text", str, "")
        if not text and not media:
            raise BadInputError("text is missing")
        person = self._person(request)
        message = self._stage.twilio.receive(person.phone or "", text, media)
        return JSONResponse({"sid": message.sid}, status_code=202)

    async def telegram(self, request: Request) -> Response:
        told = await read_object(request)
        person, bot = self._person(request), self._stage.bot
        if "start" in told:
            set_blocked(bot, person, is_blocked=False)
        if "edit" in told:
            message = edit(bot, person, typed(told, "edit", int), typed(told, "text", str))
        else:
            message = write(bot, person, self._content(person, told))
        self._stage.town.tell_people()
        return JSONResponse({"message_id": message["message_id"]}, status_code=202)

    async def tap(self, request: Request) -> Response:
        told = await read_object(request)
        person = self._person(request)
        query_id = tap(
            self._stage.bot,
            person,
            person.id,
            typed(told, "message_id", int),
            typed(told, "data", str),
            is_forged=typed(told, "forged", bool, default=False),
        )
        return JSONResponse({"callback_query_id": query_id}, status_code=202)

    async def block(self, request: Request) -> Response:
        told = await read_object(request)
        person = self._person(request)
        set_blocked(self._stage.bot, person, is_blocked=typed(told, "blocked", bool))
        self._stage.town.tell_people()
        return JSONResponse({"blocked": person.has_blocked})

    async def desk_message(self, request: Request) -> Response:
        told = await read_object(request)
        bot = self._stage.bot
        group = bot.chats.groups[DESK_GROUP_ID]
        thread_id = typed(told, "thread_id", int, 0) or None
        if thread_id is not None:
            group.topic(thread_id)
        content = text_content(typed(told, "text", str))
        message = write(bot, self._agent(), content, group=group, thread_id=thread_id)
        return JSONResponse({"message_id": message["message_id"]}, status_code=202)

    async def desk_tap(self, request: Request) -> Response:
        told = await read_object(request)
        message_id, data = typed(told, "message_id", int), typed(told, "data", str)
        query_id = tap(self._stage.bot, self._agent(), DESK_GROUP_ID, message_id, data)
        return JSONResponse({"callback_query_id": query_id}, status_code=202)

    def _person(self, request: Request) -> Person:
        phone = request.path_params["phone"]
        if not phone.startswith("+"):
            raise BadInputError("a phone is a number such as +447700900123, with %2B in the path")
        return self._stage.town.person(phone)

    def _agent(self) -> Person:
        agent = Person(id=DESK_AGENT_ID, first_name="Alex", last_name="Agent", has_started=True)
        return self._stage.bot.chats.meet(agent)

    def _content(self, person: Person, told: dict[str, Any]) -> dict[str, Any]:
        if "start" in told:
            payload = typed(told, "start", str, "")
            return text_content(f"/start {payload}".strip())
        if "contact" in told:
            whose = told["contact"]
            owner = self._stage.town.person(whose) if isinstance(whose, str) else person
            return contact_content(owner)
        if "location" in told:
            place = typed(told, "location", dict)
            latitude, longitude = typed(place, "lat", float), typed(place, "lon", float)
            return {"location": {"latitude": latitude, "longitude": longitude}}
        if "photo" in told:
            return photo_content(
                self._stage.bot, draw_proof(str(person.id)), typed(told, "caption", str, "")
            )
        return text_content(typed(told, "text", str))
