"""Signing in with a provider that speaks OpenID Connect over real HTTP, and what may go wrong."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx2 import Response
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from bot.console import Console, console_app
from bot.console.live import Live
from bot.settings import Settings
from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.render import Wording
from deliveries.environment import Environment, SettingsError
from deliveries.services.conversing.turns import Desk
from deliveries.services.staff.desk import StaffDesk
from integrations.clock import SystemClock
from integrations.geography import RoadGeography
from integrations.oidc import OidcProvider
from tests.builders import a_stocked_storage, an_agent
from tests.doubles import OpenPlanner, OpenVault
from tests.staff_desks import a_staff_desk

KEY = RSAKey.generate_key(2048, {"kid": "k1"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "k1"})
ROLES = {"support": "agent", "leads": "lead"}
BACK = "http://testserver/console/sign-in/company/back"


@dataclass
class Company:
    """A provider: what it puts into tokens can be changed."""

    issuer: str = ""
    different: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: KEY)
    asked: dict[str, str] = field(default_factory=dict)
    claimed_issuer: str | None = None

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path.endswith("/openid-configuration"):
            return 200, {
                "issuer": self.claimed_issuer or self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        if path == "/keys":
            return 200, {"keys": [KEY.as_dict(private=False)]}
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if form.get("code") != "good" or challenge != self.asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": "doorstep",
            "sub": "u-1",
            "iat": now,
            "exp": now + 300,
            "nonce": self.asked["nonce"],
            "preferred_username": "maya",
            "groups": ["support"],
        } | self.different
        token = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.key)
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": token}


@pytest.fixture
def company() -> Iterator[Company]:
    told = Company()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(body).items()})

        def _answer(self, form: dict[str, str]) -> None:
            status, answer = told.answer(self.path, form)
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield told
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def desk() -> StaffDesk:
    return a_staff_desk(a_stocked_storage(), SystemClock())


def a_browser(desk: StaffDesk, company: Company) -> TestClient:
    console = Console(
        unit_of_work=desk.unit_of_work,
        clock=desk.machine,
        staff=desk,
        wording=Wording(Catalogue(read_sources())),
        is_behind_tls=False,
        live=Live(desk.unit_of_work, poll_s=0.05),
        desk=Desk(desk.unit_of_work, OpenPlanner(), RoadGeography(), OpenVault()),
        provider=OidcProvider(company.issuer, "doorstep", "secret", BACK),
        roles_of_groups=ROLES,
    )
    return TestClient(Starlette(routes=[Mount("/console", console_app(console))]))


def leave(browser: TestClient, company: Company) -> dict[str, str]:
    answer = browser.get("/console/sign-in/company?next=/console/account", follow_redirects=False)
    assert answer.status_code == 303
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    company.asked = {name: values[0] for name, values in query.items()}
    return company.asked


def come_back(browser: TestClient, state: str, code: str = "good") -> Response:
    return browser.get(BACK, params={"state": state, "code": code})


def is_in(browser: TestClient) -> bool:
    return browser.get("/console/account", follow_redirects=False).status_code == 200


def test_who_the_company_vouches_for_is_in_with_the_role_of_their_groups(
    desk: StaffDesk, company: Company
) -> None:
    browser = a_browser(desk, company)
    asked = leave(browser, company)
    back = come_back(browser, asked["state"])

    assert (asked["code_challenge_method"], asked["response_type"]) == ("S256", "code")
    assert (back.status_code, 'content="0;url=/console/account"' in back.text) == (200, True)
    assert is_in(browser)
    company.different = {"groups": ["support", "leads", "chess"]}
    again = a_browser(desk, company)
    come_back(again, leave(again, company)["state"])
    with desk.unit_of_work(read_only=True) as work:
        [agent] = work.agents.all()
    assert (agent.name, agent.role, agent.password_hash) == ("maya", "lead", "")
    assert (is_in(again), is_in(browser)) == (True, False)


@pytest.mark.parametrize(
    "different",
    [
        {"groups": ["chess"]},
        {"groups": "support"},
        {"nonce": "of another journey"},
        {"aud": "another-client"},
        {"aud": ["doorstep", "another"], "azp": "another"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"preferred_username": 7},
        {"preferred_username": "ann"},
        {"sub": None},
    ],
)
def test_a_token_that_is_not_good_lets_nobody_in(
    desk: StaffDesk, company: Company, different: dict[str, Any]
) -> None:
    with desk.unit_of_work() as work:
        work.agents.add(an_agent(name="ann", role="admin"))
        work.commit()
    browser = a_browser(desk, company)
    company.different = different

    assert come_back(browser, leave(browser, company)["state"]).status_code == 403
    assert not is_in(browser)


def test_a_token_signed_by_somebody_else_lets_nobody_in(desk: StaffDesk, company: Company) -> None:
    browser = a_browser(desk, company)
    company.key = OTHER_KEY

    assert come_back(browser, leave(browser, company)["state"]).status_code == 403


def test_a_journey_is_for_the_browser_that_began_it_and_for_its_own_code(
    desk: StaffDesk, company: Company
) -> None:
    begun, stranger = a_browser(desk, company), a_browser(desk, company)
    state = leave(begun, company)["state"]

    assert come_back(stranger, state).status_code == 403
    assert come_back(begun, "another-state").status_code == 403
    assert come_back(begun, state, code="stolen").status_code == 403
    company.asked["code_challenge"] = "of another verifier"
    assert come_back(begun, state).status_code == 403


def test_a_provider_that_calls_itself_otherwise_or_is_away_is_not_used(
    desk: StaffDesk, company: Company
) -> None:
    browser = a_browser(desk, company)
    company.claimed_issuer = "https://evil.example"

    assert browser.get("/console/sign-in/company").status_code == 503


def test_a_disabled_account_is_refused_here_too(desk: StaffDesk, company: Company) -> None:
    browser = a_browser(desk, company)
    come_back(browser, leave(browser, company)["state"])
    with desk.unit_of_work() as work:
        [agent] = work.agents.all()
        agent.disabled_at = desk.now()
        work.commit()

    assert not is_in(browser)
    assert come_back(browser, leave(browser, company)["state"]).status_code == 403


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("DOORSTEP_OIDC_ISSUER", "http://login.example", "DOORSTEP_OIDC_ISSUER is not an https"),
        ("DOORSTEP_OIDC_ISSUER", "", "DOORSTEP_OIDC_ISSUER is missing"),
        ("DOORSTEP_OIDC_CLIENT_SECRET", "", "DOORSTEP_OIDC_CLIENT_SECRET is missing"),
        ("DOORSTEP_OIDC_ROLES", "support=king", "DOORSTEP_OIDC_ROLES is not group=role"),
        ("DOORSTEP_PUBLIC_URL", "", "DOORSTEP_PUBLIC_URL is missing"),
    ],
)
def test_half_a_set_up_does_not_start(name: str, value: str, complaint: str) -> None:
    whole = {
        "DOORSTEP_DATABASE_URL": "sqlite://",
        "DOORSTEP_SECRET_KEY": "a-key-of-more-than-16-characters",
        "DOORSTEP_PUBLIC_URL": "https://doorstep.example",
        "DOORSTEP_OIDC_ISSUER": "https://login.example",
        "DOORSTEP_OIDC_CLIENT_ID": "doorstep",
        "DOORSTEP_OIDC_CLIENT_SECRET": "secret",
        "DOORSTEP_OIDC_ROLES": "support=agent, leads=lead",
    }
    oidc = Settings.read(Environment(whole)).oidc
    assert oidc is not None
    assert oidc.roles == ROLES
    with pytest.raises(SettingsError, match=complaint):
        Settings.read(Environment(whole | {name: value}))
