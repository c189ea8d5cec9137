"""Signing in with the company's identity provider, which sees to the second factor itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from deliveries.errors import NotAllowedError
from deliveries.model.staff import Agent, Role, SessionStage
from deliveries.ports import UnitOfWork
from deliveries.services.staff import accounts, sessions
from deliveries.services.staff.auditing import record
from deliveries.services.staff.desk import StaffDesk, read_name
from deliveries.services.staff.signing_in import Step


@dataclass(frozen=True)
class Journey:
    """One way to the provider and back.

    Attributes:
        url: Where the browser goes.
        state: Comes back unchanged; ties the way back to the browser that left.
        nonce: Stands in the identity token; ties that to this journey.
        verifier: Proves that who asks for the token began the journey (PKCE).
    """

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Identity:
    """Who somebody is to the provider.

    Attributes:
        subject: Issuer and subject; never given to anybody else.
    """

    subject: str
    name: str
    groups: tuple[str, ...]


class IdentityProvider(Protocol):
    """The company's accounts, by OpenID Connect."""

    def begin(self) -> Journey:
        """Return the way to the provider.

        Raises:
            UnavailableError: If it cannot be reached.
            UnreadableError: If it is not the provider that was set up.
        """
        ...

    def finish(self, *, code: str, nonce: str, verifier: str) -> Identity:
        """Return who came back with a code.

        Raises:
            RejectedError: If the provider refuses the code.
            UnavailableError: If it cannot be reached.
            UnreadableError: If its token is not signed by it, not for us, too old or of another
                journey.
        """
        ...


def admit(desk: StaffDesk, identity: Identity, roles: Mapping[str, str], *, device: str) -> Step:
    """Begin a session for somebody the provider vouches for; their groups say their role, anew.

    Raises:
        ConflictError: If the last admin would not be one any more.
        NotAllowedError: If no group of theirs has a role, the account is disabled, or another
            account has their name.
    """
    role = _role(identity, roles)
    now = desk.now()
    with desk.unit_of_work() as work:
        agent = work.agents.by_subject(identity.subject)
        if agent is None:
            agent = _add(work, identity, role, now=now)
        if agent.disabled_at is not None:
            raise NotAllowedError(agent.id)
        accounts.change_role(work, agent, role, actor="system", now=now)
        token = sessions.begin(work, agent, SessionStage.FULL, device=device, now=now)
        after = {"by": "company_account"}
        record(work, agent.id, "session.begun", "agent", agent.id, after=after, now=now)
        work.commit()
    return Step(token, SessionStage.FULL)


def _role(identity: Identity, roles: Mapping[str, str]) -> str:
    """Return the highest role that a group gives."""
    given = {roles[group] for group in identity.groups if group in roles}
    ranked = [role.value for role in Role if role.value in given]
    if not ranked:
        raise NotAllowedError("no group has a role")
    return ranked[-1]


def _add(work: UnitOfWork, identity: Identity, role: str, *, now: datetime) -> Agent:
    name = read_name(identity.name)
    if work.agents.by_name(name) is not None:
        # A name at the provider is no proof of being the account that has it here.
        raise NotAllowedError("the name is taken")
    agent = accounts.add(work, name, role, password_hash="", actor="system", now=now)
    agent.subject = identity.subject
    work.flush()
    return agent
