"""Signing in for tests: a desk without slow hashes, and browsers that are in at once."""

from starlette.testclient import TestClient

from deliveries.model.staff import SessionStage
from deliveries.ports import Clock
from deliveries.services.staff import sessions
from deliveries.services.staff.desk import StaffDesk
from integrations.authenticators import TotpAuthenticator
from integrations.storage import Storage
from integrations.vault import FernetVault

KEY = "a-key-of-more-than-16-characters"


def a_staff_desk(store: Storage, machine: Clock) -> StaffDesk:
    """Return a desk whose password hashes are ``hash of …``."""
    return StaffDesk(
        unit_of_work=store.unit_of_work,
        machine=machine,
        vault=FernetVault(KEY),
        authenticator=TotpAuthenticator(),
        key=KEY.encode(),
        hash_password=lambda password: f"hash of {password}",
        is_password=lambda given, kept: kept == f"hash of {given}",
        nobodys_hash="hash of nobody",
    )


def let_in(browser: TestClient, desk: StaffDesk, name: str) -> str:
    """Give a browser a session of an agent, and return its token."""
    with desk.unit_of_work() as work:
        agent = work.agents.by_name(name)
        assert agent is not None
        full = SessionStage.FULL
        token = sessions.begin(work, agent, full, device="a test", now=desk.now())
        work.commit()
    browser.cookies.set("console", token, path="/")
    return token
