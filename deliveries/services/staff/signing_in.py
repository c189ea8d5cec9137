"""Signing in: the password, then the second factor; at the first time, choosing both."""

from dataclasses import dataclass
from datetime import datetime

from deliveries.errors import InvalidInputError, NotAllowedError
from deliveries.model.personal import Secret
from deliveries.model.staff import Agent, SessionStage
from deliveries.ports import UnitOfWork
from deliveries.services.staff import attempts, recovery, sessions
from deliveries.services.staff.auditing import record
from deliveries.services.staff.desk import StaffDesk, check_password
from deliveries.services.staff.sessions import Found


@dataclass(frozen=True)
class Step:
    """How far somebody has come.

    Attributes:
        token: Of the session from here on; the one before is void.
        recovery_codes: Shown once, after enrolling.
    """

    token: str
    stage: SessionStage
    recovery_codes: tuple[str, ...] = ()


def give_password(
    desk: StaffDesk, name: str, password: str, *, address: str, device: str
) -> Step | None:
    """Begin with name and password; return nothing if they do not fit, for whatever reason.

    Raises:
        AttemptsExhaustedError: If too many tries failed of late; the password is not looked at.
    """
    attempts.begin(desk, account=name, address=address)
    with desk.unit_of_work(read_only=True) as work:
        known = work.agents.by_name(name)
    kept = known.password_hash if known is not None and known.password_hash else desk.nobodys_hash
    is_right = desk.is_password(password, kept)
    now = desk.now()
    with desk.unit_of_work() as work:
        agent = work.agents.by_name(name)
        # Read again: it may have been disabled, or have got another password, in the meantime.
        is_good = agent is not None and agent.disabled_at is None and agent.password_hash == kept
        if agent is None or not is_right or not is_good:
            _note_failure(work, agent, "password", now=now)
            work.commit()
            return None
        attempts.succeed(desk, work, account=name, address=address, is_through=False)
        work.agent_sessions.forget_before(now)
        stage = _next(agent, passed_second_factor=False)
        token = sessions.begin(work, agent, stage, device=device, now=now)
        work.commit()
    return Step(token, stage)


def give_code(desk: StaffDesk, found: Found, code: str, *, address: str) -> Step | None:
    """Go on with a code of the authenticator, or a recovery code; nothing if it does not fit.

    A code counts once: who looked over a shoulder comes too late.

    Raises:
        AttemptsExhaustedError: If too many tries failed of late.
        NotAllowedError: If the session does not wait for a code.
    """
    _expect(found, SessionStage.SECOND_FACTOR)
    name = found.agent.name
    attempts.begin(desk, account=name, address=address)
    now = desk.now()
    with desk.unit_of_work() as work:
        agent = work.agents.get(found.agent.id)
        way = _use(desk, work, agent, code, now=now)
        if way is None:
            _note_failure(work, agent, "code", now=now)
            work.commit()
            return None
        stage = _next(agent, passed_second_factor=True)
        is_through = stage is SessionStage.FULL
        attempts.succeed(desk, work, account=name, address=address, is_through=is_through)
        token = sessions.replace(work, found, stage, now=now)
        after = {"by": way, "stage": stage.value}
        record(work, agent.id, "session.begun", "agent", agent.id, after=after, now=now)
        work.commit()
    return Step(token, stage)


def choose_password(desk: StaffDesk, found: Found, password: str) -> Step:
    """Replace the password that was given to somebody by their own.

    Raises:
        InvalidInputError: If it is easily guessed, or the one that was given.
        NotAllowedError: If the session does not wait for it.
    """
    _expect(found, SessionStage.RENEWAL)
    check_password(password, name=found.agent.name)
    if desk.is_password(password, found.agent.password_hash):
        raise InvalidInputError("password")
    hashed, now = desk.hash_password(password), desk.now()
    with desk.unit_of_work() as work:
        agent = work.agents.get(found.agent.id)
        agent.password_hash, agent.password_chosen_at = hashed, now
        stage = SessionStage.FULL if agent.is_enrolled else SessionStage.ENROLMENT
        token = sessions.replace(work, found, stage, now=now)
        record(work, agent.id, "password.changed", "agent", agent.id, now=now)
        work.commit()
    return Step(token, stage)


def show_secret(desk: StaffDesk, found: Found) -> Secret:
    """Return the secret that somebody's authenticator shall take; it stays the same on reloading.

    Raises:
        NotAllowedError: If the session does not wait for it.
    """
    _expect(found, SessionStage.ENROLMENT)
    with desk.unit_of_work() as work:
        agent = work.agents.get(found.agent.id)
        if agent.is_enrolled:
            raise NotAllowedError(agent.id)
        if agent.totp_sealed is None:
            agent.totp_sealed = desk.vault.seal(desk.authenticator.new_secret())
            work.commit()
        return desk.vault.open(agent.totp_sealed)


def enrol(desk: StaffDesk, found: Found, code: str, *, address: str) -> Step | None:
    """Take a first code as the proof that the authenticator has the secret.

    Returns:
        The full session and the recovery codes, or nothing if the code does not fit.

    Raises:
        AttemptsExhaustedError: If too many tries failed of late.
        NotAllowedError: If the session does not wait for it.
    """
    _expect(found, SessionStage.ENROLMENT)
    attempts.begin(desk, account=found.agent.name, address=address)
    now = desk.now()
    with desk.unit_of_work() as work:
        agent = work.agents.get(found.agent.id)
        if agent.is_enrolled or agent.totp_sealed is None:
            raise NotAllowedError(agent.id)
        step = _find_step(desk, agent, code, now=now)
        if step is None or not work.agents.use_step(agent.id, step):
            return None
        agent.totp_confirmed_at = now
        codes = recovery.renew(work, agent.id)
        attempts.succeed(desk, work, account=agent.name, address=address, is_through=True)
        token = sessions.replace(work, found, SessionStage.FULL, now=now)
        record(work, agent.id, "second_factor.enrolled", "agent", agent.id, now=now)
        work.commit()
    return Step(token, SessionStage.FULL, codes)


def _next(agent: Agent, *, passed_second_factor: bool) -> SessionStage:
    if agent.is_enrolled and not passed_second_factor:
        return SessionStage.SECOND_FACTOR
    if agent.password_chosen_at is None:
        return SessionStage.RENEWAL
    return SessionStage.FULL if agent.is_enrolled else SessionStage.ENROLMENT


def _use(
    desk: StaffDesk, work: UnitOfWork, agent: Agent, code: str, *, now: datetime
) -> str | None:
    """Use a code up; return which kind it was, or nothing if it is none."""
    step = _find_step(desk, agent, code, now=now)
    if step is not None:
        return "authenticator" if work.agents.use_step(agent.id, step) else None
    return "recovery_code" if recovery.use(work, agent.id, code) else None


def _find_step(desk: StaffDesk, agent: Agent, code: str, *, now: datetime) -> int | None:
    if agent.totp_sealed is None:
        return None
    return desk.authenticator.find_step(desk.vault.open(agent.totp_sealed), code, now=now)


def _expect(found: Found, stage: SessionStage) -> None:
    if found.session.stage is not stage:
        raise NotAllowedError(found.agent.id)


def _note_failure(work: UnitOfWork, agent: Agent | None, at: str, *, now: datetime) -> None:
    if agent is not None:
        after = {"at": at}
        record(work, "system", "sign_in.failed", "agent", agent.id, after=after, now=now)
