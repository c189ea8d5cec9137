"""How many notices a parcel may cause, by the ground on which they are sent.

Over budget, moments collapse into one: the evening before and the morning leave their place to "out
for delivery", which carries the window, and what cannot be afforded any more is not sent.
"""

from collections.abc import Collection, Sequence

from deliveries.model.delivery import Delivery
from deliveries.model.message import Form, OutboxMessage, OutboxState, Purpose
from deliveries.model.rules import LegalBasis, MessageRules
from deliveries.ports import UnitOfWork

# 47 CFR 64.1200(a)(9)(i)(C)
EXEMPT_CHARACTERS = 160
# What a contract covers is what it needs; a whole attempt with every delay takes fewer.
CONTRACT_NOTICES = 12
# These leave their place to "out for delivery" where there is no place for both.
_GIVE_WAY = frozenset({"A1", "A2"})
_COUNTED = frozenset({OutboxState.SENDING, OutboxState.SENT, OutboxState.DELIVERED})


def allowance(rules: MessageRules, delivery: Delivery) -> int | None:
    """Return how many notices a delivery may cause by now; none: without limit.

    An attempt that failed has brought no signature: the next one may be told again.
    """
    tries = delivery.attempts + 1
    if rules.basis is LegalBasis.US_EXEMPT:
        return tries if rules.notices is None else min(tries, rules.notices * tries)
    if rules.notices is not None:
        return rules.notices * tries
    return CONTRACT_NOTICES * tries if rules.basis is LegalBasis.CONTRACT_EU else None


def affords(work: UnitOfWork, deliveries: Sequence[Delivery], kind: str | None) -> bool:
    """Say whether one of the deliveries told of together may still cause a notice of a kind."""
    return any(_left(work, each, kind) > 0 for each in deliveries)


def is_over_budget(
    work: UnitOfWork, message: OutboxMessage, others: Sequence[OutboxMessage] = ()
) -> bool:
    """Say, just before it leaves, that a notice is one too many for all that it tells of.

    Args:
        work: The caller's unit of work.
        message: What is about to leave.
        others: What stands for the other deliveries that it tells of.
    """
    if message.purpose is not Purpose.NOTICE or message.form is not Form.WORDS:
        return False
    # Claimed to be sent it counts already, and must not be one too many for itself.
    own = {message.id, *(each.id for each in others)}
    ids = [each.delivery_id for each in (message, *others) if each.delivery_id]
    told_of = work.deliveries.many(ids)
    return bool(told_of) and all(
        _left(work, each, message.notice, but=own) <= 0 for each in told_of
    )


def is_exempt(work: UnitOfWork, delivery: Delivery | None) -> bool:
    """Say whether notices about a delivery rest on the exemption, with its limit of length."""
    if delivery is None:
        return False
    return work.shippers.get(delivery.shipper_id).rules.messages.basis is LegalBasis.US_EXEMPT


def _left(
    work: UnitOfWork, delivery: Delivery, kind: str | None, *, but: Collection[str] = ()
) -> float:
    allowed = allowance(work.shippers.get(delivery.shipper_id).rules.messages, delivery)
    if allowed is None:
        return float("inf")
    kept_free = 1 if kind in _GIVE_WAY else 0
    told = work.outbox.notices_about(delivery.id)
    spent = sum(_is_spent(each) for each in told if each.id not in but)
    return allowed - spent - kept_free


def _is_spent(message: OutboxMessage) -> bool:
    """Say whether a notice has cost one: what still waits would give way to a newer one."""
    if message.form is not Form.WORDS:
        return False
    return message.state in _COUNTED or message.reason == "told_together"
