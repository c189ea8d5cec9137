"""Codes that get a parcel handed over: made at random, kept sealed, opened where they leave."""

from collections.abc import Sequence
from datetime import datetime

from deliveries.errors import AttemptsExhaustedError, NotAllowedError
from deliveries.model.handover import CodeKind, HandoverCode
from deliveries.model.history import HistoryEntry
from deliveries.model.ids import new_id
from deliveries.ports import UnitOfWork, Vault
from deliveries.services.identity.codes import is_right, new_code

WRONG_TRIES = 5
WRONG = "handover_code_wrong"


def make_code(
    work: UnitOfWork,
    vault: Vault,
    delivery_ids: Sequence[str],
    kind: CodeKind,
    *,
    now: datetime,
    name: str | None = None,
) -> HandoverCode:
    """Make one code for some deliveries; a former one of its kind opens nothing any more."""
    end_codes(work, delivery_ids, kind, now=now)
    sealed = vault.seal(new_code())
    made = [HandoverCode(new_id("hc"), id_, kind, sealed, now, name) for id_ in delivery_ids]
    for code in made:
        work.handover_codes.add(code)
        facts = {"kind": kind.value}
        work.history.add(
            HistoryEntry("handover_code_made", now, "system", code.delivery_id, facts=facts)
        )
    return made[0]


def find_code(work: UnitOfWork, delivery_id: str, kind: CodeKind) -> HandoverCode | None:
    """Return a delivery's code of a kind that still opens something."""
    codes = work.handover_codes.live_of([delivery_id])
    return next((code for code in codes if code.kind is kind), None)


def end_codes(
    work: UnitOfWork, delivery_ids: Sequence[str], *kinds: CodeKind, now: datetime
) -> bool:
    """End the codes of those kinds, or all where none is named; say whether there were any."""
    codes = work.handover_codes.live_of(delivery_ids)
    ended = [code for code in codes if not kinds or code.kind in kinds]
    for code in ended:
        code.ended_at = now
    return bool(ended)


def check_code(
    work: UnitOfWork, vault: Vault, delivery_id: str, digits: str, *, now: datetime
) -> HandoverCode:
    """Return the code that somebody showed.

    A wrong one is noted, and the caller must keep that: after five there are no more tries.

    Raises:
        NotAllowedError: If it opens nothing.
        AttemptsExhaustedError: If too many were wrong.
    """
    codes = work.handover_codes.live_of([delivery_id])
    since = max((code.made_at for code in codes), default=now)
    entries = work.history.of_delivery(delivery_id)
    if sum(each.kind == WRONG and each.at >= since for each in entries) >= WRONG_TRIES:
        raise AttemptsExhaustedError("handover code")
    shown = "".join(letter for letter in digits if letter.isdecimal())
    for code in codes:
        if is_right(vault, code.ciphertext, shown):
            return code
    work.history.add(HistoryEntry(WRONG, now, "system", delivery_id=delivery_id))
    raise NotAllowedError("no such handover code")
