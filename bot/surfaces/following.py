"""Tells a surface what moved: one gateway at a time does, another goes on if it dies."""

import asyncio
from datetime import timedelta

import structlog

from bot.transactions import Transactions
from deliveries.errors import (
    AssistantError,
    NotFoundError,
    RejectedError,
    UnavailableError,
    UnreadableError,
)
from deliveries.ports import Clock, UnitOfWork
from deliveries.services.surfaces import cases, hearing
from deliveries.services.surfaces.cases import Due
from deliveries.staff_surfaces import Author, Line, StaffSurface, Standing

_POLL_S = 1.0
_LEASE = timedelta(seconds=30)
_AT_A_LOOK = 200
_EVENTS = 2000
# On PostgreSQL a transaction that began earlier may end later: events this young are read again.
_SETTLED = timedelta(seconds=10)

_log = structlog.get_logger()

type CaseId = tuple[str, str]


class Follower:
    """Follows what moves in our chats for one surface."""

    def __init__(
        self,
        name: str,
        surface: StaffSurface,
        transactions: Transactions,
        clock: Clock,
        machine: Clock,
    ) -> None:
        """Follow under a name that no other gateway has."""
        self._name = name
        self._surface = surface
        self._transactions = transactions
        self._clock = clock
        self._machine = machine
        self._seen: set[int] = set()
        self._bell = asyncio.Event()

    def wake(self) -> None:
        """Look at once."""
        self._bell.set()

    async def run(self) -> None:
        """Tell the surface what moves, until cancelled."""
        while True:
            try:
                due = await self._transactions.run(self._due)
                for case_id in due:
                    await self._tell(case_id)
            except AssistantError as error:
                _log.warning("surface_not_followed", surface=self._surface.name, code=error.code)
            self._bell.clear()
            try:
                await asyncio.wait_for(self._bell.wait(), _POLL_S)
            except TimeoutError:
                continue

    async def close(self) -> None:
        """Close the surface's connections."""
        await self._surface.close()

    def _due(self, work: UnitOfWork) -> list[CaseId]:
        """Note what moved, and return the cases that the surface is to be told about."""
        surface, machine_now = self._surface.name, self._machine.now()
        told = work.surfaces.claim(
            surface, by=self._name, now=machine_now, until=machine_now + _LEASE
        )
        if told is None:
            self._seen.clear()
            return []
        events = work.chat_events.since(told, limit=_EVENTS)
        fresh = [each for each in events if each.seq not in self._seen]
        moved = sorted({each.conversation_id for each in fresh})
        cases.note_moved(work, surface, moved, now=self._clock.now())
        settled = sum(machine_now - each.at > _SETTLED for each in events)
        settled = max(settled, len(events) - _EVENTS // 2)
        if settled:
            work.surfaces.told(surface, events[settled - 1].seq or 0)
        self._seen = {each.seq or 0 for each in events[settled:]}
        work.flush()
        behind = work.surfaces.behind(surface, now=machine_now, limit=_AT_A_LOOK)
        return [(surface, each.conversation_id) for each in behind]

    async def _tell(self, case_id: CaseId) -> None:
        """Tell the surface of one case; what fails is tried again later."""
        try:
            await self._tell_all(case_id)
        except NotFoundError:
            await self._transactions.run(lambda work: cases.note_gone(work, case_id))
            await self._fail(case_id, UnavailableError("the place is gone", retry_after_s=0.0))
        except (UnavailableError, UnreadableError, RejectedError) as error:
            await self._fail(case_id, error)

    async def _tell_all(self, case_id: CaseId) -> None:
        due = await self._transactions.run(lambda work: self._read(work, case_id))
        place = due.place
        if place is None:
            place = await self._open(case_id, due)
        elif due.to_check:
            seen = await self._surface.look(place)
            due = await self._transactions.run(lambda work: self._follow(work, case_id, seen))
        await self._post(case_id, place, due)
        for external_id, outcome in due.reports.items():
            await self._surface.report(place, external_id, outcome)
        if not due.is_shown:
            await self._surface.show(place, due.case, due.standing)
        await self._transactions.run(lambda work: self._note_told(work, case_id, due))

    async def _open(self, case_id: CaseId, due: Due) -> str:
        place = await self._surface.open(due.case)
        await self._transactions.run(lambda work: cases.note_opened(work, case_id, place))
        return place

    async def _post(self, case_id: CaseId, place: str, due: Due) -> None:
        """Post every new line; a new case begins with one note on all that was before."""
        lines = due.lines
        if due.opening_ref is not None:
            lines = [Line(due.opening_ref, Author.NOTE, tell_case(due), due.opened_at)]
        if not lines:
            return
        ids = await self._surface.post(place, lines, again=due.is_again)

        def note(work: UnitOfWork) -> None:
            cases.note_posted(work, case_id, lines, ids)
            cases.note_posted(work, case_id, due.opening, [""] * len(due.opening))

        await self._transactions.run(note)

    def _read(self, work: UnitOfWork, case_id: CaseId) -> Due:
        case = work.surfaces.case_of(*case_id)
        if case is None:
            raise UnavailableError("the case was forgotten")
        return cases.what_is_due(work, case)

    def _follow(self, work: UnitOfWork, case_id: CaseId, seen: Standing | None) -> Due:
        case = work.surfaces.case_of(*case_id)
        if case is None:
            raise UnavailableError("the case was forgotten")
        if seen is None:
            case.to_check = False
        else:
            hearing.take_standing(work, case, seen, now=self._clock.now())
        work.flush()
        return cases.what_is_due(work, case)

    def _note_told(self, work: UnitOfWork, case_id: CaseId, due: Due) -> None:
        cases.note_reported(work, case_id, due.reports)
        cases.note_told(work, case_id, due.standing, moves=due.moves)

    async def _fail(self, case_id: CaseId, error: AssistantError) -> None:
        wait_s = error.retry_after_s if isinstance(error, UnavailableError) else None
        _log.warning(
            "surface_not_told",
            surface=self._surface.name,
            conversation_id=case_id[1],
            code=error.code,
        )
        await self._transactions.run(
            lambda work: cases.note_failed(
                work, case_id, wait_s=wait_s, machine_now=self._machine.now()
            )
        )


def tell_case(due: Due) -> str:
    """Return the note that opens a case: why, what about, and what was said so far."""
    facts = "\n".join(f"{name}: {value}" for name, value in due.case.facts.items())
    said = "\n".join(_said(line) for line in due.opening)
    return f"{facts}\n\n{said}".strip()


def _said(line: Line) -> str:
    return f"{line.at:%H:%M} {line.author.value}: {line.text}"
