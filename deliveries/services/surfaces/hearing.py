"""What agents do on a surface, under the same rules as in the console; repeats change nothing."""

from datetime import datetime, timedelta

from deliveries.errors import ConflictError, InvalidInputError, NotAllowedError
from deliveries.model.conversation import Conversation, ConversationState, Outcome
from deliveries.model.staff import Permission, may
from deliveries.model.surface import SurfaceCase, SurfaceLine, line_id
from deliveries.ports import UnitOfWork
from deliveries.services import handoffs
from deliveries.services.staff.scope import is_within
from deliveries.staff_surfaces import Stand, Standing, Words

# Until the person writes, where the surface names no time.
_PUT_OFF = timedelta(days=7)
_REFUSALS: dict[type[Exception], str] = {
    ConflictError: "somebody else has this chat",
    NotAllowedError: "the person wants no messages, or cannot be reached",
    InvalidInputError: "there are no words, or too many for one message",
}


def hear(work: UnitOfWork, words: Words, *, now: datetime) -> bool:
    """Send an agent's words, or keep their note; writing in a chat that nobody has takes it.

    What cannot be sent is owed to the agent as a report. Words of an account that belongs to no
    agent do nothing.

    Returns:
        Whether something was done; a repeat, or a place that we do not know, changes nothing.
    """
    case = work.surfaces.case_at(words.surface, words.place)
    if case is None:
        return False
    ref = f"heard:{words.message_id}"
    if ref in work.surfaces.lines_of(case.surface, case.conversation_id):
        return False
    line = SurfaceLine(
        line_id(case.surface, ref), case.surface, ref, case.conversation_id, words.message_id
    )
    needed = Permission.WRITE_NOTES if words.is_note else Permission.WORK_CHATS
    agent_id = _agent_of(work, case, words.account, needed)
    if agent_id is None:
        line.owed = "this account is linked to no agent of Doorstep who may do this"
    else:
        line.owed = _refused(work, case, words, agent_id=agent_id, now=now)
    work.surfaces.add_line(line)
    case.moves += 1
    return True


def command(
    work: UnitOfWork, surface: str, place: str, account: str, name: str, *, now: datetime
) -> None:
    """Take a case over or hand it back for an agent; who may not is shown how it stands.

    Args:
        work: The caller's unit of work.
        surface: The surface's name.
        place: Where on it.
        account: Who wants it, by the surface's id.
        name: ``take`` or ``hand_back``; anything else does nothing.
        now: The day's time.
    """
    case = work.surfaces.case_at(surface, place)
    if case is None:
        return
    agent_id = _agent_of(work, case, account, Permission.WORK_CHATS)
    if agent_id is None:
        return
    conversation = work.conversations.get(case.conversation_id)
    try:
        if name == "take" and conversation.owner_id != agent_id:
            _take(work, conversation, agent_id, now=now)
        elif name == "hand_back":
            _hand_back(work, conversation, agent_id, now=now)
    except ConflictError:
        case.shown = ""
    case.moves += 1


def ask_to_look(work: UnitOfWork, surface: str, place: str) -> None:
    """Note that a surface said a case moved there: it will be asked how the case stands."""
    case = work.surfaces.case_at(surface, place)
    if case is not None:
        case.to_check, case.moves = True, case.moves + 1


def take_standing(work: UnitOfWork, case: SurfaceCase, seen: Standing, *, now: datetime) -> None:
    """Do here what an agent did there, where our rules allow it; else ours is shown there again."""
    case.to_check = False
    if seen.key == case.shown:
        return
    conversation = work.conversations.get(case.conversation_id)
    case.shown = seen.key
    if seen.stand is Stand.WAITING and _has_no_account_there(work, case, conversation):
        # They have it in the console; there it is shown as nobody's, as well as can be.
        return
    agent_id = seen.account and _agent_of(work, case, seen.account, Permission.WORK_CHATS)
    try:
        _follow(work, conversation, seen, agent_id=agent_id, now=now)
    except (ConflictError, InvalidInputError, NotAllowedError):
        case.shown = ""


def _has_no_account_there(work: UnitOfWork, case: SurfaceCase, conversation: Conversation) -> bool:
    """Say whether an agent has a chat whom the surface does not know."""
    owner = conversation.owner_id
    is_taken = conversation.state is ConversationState.HUMAN and owner is not None
    return is_taken and work.surfaces.account_of(case.surface, owner or "") is None


def _agent_of(work: UnitOfWork, case: SurfaceCase, account: str, permission: str) -> str | None:
    """Return the agent that an account belongs to, if they are still here and may do that there."""
    agent_id = work.surfaces.agent_of(case.surface, account)
    agent = work.agents.find(agent_id) if agent_id else None
    if agent is None or agent.disabled_at is not None or not may(agent.role, permission):
        return None
    return agent.id if is_within(work, agent, case.conversation_id) else None


def _follow(
    work: UnitOfWork,
    conversation: Conversation,
    seen: Standing,
    *,
    agent_id: str | None,
    now: datetime,
) -> None:
    is_with_agent = conversation.state is ConversationState.HUMAN
    if seen.stand is Stand.WITH_AGENT and agent_id is not None:
        if conversation.owner_id != agent_id:
            _take(work, conversation, agent_id, now=now)
    elif is_with_agent:
        _give_up(work, conversation, conversation.owner_id or "", seen, now=now)


def _refused(
    work: UnitOfWork, case: SurfaceCase, words: Words, *, agent_id: str, now: datetime
) -> str | None:
    """Do with an agent's words what they are for; return why not, if they may not leave."""
    try:
        if words.is_note:
            _keep_note(work, case, words, agent_id=agent_id, now=now)
        else:
            _send(work, case, words, agent_id=agent_id, now=now)
    except (ConflictError, NotAllowedError, InvalidInputError) as error:
        return _REFUSALS[type(error)]
    return None


def _send(
    work: UnitOfWork, case: SurfaceCase, words: Words, *, agent_id: str, now: datetime
) -> None:
    conversation = work.conversations.get(case.conversation_id)
    if conversation.is_with_bot:
        _take(work, conversation, agent_id, now=now)
    handoffs.reply(
        work,
        conversation.id,
        agent_id=agent_id,
        text=words.text,
        key=f"{words.surface}:{words.message_id}",
        now=now,
    )


def _keep_note(
    work: UnitOfWork, case: SurfaceCase, words: Words, *, agent_id: str, now: datetime
) -> None:
    handoffs.note(work, case.conversation_id, agent_id=agent_id, text=words.text, now=now)
    kept = work.notes.of(case.conversation_id)[-1]
    work.surfaces.add_line(
        SurfaceLine(line_id(case.surface, kept.id), case.surface, kept.id, case.conversation_id)
    )


def _take(work: UnitOfWork, conversation: Conversation, agent_id: str, *, now: datetime) -> None:
    handoffs.take(work, conversation.id, agent_id=agent_id, version=conversation.version, now=now)


def _hand_back(
    work: UnitOfWork, conversation: Conversation, agent_id: str, *, now: datetime
) -> None:
    handoffs.hand_back(
        work,
        conversation.id,
        agent_id=agent_id,
        outcome=Outcome.UNSPECIFIED,
        version=conversation.version,
        now=now,
    )


def _give_up(
    work: UnitOfWork, conversation: Conversation, agent_id: str, seen: Standing, *, now: datetime
) -> None:
    """Do what an agent did there with a chat that was theirs."""
    id_, version = conversation.id, conversation.version
    match seen.stand:
        case Stand.WITH_BOT:
            _hand_back(work, conversation, agent_id, now=now)
        case Stand.RESOLVED:
            handoffs.resolve(
                work, id_, agent_id=agent_id, outcome=Outcome.UNSPECIFIED, version=version, now=now
            )
        case Stand.SNOOZED:
            until = seen.until or now + _PUT_OFF
            handoffs.put_off(work, id_, until=until, agent_id=agent_id, version=version, now=now)
        case Stand.WAITING:
            handoffs.release(work, id_, agent_id=agent_id, version=version, now=now)
