"""Which agent a request comes from, and the cookie by which we know."""

import hmac
import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from deliveries.model.staff import SessionStage, may
from deliveries.services.staff import sessions
from deliveries.services.staff.desk import StaffDesk
from deliveries.services.staff.sessions import Found

# What a page asks for by itself says so, and does not keep a session alive.
BACKGROUND_HEADER = "x-background"
_ADDRESS_UNKNOWN = "unknown"
_BROWSERS = (
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class SignedIn:
    """An agent at work in one browser."""

    agent_id: str
    name: str
    csrf_token: str
    role: str
    found: Found

    @property
    def scope(self) -> tuple[str, ...]:
        """The shippers whose recipients they may see; none: everybody's."""
        return self.found.agent.scope

    def may(self, permission: str) -> bool:
        """Say whether their role allows something; templates ask it too."""
        return may(self.role, permission)


@dataclass(frozen=True)
class Sessions:
    """Finds sessions by their cookies, and hands cookies out."""

    desk: StaffDesk
    is_behind_tls: bool

    @property
    def cookie(self) -> str:
        """The cookie's name; over plain HTTP, on this machine only, without the host prefix."""
        return "__Host-console" if self.is_behind_tls else "console"

    @property
    def form_cookie(self) -> str:
        """The name of the cookie that belongs to sign-in forms, before there is a session."""
        return f"{self.cookie}-form"

    def find(self, request: Request) -> SignedIn | None:
        """Return who sent a request, if they are signed in; it keeps their session alive."""
        found = self.look(request)
        if found is None or found.session.stage is not SessionStage.FULL:
            return None
        if not _is_background(request):
            sessions.keep_alive(self.desk, found.session)
        agent, session = found.agent, found.session
        return SignedIn(agent.id, agent.name, session.csrf_token, agent.role, found)

    def look(self, request: Request) -> Found | None:
        """Return the session of a request, however far the signing in has come."""
        token = request.cookies.get(self.cookie)
        if not token:
            return None
        with self.desk.unit_of_work(read_only=True) as work:
            return sessions.find(work, token, now=self.desk.now())

    def sign_out(self, request: Request) -> None:
        """End the session of a request."""
        token = request.cookies.get(self.cookie)
        if token:
            with self.desk.unit_of_work() as work:
                work.agent_sessions.remove(sessions.hash_token(token))
                work.commit()

    def give(self, response: Response, token: str) -> None:
        """Hand the session's token to the browser; it forgets it when it is closed."""
        self._set(response, self.cookie, token)

    def give_form(self, request: Request, response: Response) -> None:
        """Hand the browser the secret that its sign-in forms are tied to."""
        value = request.cookies.get(self.form_cookie) or request.state.form_secret
        self._set(response, self.form_cookie, value)

    def form_token(self, request: Request) -> str:
        """Return the token of a form for a browser that has no session yet."""
        value = request.cookies.get(self.form_cookie)
        if not value:
            value = secrets.token_urlsafe(32)
            request.state.form_secret = value
        return self.desk.keyed("form", value)

    def is_form_ours(self, request: Request, token: str) -> bool:
        """Say whether a form's token belongs to the browser that sends it."""
        value = request.cookies.get(self.form_cookie)
        return bool(value) and is_same(token, self.desk.keyed("form", str(value)))

    def _set(self, response: Response, name: str, value: str) -> None:
        response.set_cookie(
            name, value, path="/", secure=self.is_behind_tls, httponly=True, samesite="strict"
        )


def is_same(given: str, kept: str) -> bool:
    """Compare tokens in constant time."""
    return hmac.compare_digest(given.encode(), kept.encode())


def address_of(request: Request) -> str:
    """Return where a request comes from; behind a proxy, what the trusted proxy says."""
    return request.client.host if request.client else _ADDRESS_UNKNOWN


def device_of(request: Request) -> str:
    """Return what a browser is, in two words, for the list of one's sessions."""
    said = request.headers.get("user-agent", "")
    browser = next((name for mark, name in _BROWSERS if mark in said), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in said), "")
    return f"{browser} on {system}" if system else browser


def _is_background(request: Request) -> bool:
    is_stream = "text/event-stream" in request.headers.get("accept", "")
    return is_stream or BACKGROUND_HEADER in request.headers
