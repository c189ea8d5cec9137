"""The log of what staff did, chained so that whoever changes it later is found out."""

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from deliveries.model.saying import Fact
from deliveries.model.staff import NO_ENTRY, AuditEntry, AuditHead
from deliveries.ports import UnitOfWork

REASON_LENGTH = 500
# The request that is being answered, as the logs know it; the gateway sets it, acts carry it along.
REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)


def record(  # noqa: PLR0913 an act has that many sides
    work: UnitOfWork,
    actor: str,
    action: str,
    object_kind: str,
    object_id: str,
    *,
    now: datetime,
    before: Mapping[str, Fact] | None = None,
    after: Mapping[str, Fact] | None = None,
    reason: str | None = None,
) -> None:
    """Note an act of staff; it is kept, or not, together with what the act changed.

    Args:
        work: The unit of work of the act itself.
        actor: An agent's id, ``cli``, ``system`` or ``recipient``.
        action: A constant such as ``chat.taken``: object, dot, past tense.
        object_kind: What it was done to: ``conversation``, ``delivery``, ``agent`` …
        object_id: Its id.
        now: The day's time.
        before: What the act changed, as it was; ids and words of ours, nothing personal.
        after: The same, as it is.
        reason: The agent's own words, where a rule was overridden; cut at 500 characters.
    """
    work.audit.add(
        AuditEntry(
            at=now,
            actor=actor,
            action=action,
            object_kind=object_kind,
            object_id=object_id,
            before=dict(before or {}),
            after=dict(after or {}),
            reason=_storable(reason),
            request_id=REQUEST_ID.get(),
        )
    )


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold.

    Attributes:
        seq: The first entry that is not as it was written.
        what: What is wrong, in words.
    """

    seq: int
    what: str


def verify(work: UnitOfWork, *, known: AuditHead | None = None) -> tuple[AuditHead, Break | None]:
    """Walk the whole chain; return its end and the first place where it does not hold.

    Args:
        work: A unit of work for reading.
        known: An end noted earlier elsewhere: it must still be in the chain as it was. It finds out
            whoever wrote the whole chain anew.
    """
    # Read first: what is chained on meanwhile is not missed by the entries, read afterwards.
    told = work.audit.head()
    return follow(work.audit.walk(), told, known=known)


def follow(
    entries: Iterable[AuditEntry], told: AuditHead, *, known: AuditHead | None = None
) -> tuple[AuditHead, Break | None]:
    """Follow a chain from its beginning to the end that was told."""
    head = NO_ENTRY
    for entry in entries:
        problem = _problem(entry, head)
        if problem is not None:
            return head, Break(head.seq + 1, problem)
        head = AuditHead(entry.seq, entry.entry_hash)
        for noted in (told, known):
            if noted is not None and noted.seq == head.seq and noted != head:
                return head, Break(head.seq, "it is not the entry that was noted here before")
    furthest = max(told.seq, known.seq if known else 0)
    if head.seq < furthest:
        return head, Break(head.seq + 1, f"entries up to {furthest} are missing")
    return head, None


def _problem(entry: AuditEntry, head: AuditHead) -> str | None:
    if entry.seq != head.seq + 1:
        return f"it is missing: entry {entry.seq} comes next"
    if entry.previous_hash != head.entry_hash:
        return "it does not follow from the entry before it"
    if entry.entry_hash != entry.compute_hash():
        return "it was changed"
    return None


def _storable(words: str | None) -> str | None:
    """Return words as every database gives them back: else the hash would not hold."""
    if words is None or not words.strip():
        return None
    return words.strip()[:REASON_LENGTH].replace("\x00", "\ufffd").encode(errors="replace").decode()
