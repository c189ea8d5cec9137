"""Who may open which page and do what: asked here, once, for every route of the console."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.console.sessions import Sessions, SignedIn, is_same
from deliveries.model.staff import Permission
from deliveries.services.staff.scope import is_within

type Endpoint = Callable[[Request], Awaitable[Response]]

SAFE_METHODS = ("GET", "HEAD")
# Scripts say who they are; they get a status and this header instead of a page they cannot show.
SCRIPT_HEADER = "x-requested-by"
EXPIRED_HEADER = "x-session-expired"
TOKEN_HEADER = "x-csrf-token"  # noqa: S105 a header's name
# Below it everything is about one chat, and is there only for those who may know of it.
_OF_A_CHAT = "/chats/{id}"


@dataclass(frozen=True)
class Access:
    """Lets the signed-in through who may, and says to everybody else what is missing."""

    sessions: Sessions

    def route(
        self,
        path: str,
        endpoint: Endpoint,
        permission: Permission,
        *,
        methods: tuple[str, ...] = ("GET",),
        name: str | None = None,
    ) -> Route:
        """Return a route for those who may; the endpoint finds them by ``signed_in``."""

        async def guarded(request: Request) -> Response:
            agent = await asyncio.to_thread(self.sessions.find, request)
            if agent is None:
                return signed_out(request)
            if request.method not in SAFE_METHODS and not await has_token(request, agent):
                return PlainTextResponse("This form is too old. Reload the page.", status_code=403)
            if not agent.may(permission):
                return PlainTextResponse("Your role does not allow this.", status_code=403)
            if path.startswith(_OF_A_CHAT) and not await self._sees(request, agent):
                return PlainTextResponse("There is no such conversation.", status_code=404)
            request.state.signed_in = agent
            return await endpoint(request)

        return Route(path, guarded, methods=list(methods), name=name)

    async def _sees(self, request: Request, agent: SignedIn) -> bool:
        """Say whether a request's chat is within the agent's limit, if they have one."""
        if not agent.scope:
            return True

        def look() -> bool:
            with self.sessions.desk.unit_of_work(read_only=True) as work:
                return is_within(work, agent.found.agent, request.path_params["id"])

        return await asyncio.to_thread(look)


def signed_in(request: Request) -> SignedIn:
    """Return who sent a request that ``Access`` let through."""
    agent: SignedIn = request.state.signed_in
    return agent


def signed_out(request: Request) -> Response:
    """Lead to the sign-in and back; to a script say only that the session is over.

    A script's request changes nothing on its page: what was typed stays there.
    """
    sign_in = request.url_for("sign_in").path
    if SCRIPT_HEADER in request.headers or "text/event-stream" in request.headers.get("accept", ""):
        headers = {EXPIRED_HEADER: sign_in}
        return PlainTextResponse("Your session has ended.", status_code=401, headers=headers)
    if request.method in SAFE_METHODS:
        sign_in += f"?next={quote(request.url.path)}"
    return RedirectResponse(sign_in, status_code=303)


async def has_token(request: Request, agent: SignedIn) -> bool:
    """Say whether a request carries its session's token, in a header or in its form."""
    given = request.headers.get(TOKEN_HEADER)
    if given is None:
        found = (await request.form()).get("csrf_token", "")
        given = found if isinstance(found, str) else ""
    return is_same(given, agent.csrf_token)
