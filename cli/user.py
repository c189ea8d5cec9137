"""``doorstep user``: accounts of those who may sign in to the console."""

import argparse
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cli.machine import kept_settings
from deliveries.environment import Environment
from deliveries.errors import InvalidInputError, NotFoundError
from deliveries.model.saying import Fact
from deliveries.model.staff import Agent, Role
from deliveries.model.surface import SurfaceMember, line_id
from deliveries.ports import UnitOfWork
from deliveries.services.staff import accounts
from deliveries.services.staff.auditing import record
from integrations.authenticators import TotpAuthenticator
from integrations.passwords import hash_password
from integrations.storage import storage
from integrations.vault import FernetVault

HELP = "add accounts of staff, change them, list them"
_ROLES = tuple(role.value for role in Role)
SURFACES = ("telegram", "chatwoot")
_NONE = "none"
_CODE = "print the sign-in code of now, for a machine where everything is made up"


@dataclass(frozen=True)
class Enrolled:
    """An account that is ready to be used, and its authenticator.

    Attributes:
        secret: The authenticator's, in base 32.
    """

    name: str
    password: str
    secret: str


def configure(parser: argparse.ArgumentParser) -> None:
    """Take what to do and whose account it is about."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
    add = _deed(deeds, "add", "add an account and print its password, good until the first sign-in")
    add.add_argument("--role", choices=_ROLES, default=Role.AGENT.value)
    role = _deed(deeds, "role", "give an account another role")
    role.add_argument("role", choices=_ROLES)
    _deed(deeds, "reset-password", "print a new password, good until the next sign-in")
    _deed(deeds, "reset-second-factor", "forget the authenticator and the recovery codes")
    limit = _deed(deeds, "limit", "let it see the chats of some shippers' recipients only")
    limit.add_argument("shippers", nargs="*", metavar="SHIPPER", help="none: everybody's again")
    _deed(deeds, "disable", "let nobody in with it from now on")
    _deed(deeds, "enable", "let its owner in again")
    _deed(deeds, "sign-out", "end all its sessions")
    code = _deed(deeds, "code", _CODE)
    code.add_argument("--data", type=Path, help="folder of a running `doorstep run`")
    link = _deed(deeds, "link", "say which account on another surface is theirs")
    link.add_argument("surface", choices=SURFACES)
    link.add_argument("account", help="the account's number there; none: forget the one they have")
    deeds.add_parser("list", help="list all accounts", description="List all accounts.")


def run(arguments: argparse.Namespace) -> int:
    """Do it and print what only the owner should read."""
    values = dict(os.environ)
    if getattr(arguments, "data", None) is not None:
        values |= kept_settings(arguments.data)
    environment = Environment(values)
    url = environment.required("DOORSTEP_DATABASE_URL")
    key = environment.required("DOORSTEP_SECRET_KEY") if arguments.deed == "code" else ""
    environment.check()
    store = storage(url)
    try:
        with store.unit_of_work() as work:
            told = _DEEDS[arguments.deed](work, arguments, key)
            work.commit()
    finally:
        store.close()
    if told:
        print(told)
    return 0


def enrolled_agent(url: str, key: str, name: str, *, role: str = Role.AGENT.value) -> Enrolled:
    """Add an account that is ready at once: for demonstrations and tests, not for people.

    Args:
        url: The database's.
        key: The installation's, which seals the authenticator's secret.
        name: What it signs in by.
        role: What it may.

    Raises:
        ConflictError: If somebody has the name.
    """
    password, secret = _password(), TotpAuthenticator().new_secret()
    now = datetime.now(UTC)
    store = storage(url)
    try:
        with store.unit_of_work() as work:
            hashed = hash_password(password)
            cli = accounts.COMMAND_LINE
            agent = accounts.add(work, name, role, password_hash=hashed, actor=cli, now=now)
            agent.password_chosen_at = agent.totp_confirmed_at = now
            agent.totp_sealed = FernetVault(key).seal(secret)
            work.commit()
    finally:
        store.close()
    return Enrolled(name, password, secret.reveal())


def _add(work: UnitOfWork, arguments: argparse.Namespace, _: str) -> str:
    password = _password()
    accounts.add(
        work,
        arguments.name,
        arguments.role,
        password_hash=hash_password(password),
        actor=accounts.COMMAND_LINE,
        now=datetime.now(UTC),
    )
    return password


def _reset_password(work: UnitOfWork, arguments: argparse.Namespace, _: str) -> str:
    password, agent = _password(), _named(work, arguments.name)
    hashed, now = hash_password(password), datetime.now(UTC)
    accounts.reset_password(work, agent, password_hash=hashed, actor=accounts.COMMAND_LINE, now=now)
    return password


def _change_role(work: UnitOfWork, arguments: argparse.Namespace, _: str) -> str:
    agent, now = _named(work, arguments.name), datetime.now(UTC)
    accounts.change_role(work, agent, arguments.role, actor=accounts.COMMAND_LINE, now=now)
    return ""


def _limit(work: UnitOfWork, arguments: argparse.Namespace, _: str) -> str:
    agent, now = _named(work, arguments.name), datetime.now(UTC)
    accounts.limit(work, agent, arguments.shippers, actor=accounts.COMMAND_LINE, now=now)
    return ""


def _simple(deed: Callable[..., None]) -> Callable[[UnitOfWork, argparse.Namespace, str], str]:
    def do(work: UnitOfWork, arguments: argparse.Namespace, _: str) -> str:
        agent, now = _named(work, arguments.name), datetime.now(UTC)
        deed(work, agent, actor=accounts.COMMAND_LINE, now=now)
        return ""

    return do


def _code(work: UnitOfWork, arguments: argparse.Namespace, key: str) -> str:
    agent, now = _named(work, arguments.name), datetime.now(UTC)
    if agent.totp_sealed is None or not agent.is_enrolled:
        raise NotFoundError("this account has no authenticator yet")
    record(work, accounts.COMMAND_LINE, "second_factor.code_shown", "agent", agent.id, now=now)
    return TotpAuthenticator().code(FernetVault(key).open(agent.totp_sealed), now=now)


def _link(work: UnitOfWork, arguments: argparse.Namespace, _: str) -> str:
    agent, surface, now = _named(work, arguments.name), arguments.surface, datetime.now(UTC)
    before = work.surfaces.account_of(surface, agent.id)
    if before is not None:
        work.surfaces.unlink(surface, before)
    if arguments.account != _NONE:
        if not arguments.account.isdecimal():
            raise InvalidInputError("the account is a number, as the surface shows it")
        account = arguments.account
        work.surfaces.link(SurfaceMember(line_id(surface, account), surface, account, agent.id))
    after: dict[str, Fact] = {"surface": surface}
    actor = accounts.COMMAND_LINE
    record(work, actor, "surface_account.linked", "agent", agent.id, after=after, now=now)
    return ""


def _list(work: UnitOfWork, _: argparse.Namespace, __: str) -> str:
    lines = []
    for agent in work.agents.all():
        state = "disabled" if agent.disabled_at else "active"
        factor = "enrolled" if agent.is_enrolled else "not enrolled"
        limit = f"\tonly {', '.join(agent.shippers)}" if agent.shippers else ""
        lines.append(f"{agent.name}\t{agent.role}\t{state}\t{factor}{limit}")
    return "\n".join(lines)


_DEEDS: dict[str, Callable[[UnitOfWork, argparse.Namespace, str], str]] = {
    "add": _add,
    "role": _change_role,
    "limit": _limit,
    "reset-password": _reset_password,
    "reset-second-factor": _simple(accounts.reset_second_factor),
    "disable": _simple(accounts.disable),
    "enable": _simple(accounts.enable),
    "sign-out": _simple(accounts.sign_out),
    "code": _code,
    "link": _link,
    "list": _list,
}


def _deed(
    deeds: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, help_: str
) -> argparse.ArgumentParser:
    parser = deeds.add_parser(name, help=help_, description=f"{help_.capitalize()}.")
    parser.add_argument("name")
    return parser


def _named(work: UnitOfWork, name: str) -> Agent:
    agent = work.agents.by_name(name)
    if agent is None:
        raise NotFoundError("there is no account of that name")
    return agent


def _password() -> str:
    return secrets.token_urlsafe(12)
