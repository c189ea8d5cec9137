"""Signing in and out."""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from bot.console.forms import read_form
from bot.console.sessions import Sessions
from deliveries.errors import AttemptsExhaustedError


@dataclass(frozen=True)
class SigningIn:
    """The pages before and after an agent's session."""

    sessions: Sessions
    templates: Jinja2Templates

    async def show(self, request: Request) -> Response:
        """Show the sign-in page."""
        return self._page(request, problem="")

    async def sign_in(self, request: Request) -> Response:
        """Sign an agent in, and lead back to where they were."""
        form = await read_form(request)
        name, password = form.get("name", ""), form.get("password", "")
        try:
            token = await asyncio.to_thread(self.sessions.sign_in, name, password)
        except AttemptsExhaustedError:
            problem = "Too many tries. Please wait a quarter of an hour."
            return self._page(request, problem=problem, status_code=429)
        if token is None:
            problem = "Name or password are wrong."
            return self._page(request, problem=problem, status_code=403)
        response = RedirectResponse(_next(request), status_code=303)
        self.sessions.give(response, token)
        return response

    async def sign_out(self, request: Request) -> Response:
        """Sign the agent out."""
        await asyncio.to_thread(self.sessions.sign_out, request)
        return RedirectResponse(request.url_for("sign_in"), status_code=303)

    def _page(self, request: Request, *, problem: str, status_code: int = 200) -> Response:
        context = {"problem": problem, "agent": None}
        return self.templates.TemplateResponse(
            request, "sign_in.html", context, status_code=status_code
        )


def _next(request: Request) -> str:
    """Return where to go after signing in: a page of the console, whatever the address says."""
    wanted = request.query_params.get("next", "")
    home = request.url_for("workspace").path
    is_ours = wanted.startswith(home) and "//" not in wanted and "\\" not in wanted
    return wanted if is_ours else home
