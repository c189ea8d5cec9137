"""Whether an agent is there for chats, and how many they want offered."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from deliveries.errors import InvalidInputError
from deliveries.model.staff import Attendance
from deliveries.ports import UnitOfWork

# Without a sign for so long, an agent's pages are closed.
SEEN_WITHIN = timedelta(seconds=45)
MOST = 20
_WRITTEN_EVERY = timedelta(seconds=10)


def attend(
    work: UnitOfWork,
    agent_id: str,
    *,
    is_taking: bool,
    most: int,
    languages: Sequence[str],
    shippers: Sequence[str] = (),
    machine_now: datetime,
) -> None:
    """Keep whether an agent wants chats offered, and which.

    Raises:
        InvalidInputError: If nobody can have so many chats.
    """
    if not 1 <= most <= MOST:
        raise InvalidInputError("most")
    attendance = work.attendances.find(agent_id)
    if attendance is None:
        attendance = Attendance(agent_id, machine_now)
        work.attendances.add(attendance)
    attendance.seen_at, attendance.is_taking = machine_now, is_taking
    attendance.most, attendance.languages = most, tuple(languages)
    attendance.shippers = tuple(shippers)


def note_sign(work: UnitOfWork, agent_id: str, *, machine_now: datetime) -> bool:
    """Note that an agent's page is open; say whether it had to be written."""
    attendance = work.attendances.find(agent_id)
    if attendance is None:
        work.attendances.add(Attendance(agent_id, machine_now))
        return True
    if machine_now - attendance.seen_at < _WRITTEN_EVERY:
        return False
    attendance.seen_at = machine_now
    return True


def away(work: UnitOfWork, agent_ids: Collection[str], *, machine_now: datetime) -> set[str]:
    """Return which agents had a console open once, and have none open now."""
    found = (work.attendances.find(each) for each in agent_ids)
    return {each.agent_id for each in found if each and machine_now - each.seen_at > SEEN_WITHIN}
