"""Accounts of staff: made, changed, disabled; the last admin stays one."""

from collections.abc import Sequence
from datetime import datetime

from deliveries.errors import ConflictError, InvalidInputError, NotAllowedError
from deliveries.model.ids import new_id
from deliveries.model.saying import Fact
from deliveries.model.staff import Agent, Permission, Role, may
from deliveries.ports import UnitOfWork
from deliveries.services.staff import attempts, recovery
from deliveries.services.staff.auditing import record
from deliveries.services.staff.desk import StaffDesk, check_password, read_name
from deliveries.services.staff.scope import covers
from deliveries.services.staff.sessions import Found

COMMAND_LINE = "cli"


def add(
    work: UnitOfWork, name: str, role: str, *, password_hash: str, actor: str, now: datetime
) -> Agent:
    """Make an account with a password that its owner replaces at the first sign-in.

    Raises:
        ConflictError: If somebody has the name.
        InvalidInputError: If the name or the role is none.
    """
    plain = read_name(name)
    if work.agents.by_name(plain) is not None:
        raise ConflictError("there is an account of that name")
    agent = Agent(new_id("s"), plain, password_hash, _role(role))
    work.agents.add(agent)
    record(work, actor, "account.added", "agent", agent.id, after={"role": role}, now=now)
    return agent


def change_role(work: UnitOfWork, agent: Agent, role: str, *, actor: str, now: datetime) -> None:
    """Give an account another role; whoever is signed in with it signs in again.

    Raises:
        ConflictError: If it is the last admin.
        InvalidInputError: If there is no such role.
    """
    before, after = agent.role, _role(role)
    if before == after:
        return
    _keep_an_admin(work, agent)
    agent.role = after
    work.agent_sessions.remove_all(agent.id)
    was: dict[str, Fact] = {"role": before}
    now_is: dict[str, Fact] = {"role": after}
    act = "account.role_changed"
    record(work, actor, act, "agent", agent.id, before=was, after=now_is, now=now)


def limit(
    work: UnitOfWork, agent: Agent, shippers: Sequence[str], *, actor: str, now: datetime
) -> None:
    """Limit an account to shippers' recipients; none named: it has no limit any more.

    Whoever is signed in with it signs in again: nothing that is open stays open.

    Raises:
        InvalidInputError: If there is no such shipper.
    """
    wanted = tuple(sorted(set(shippers)))
    if set(wanted) - {each.id for each in work.shippers.all()}:
        raise InvalidInputError("shipper")
    if wanted == agent.shippers:
        return
    before: dict[str, Fact] = {"shippers": list[Fact](agent.shippers)}
    after: dict[str, Fact] = {"shippers": list[Fact](wanted)}
    agent.shippers = wanted
    work.agent_sessions.remove_all(agent.id)
    act = "account.limited"
    record(work, actor, act, "agent", agent.id, before=before, after=after, now=now)


def disable(work: UnitOfWork, agent: Agent, *, actor: str, now: datetime) -> None:
    """Let nobody in with an account from now on, nor go on.

    Raises:
        ConflictError: If it is the last admin.
    """
    _keep_an_admin(work, agent)
    agent.disabled_at = now
    work.agent_sessions.remove_all(agent.id)
    record(work, actor, "account.disabled", "agent", agent.id, now=now)


def enable(work: UnitOfWork, agent: Agent, *, actor: str, now: datetime) -> None:
    """Let somebody in again."""
    agent.disabled_at = None
    record(work, actor, "account.enabled", "agent", agent.id, now=now)


def reset_password(
    work: UnitOfWork, agent: Agent, *, password_hash: str, actor: str, now: datetime
) -> None:
    """Give an account another password, which its owner replaces at the next sign-in."""
    agent.password_hash, agent.password_chosen_at = password_hash, None
    work.agent_sessions.remove_all(agent.id)
    record(work, actor, "password.reset", "agent", agent.id, now=now)


def reset_second_factor(work: UnitOfWork, agent: Agent, *, actor: str, now: datetime) -> None:
    """Forget somebody's authenticator and recovery codes; they enrol anew after their password."""
    agent.totp_sealed = agent.totp_confirmed_at = None
    work.recovery_codes.replace(agent.id, ())
    work.agent_sessions.remove_all(agent.id)
    record(work, actor, "second_factor.reset", "agent", agent.id, now=now)


def sign_out(work: UnitOfWork, agent: Agent, *, actor: str, now: datetime) -> None:
    """End all of somebody's sessions."""
    ended = work.agent_sessions.remove_all(agent.id)
    record(work, actor, "session.all_ended", "agent", agent.id, after={"ended": ended}, now=now)


def is_below(actor_role: str, role: str) -> bool:
    """Say whether somebody may reset accounts of a role: admins all, others those below them."""
    ranks = [each.value for each in Role]
    is_admin = may(actor_role, Permission.MANAGE_ACCOUNTS)
    return is_admin or ranks.index(actor_role) > ranks.index(role)


def may_reset(actor: Agent, agent: Agent) -> bool:
    """Say whether somebody may reset an account: one below theirs that sees no more than they."""
    return is_below(actor.role, agent.role) and covers(actor.scope, agent.scope)


def check_rank(actor: Agent, agent: Agent) -> None:
    """Refuse that somebody resets an account that may as much as they or more, or sees more.

    Raises:
        NotAllowedError: If it is so.
    """
    if not may_reset(actor, agent):
        raise NotAllowedError(agent.id)


def change_password(desk: StaffDesk, found: Found, *, current: str, new: str, address: str) -> None:
    """Change one's own password; all one's other sessions end.

    Raises:
        AttemptsExhaustedError: If the current one was wrong too often.
        InvalidInputError: If the new one is easily guessed.
        NotAllowedError: If the current one is wrong.
    """
    name = found.agent.name
    check_password(new, name=name)
    _ask_password(desk, found, current, address=address)
    hashed, now = desk.hash_password(new), desk.now()
    with desk.unit_of_work() as work:
        agent = work.agents.get(found.agent.id)
        agent.password_hash, agent.password_chosen_at = hashed, now
        work.agent_sessions.remove_all(agent.id, except_=found.session.token_hash)
        attempts.succeed(desk, work, account=name, address=address, is_through=True)
        record(work, agent.id, "password.changed", "agent", agent.id, now=now)
        work.commit()


def renew_recovery_codes(
    desk: StaffDesk, found: Found, *, current: str, address: str
) -> tuple[str, ...]:
    """Make new recovery codes for oneself; the former ones are void.

    Raises:
        AttemptsExhaustedError: If the password was wrong too often.
        NotAllowedError: If the password is wrong.
    """
    _ask_password(desk, found, current, address=address)
    now = desk.now()
    with desk.unit_of_work() as work:
        codes = recovery.renew(work, found.agent.id)
        attempts.succeed(desk, work, account=found.agent.name, address=address, is_through=True)
        record(work, found.agent.id, "recovery_codes.renewed", "agent", found.agent.id, now=now)
        work.commit()
    return codes


def _ask_password(desk: StaffDesk, found: Found, password: str, *, address: str) -> None:
    """Refuse who cannot say their password again: the screen may have been left unlocked."""
    attempts.begin(desk, account=found.agent.name, address=address)
    if not desk.is_password(password, found.agent.password_hash or desk.nobodys_hash):
        raise NotAllowedError(found.agent.id)


def _role(role: str) -> str:
    if role not in list(Role):
        raise InvalidInputError("role")
    return Role(role).value


def _keep_an_admin(work: UnitOfWork, agent: Agent) -> None:
    if agent.role != Role.ADMIN or agent.disabled_at is not None:
        return
    others = [
        each
        for each in work.agents.all()
        if each.role == Role.ADMIN and each.disabled_at is None and each.id != agent.id
    ]
    if not others:
        raise ConflictError("this is the last admin")
