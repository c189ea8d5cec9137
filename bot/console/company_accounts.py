"""Signing in with the company's identity provider: there, and back."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from bot.console.sessions import Sessions, device_of, is_same
from bot.console.signing_in import next_page
from deliveries.errors import AssistantError, UnreadableError
from deliveries.model.personal import Secret
from deliveries.services.staff.company_accounts import IdentityProvider, admit
from deliveries.services.staff.signing_in import Step

LIFETIME = timedelta(minutes=10)
REFUSED = (
    "Your company account does not let you in here. Ask whoever looks after accounts whether "
    "one of your groups has a role."
)


@dataclass(frozen=True)
class CompanyAccounts:
    """The two ends of a journey to the provider.

    Attributes:
        roles: The role that each group has.
    """

    sessions: Sessions
    provider: IdentityProvider
    roles: Mapping[str, str]
    templates: Jinja2Templates

    def routes(self) -> list[Route]:
        """Return the routes; they stand before those of the other steps of signing in."""
        return [
            Route("/sign-in/company", self.leave, methods=["GET"], name="company_start"),
            Route("/sign-in/company/back", self.come_back, methods=["GET"], name="company_back"),
        ]

    async def leave(self, request: Request) -> Response:
        """Send the browser to the provider, with what it needs to be known by on its way back."""
        try:
            journey = await asyncio.to_thread(self.provider.begin)
        except AssistantError:
            return self._refuse(request, "The identity provider cannot be reached.", 503)
        desk = self.sessions.desk
        told = {
            "state": journey.state,
            "nonce": journey.nonce,
            "verifier": journey.verifier,
            "next": next_page(request),
            "until": (desk.now() + LIFETIME).timestamp(),
        }
        response = RedirectResponse(journey.url, status_code=303)
        # Lax, not strict: it must come along when the provider sends the browser back.
        response.set_cookie(
            self._cookie,
            desk.vault.seal(Secret(json.dumps(told))).decode(),
            max_age=int(LIFETIME.total_seconds()),
            path="/",
            secure=self.sessions.is_behind_tls,
            httponly=True,
            samesite="lax",
        )
        return response

    async def come_back(self, request: Request) -> Response:
        """Take what the provider says, if this browser began the journey."""
        told = self._told(request)
        state, code = (request.query_params.get(name, "") for name in ("state", "code"))
        if told is None or not code or not is_same(state, str(told["state"])):
            return self._refuse(request, "Please try again.", 403)
        try:
            step = await asyncio.to_thread(self._admit, request, code, told)
        except AssistantError:
            return self._refuse(request, REFUSED, 403)
        # A page of ours and not a redirect: strict cookies do not come along from elsewhere.
        context = {"agent": None, "next": str(told["next"])}
        response = self.templates.TemplateResponse(request, "signed_in.html", context)
        response.delete_cookie(self._cookie, path="/", secure=self.sessions.is_behind_tls)
        self.sessions.give(response, step.token)
        return response

    def _admit(self, request: Request, code: str, told: Mapping[str, object]) -> Step:
        nonce, verifier = str(told["nonce"]), str(told["verifier"])
        identity = self.provider.finish(code=code, nonce=nonce, verifier=verifier)
        return admit(self.sessions.desk, identity, self.roles, device=device_of(request))

    def _told(self, request: Request) -> dict[str, object] | None:
        sealed = request.cookies.get(self._cookie)
        if not sealed:
            return None
        try:
            told = json.loads(self.sessions.desk.vault.open(sealed.encode()).reveal())
        except UnreadableError:
            return None
        return told if told["until"] > self.sessions.desk.now().timestamp() else None

    def _refuse(self, request: Request, problem: str, status_code: int) -> Response:
        context = {
            "problem": problem,
            "agent": None,
            "csrf_token": self.sessions.form_token(request),
            "has_provider": True,
        }
        response = self.templates.TemplateResponse(
            request, "sign_in.html", context, status_code=status_code
        )
        self.sessions.give_form(request, response)
        return response

    @property
    def _cookie(self) -> str:
        return f"{self.sessions.cookie}-company"
