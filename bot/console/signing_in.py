"""The pages of signing in: name and password, the code, and what a newcomer chooses first."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from bot.console.forms import read_form
from bot.console.sessions import Sessions, address_of, device_of, is_same
from deliveries.errors import AttemptsExhaustedError, InvalidInputError, NotAllowedError
from deliveries.model.staff import SessionStage
from deliveries.services.staff import signing_in
from deliveries.services.staff.desk import SHORTEST_PASSWORD
from deliveries.services.staff.sessions import Found
from deliveries.services.staff.signing_in import Step

TOO_MANY = "Too many tries. Please wait some minutes before the next one."
WRONG = "Name or password are wrong."
WRONG_CODE = "This code does not fit, or was used already. Please wait for the next one."
TOO_OLD = "This page was too old. Please try again."
WEAK = (
    f"Please choose at least {SHORTEST_PASSWORD} characters that are not built on your name, "
    "and not the password that was given to you."
)
_PAGES = {
    SessionStage.SECOND_FACTOR: "second_factor",
    SessionStage.RENEWAL: "renewal",
    SessionStage.ENROLMENT: "enrolment",
}

type Deed = Callable[[Found, dict[str, str], str], Step | None]


@dataclass(frozen=True)
class SigningIn:
    """The pages before and after an agent's session."""

    sessions: Sessions
    templates: Jinja2Templates
    has_provider: bool = False

    def routes(self) -> list[Route]:
        """Return the routes, which need no session of their own."""
        return [
            Route("/sign-in", self.show, methods=["GET"], name="sign_in"),
            Route("/sign-in", self.sign_in, methods=["POST"]),
            Route("/sign-in/{stage}", self.show_step, methods=["GET"], name="sign_in_step"),
            Route("/sign-in/{stage}", self.take_step, methods=["POST"]),
            Route("/sign-out", self.sign_out, methods=["POST"], name="sign_out"),
        ]

    async def show(self, request: Request) -> Response:
        """Show the sign-in page."""
        return self._first(request)

    async def sign_in(self, request: Request) -> Response:
        """Look at name and password, and lead to the next step."""
        form = await read_form(request)
        if not self.sessions.is_form_ours(request, form.get("csrf_token", "")):
            return self._first(request, problem=TOO_OLD, status_code=403)
        try:
            step = await asyncio.to_thread(
                signing_in.give_password,
                self.sessions.desk,
                form.get("name", "").strip(),
                form.get("password", ""),
                address=address_of(request),
                device=device_of(request),
            )
        except AttemptsExhaustedError:
            return self._first(request, problem=TOO_MANY, status_code=429)
        if step is None:
            return self._first(request, problem=WRONG, status_code=403)
        await asyncio.to_thread(self.sessions.sign_out, request)
        return self._lead_on(request, step)

    async def show_step(self, request: Request) -> Response:
        """Show what is asked next."""
        found = await asyncio.to_thread(self.sessions.look, request)
        if found is None or found.session.stage is SessionStage.FULL:
            return self._back(request)
        return await self._show_step(request, found)

    async def take_step(self, request: Request) -> Response:
        """Take what was asked for."""
        found = await asyncio.to_thread(self.sessions.look, request)
        deed = self._deeds().get(request.path_params["stage"])
        if found is None or deed is None:
            return self._back(request)
        form = await read_form(request)
        if not is_same(form.get("csrf_token", ""), found.session.csrf_token):
            return await self._show_step(request, found, problem=TOO_OLD, status_code=403)
        try:
            step = await asyncio.to_thread(deed, found, form, address_of(request))
        except NotAllowedError:
            return self._back(request)
        except (AttemptsExhaustedError, InvalidInputError) as error:
            is_weak = isinstance(error, InvalidInputError)
            problem, status = (WEAK, 422) if is_weak else (TOO_MANY, 429)
            return await self._show_step(request, found, problem=problem, status_code=status)
        if step is None:
            return await self._show_step(request, found, problem=WRONG_CODE, status_code=403)
        return self._lead_on(request, step)

    async def sign_out(self, request: Request) -> Response:
        """Sign the agent out, if it is one of our pages that asks for it."""
        found = await asyncio.to_thread(self.sessions.look, request)
        form = await read_form(request)
        if found and is_same(form.get("csrf_token", ""), found.session.csrf_token):
            await asyncio.to_thread(self.sessions.sign_out, request)
        return RedirectResponse(request.url_for("sign_in"), status_code=303)

    def _deeds(self) -> dict[str, Deed]:
        desk = self.sessions.desk
        return {
            SessionStage.SECOND_FACTOR: lambda found, form, address: signing_in.give_code(
                desk, found, form.get("code", ""), address=address
            ),
            SessionStage.RENEWAL: lambda found, form, _: signing_in.choose_password(
                desk, found, form.get("password", "")
            ),
            SessionStage.ENROLMENT: lambda found, form, address: signing_in.enrol(
                desk, found, form.get("code", ""), address=address
            ),
        }

    def _lead_on(self, request: Request, step: Step) -> Response:
        """Lead to the next step, or in."""
        response: Response
        if step.recovery_codes:
            context = {"codes": step.recovery_codes, "agent": None, "next": next_page(request)}
            response = self.templates.TemplateResponse(request, "recovery_codes.html", context)
        elif step.stage is SessionStage.FULL:
            response = RedirectResponse(next_page(request), status_code=303)
        else:
            address = request.url_for("sign_in_step", stage=step.stage.value)
            wanted = request.url.query
            response = RedirectResponse(f"{address}?{wanted}" if wanted else address, 303)
        self.sessions.give(response, step.token)
        return response

    async def _show_step(
        self, request: Request, found: Found, *, problem: str = "", status_code: int = 200
    ) -> Response:
        stage = found.session.stage
        context: dict[str, object] = {"problem": problem, "agent": None, "found": found}
        if stage is SessionStage.ENROLMENT:
            desk = self.sessions.desk
            secret = await asyncio.to_thread(signing_in.show_secret, desk, found)
            context["secret"] = secret.reveal()
            context["picture"] = desk.authenticator.picture(secret, found.agent.name)
        return self.templates.TemplateResponse(
            request, f"{_PAGES[stage]}.html", context, status_code=status_code
        )

    def _first(self, request: Request, *, problem: str = "", status_code: int = 200) -> Response:
        context = {
            "problem": problem,
            "agent": None,
            "csrf_token": self.sessions.form_token(request),
            "has_provider": self.has_provider,
        }
        response = self.templates.TemplateResponse(
            request, "sign_in.html", context, status_code=status_code
        )
        self.sessions.give_form(request, response)
        return response

    def _back(self, request: Request) -> Response:
        return RedirectResponse(request.url_for("sign_in"), status_code=303)


def next_page(request: Request) -> str:
    """Return where to go after signing in: a page of the console, whatever the address says."""
    home = f"{request.scope.get('root_path', '')}/"
    wanted = request.query_params.get("next", "")
    is_ours = wanted.startswith(home) and "//" not in wanted and "\\" not in wanted
    return wanted if is_ours and wanted.isprintable() else home
