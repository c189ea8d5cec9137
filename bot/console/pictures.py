"""Showing a picture that a person sent, when an agent opens it; that is noted."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.console.access import Access, signed_in
from bot.pictures import PictureSource, kind_of
from deliveries.errors import InvalidInputError, NotFoundError, UnavailableError
from deliveries.model.message import InboundMessage
from deliveries.model.recipient import Channel
from deliveries.model.staff import Permission
from deliveries.ports import Clock, UnitOfWorkFactory
from deliveries.services.staff.auditing import record


@dataclass(frozen=True)
class Pictures:
    """Fetches pictures from the networks that keep them; none is kept here."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    sources: Mapping[Channel, PictureSource]

    def routes(self, access: Access) -> list[Route]:
        """Return the route with its permission."""
        path = "/chats/{id}/pictures/{seq:int}/{at:int}"
        may = Permission.REVEAL_PERSONAL_DATA
        return [access.route(path, self.show, may, name="picture")]

    async def show(self, request: Request) -> Response:
        """Show one picture of one message."""
        try:
            message = await asyncio.to_thread(self._note, request)
            source = self.sources.get(message.channel)
            if source is None:
                return PlainTextResponse("That channel is switched off.", status_code=404)
            content = await source.fetch(message.pictures[request.path_params["at"]])
        except NotFoundError:
            return PlainTextResponse("There is no such picture any more.", status_code=404)
        except InvalidInputError:
            return PlainTextResponse("It is too large to be shown.", status_code=413)
        except UnavailableError:
            return PlainTextResponse("The network does not answer. Try again.", status_code=502)
        kind = kind_of(content)
        if kind is None:
            return PlainTextResponse("It is no picture that could be shown.", status_code=415)
        return Response(content, media_type=kind)

    def _note(self, request: Request) -> InboundMessage:
        """Return the message, once it is noted who wants to see what came with it."""
        id_, seq, at = (request.path_params[name] for name in ("id", "seq", "at"))
        with self.unit_of_work() as work:
            found = [each for each in work.inbound.of(id_) if each.seq == seq]
            if not found or at >= len(found[0].pictures):
                raise NotFoundError(f"{seq}")
            record(
                work,
                signed_in(request).agent_id,
                "picture.shown",
                "conversation",
                id_,
                after={"message": seq, "picture": at},
                now=self.clock.now(),
            )
            work.commit()
        return found[0]
