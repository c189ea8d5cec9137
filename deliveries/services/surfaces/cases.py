"""Which cases a surface has to be told about, and what of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from deliveries.model.conversation import Conversation, ConversationState
from deliveries.model.message import InboundMessage, OutboxMessage, OutboxState, Purpose
from deliveries.model.surface import SurfaceCase, SurfaceLine, line_id
from deliveries.ports import UnitOfWork
from deliveries.staff_surfaces import Author, Case, Line, Stand, Standing

TRANSCRIPT_LINES = 30
# So much of a thread is looked through for what a surface has not got.
_LOOKED_THROUGH = 200
_LONGEST_WAIT = timedelta(minutes=5)
_LEFT = frozenset({OutboxState.SENT, OutboxState.DELIVERED, OutboxState.FAILED})
_STANDS = {
    ConversationState.BOT: Stand.WITH_BOT,
    ConversationState.QUEUED: Stand.WAITING,
    ConversationState.ASSIGNED: Stand.WAITING,
    ConversationState.HUMAN: Stand.WITH_AGENT,
    ConversationState.SNOOZED: Stand.SNOOZED,
    ConversationState.RESOLVED: Stand.RESOLVED,
}


@dataclass(frozen=True)
class Due:
    """What a surface has to be told of one case.

    Attributes:
        opening: The lines of before the case, oldest first: told in the note that opens it.
        opening_ref: The ref of that note; none: it is there already.
        lines: What is new, in order.
        reports: By the surface's id of an agent's words: what became of them.
        moves: The newest of the case's moves that this is told of.
    """

    case: Case
    place: str | None
    standing: Standing
    is_shown: bool
    to_check: bool
    is_again: bool
    opening: Sequence[Line]
    opening_ref: str | None
    opened_at: datetime
    lines: Sequence[Line]
    reports: Mapping[str, str]
    moves: int


def note_moved(
    work: UnitOfWork, surface: str, conversation_ids: Iterable[str], *, now: datetime
) -> None:
    """Note that conversations moved: those agents deal with are to be shown on a surface."""
    for conversation_id in conversation_ids:
        known = work.surfaces.case_of(surface, conversation_id)
        handoff = work.handoffs.open_of(conversation_id)
        if known is not None and (not known.is_over or handoff is not None):
            known.moves, known.is_over = known.moves + 1, False
        elif known is None and handoff is not None:
            work.surfaces.add_case(
                SurfaceCase(line_id(surface, handoff.id), surface, conversation_id, opened_at=now)
            )


def what_is_due(work: UnitOfWork, case: SurfaceCase) -> Due:
    """Return what a surface has to be told of a case now."""
    conversation = work.conversations.get(case.conversation_id)
    known = work.surfaces.lines_of(case.surface, case.conversation_id)
    thread = _thread(work, case)
    is_new = case.id not in known
    standing = standing_of(work, conversation, case.surface)
    return Due(
        case=_describe(work, conversation),
        place=case.place,
        standing=standing,
        is_shown=standing.key == case.shown,
        to_check=case.to_check,
        is_again=case.attempts > 0,
        opening=thread[-TRANSCRIPT_LINES:] if is_new else (),
        opening_ref=case.id if is_new else None,
        opened_at=case.opened_at,
        lines=() if is_new else [line for line in thread if line.ref not in known],
        reports=_reports(work, case, known),
        moves=case.moves,
    )


def standing_of(work: UnitOfWork, conversation: Conversation, surface: str) -> Standing:
    """Return how a conversation stands, by the accounts of a surface."""
    stand = _STANDS[conversation.state]
    owner = conversation.owner_id
    account = work.surfaces.account_of(surface, owner) if owner else None
    return Standing(stand, account if stand is Stand.WITH_AGENT else None)


def note_opened(work: UnitOfWork, case_id: tuple[str, str], place: str) -> None:
    """Note where a case is now; all of it is told there anew."""
    case = _case(work, case_id)
    case.place, case.shown = place, ""


def note_gone(work: UnitOfWork, case_id: tuple[str, str]) -> None:
    """Note that a case's place is gone: it gets another, where all is told from the beginning."""
    case = _case(work, case_id)
    case.place, case.shown = None, ""
    work.surfaces.forget_lines(*case_id)


def note_posted(
    work: UnitOfWork, case_id: tuple[str, str], lines: Sequence[Line], ids: Sequence[str]
) -> None:
    """Note that a surface has lines."""
    surface, conversation_id = case_id
    known = work.surfaces.lines_of(surface, conversation_id)
    for line, external_id in zip(lines, ids, strict=True):
        if line.ref not in known:
            work.surfaces.add_line(
                SurfaceLine(
                    line_id(surface, line.ref),
                    surface,
                    line.ref,
                    conversation_id,
                    external_id or None,
                )
            )


def note_reported(work: UnitOfWork, case_id: tuple[str, str], reports: Mapping[str, str]) -> None:
    """Note that agents were told what became of their words."""
    for line in work.surfaces.lines_of(*case_id).values():
        outcome = reports.get(line.external_id or "")
        if outcome is not None:
            line.told, line.owed = outcome, None


def note_told(
    work: UnitOfWork, case_id: tuple[str, str], standing: Standing, *, moves: int
) -> None:
    """Note that a surface was told of a case up to one of its moves, and how it shows it."""
    case = _case(work, case_id)
    conversation = work.conversations.get(case.conversation_id)
    case.shown, case.told, case.attempts, case.retry_at = standing.key, moves, 0, None
    is_still_so = standing_of(work, conversation, case.surface) == standing
    case.is_over = is_still_so and standing.stand in (Stand.WITH_BOT, Stand.RESOLVED)


def note_failed(
    work: UnitOfWork, case_id: tuple[str, str], *, wait_s: float | None, machine_now: datetime
) -> None:
    """Note that a surface could not be told: it is tried again, ever more seldom."""
    case = _case(work, case_id)
    case.attempts += 1
    wait = timedelta(seconds=wait_s if wait_s is not None else 2.0 ** min(case.attempts, 10))
    case.retry_at = machine_now + min(wait, _LONGEST_WAIT)


def _case(work: UnitOfWork, case_id: tuple[str, str]) -> SurfaceCase:
    case = work.surfaces.case_of(*case_id)
    if case is None:
        raise LookupError("a case was forgotten while it was told")
    return case


def _describe(work: UnitOfWork, conversation: Conversation) -> Case:
    handoff = work.handoffs.open_of(conversation.id)
    about = [work.deliveries.find(each) for each in conversation.focus]
    numbers = ", ".join(
        parcel.tracking_number for each in about if each is not None for parcel in each.parcels
    )
    contact_id = conversation.last_contact_id
    contact = work.contacts.find(contact_id) if contact_id else None
    reason = handoff.reason if handoff else "staff"
    facts = {"conversation": conversation.id, "reason": reason}
    if numbers:
        facts["parcel"] = numbers
    if contact is not None:
        facts["channel"] = contact.channel.value
    title = f"{reason.replace('_', ' ')} {numbers}".strip()
    priority = handoff.priority if handoff else 4
    return Case(conversation.id, conversation.person_id, title, reason, priority, facts)


def _thread(work: UnitOfWork, case: SurfaceCase) -> list[Line]:
    """Return what has been said, oldest first, without what this surface itself sent us."""
    own = f"agent:{case.conversation_id}:{case.surface}:"
    heard = work.inbound.of(case.conversation_id, limit=_LOOKED_THROUGH)
    sent = work.outbox.of(case.conversation_id, limit=_LOOKED_THROUGH)
    lines = [_heard(each) for each in heard]
    lines += [
        _said(each)
        for each in sent
        if each.state in _LEFT and not (each.dedupe_key or "").startswith(own)
    ]
    lines += [
        Line(note.id, Author.NOTE, note.text, note.at)
        for note in work.notes.of(case.conversation_id)
    ]
    return sorted(lines, key=lambda line: line.at)


def _heard(message: InboundMessage) -> Line:
    text = message.text or ("[photo or file]" if message.media_count else "[tapped a button]")
    ref = f"in:{message.channel.value}:{message.provider_id}"
    return Line(ref, Author.RECIPIENT, text, message.received_at)


def _said(message: OutboxMessage) -> Line:
    author = Author.AGENT if message.purpose is Purpose.AGENT else Author.ASSISTANT
    return Line(message.id, author, message.text or "", message.sent_at or message.created_at)


def _reports(
    work: UnitOfWork, case: SurfaceCase, known: Mapping[str, SurfaceLine]
) -> dict[str, str]:
    """Return what became of words that came from this surface and have not been told yet."""
    own = f"agent:{case.conversation_id}:{case.surface}:"
    reports = {
        line.external_id: line.owed for line in known.values() if line.external_id and line.owed
    }
    for message in work.outbox.of(case.conversation_id, limit=_LOOKED_THROUGH):
        external_id = (message.dedupe_key or "").removeprefix(own)
        line = known.get(f"heard:{external_id}")
        outcome = _outcome(message)
        if line is not None and outcome is not None and line.told != outcome:
            reports[external_id] = outcome
    return reports


def _outcome(message: OutboxMessage) -> str | None:
    match message.state:
        case OutboxState.DELIVERED:
            return "delivered"
        case OutboxState.FAILED | OutboxState.SUPPRESSED:
            return message.reason or message.state.value
        case _:
            return None
