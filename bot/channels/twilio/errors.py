"""What Twilio's message states and error codes mean to us.

States: https://www.twilio.com/docs/messaging/api/message-resource#message-status-values. Codes:
https://www.twilio.com/docs/api/errors, each under ``/<code>``. A test compares the tables with the
lists in the reference folder.
"""

from dataclasses import dataclass
from datetime import timedelta

from deliveries.model.message import OutboxState
from deliveries.services.messages.receipts import Reach, Receipt

# None: Twilio has taken the message, which we know from its answer.
STATES: dict[str, OutboxState | None] = {
    "accepted": None,
    "scheduled": None,
    "queued": None,
    "sending": None,
    "sent": OutboxState.SENT,
    "delivered": OutboxState.DELIVERED,
    "partially_delivered": OutboxState.DELIVERED,
    "read": OutboxState.DELIVERED,
    "undelivered": OutboxState.FAILED,
    "failed": OutboxState.FAILED,
    "canceled": OutboxState.FAILED,
}


@dataclass(frozen=True)
class Meaning:
    """What a code says.

    Attributes:
        reason: Our stable code.
        retry_after_s: It was not taken and may be sent again after so long; none: never.
        dead_for: For so long nothing else is expected to arrive at that number.
    """

    reason: str
    reach: Reach = Reach.UNCHANGED
    retry_after_s: float | None = None
    dead_for: timedelta | None = None


# Numbers are given to others and ported: none is believed dead for good. Phones that are only off
# come back soon, and what is said then must not be missed.
_NO_MOBILE = Meaning("unreachable", dead_for=timedelta(days=90))
_UNKNOWN_HANDSET = Meaning("unknown_handset", dead_for=timedelta(days=7))
_OFF = Meaning("handset_unreachable", dead_for=timedelta(hours=2))
_NO_ROUTE = Meaning("unreachable", dead_for=timedelta(days=1))
_BLOCKED = Meaning("blocked_by_recipient", Reach.BLOCKED)
_OPTED_OUT = Meaning("opted_out", Reach.OPTED_OUT)
_MISCONFIGURED = Meaning("misconfigured")
# Wrong credentials and a full queue pass, once somebody or something has seen to them.
_BUSY = Meaning("busy", retry_after_s=30)
_LOCKED_OUT = Meaning("misconfigured", retry_after_s=60)
_OUT_OF_WINDOW = Meaning("outside_session")

MEANINGS = {
    14107: _BUSY,
    20003: _LOCKED_OUT,
    20404: _MISCONFIGURED,
    20409: _BUSY,
    20429: _BUSY,
    20500: _BUSY,
    20503: _BUSY,
    21211: _NO_MOBILE,
    21212: _MISCONFIGURED,
    21266: _NO_MOBILE,
    21408: Meaning("region_not_permitted"),
    21602: Meaning("empty"),
    21603: _MISCONFIGURED,
    21604: Meaning("no_address"),
    21606: _MISCONFIGURED,
    21608: Meaning("not_verified"),
    21609: _MISCONFIGURED,
    21610: _OPTED_OUT,
    21611: _BUSY,
    21612: _NO_ROUTE,
    21614: _NO_MOBILE,
    21617: Meaning("too_long"),
    21620: Meaning("media_refused"),
    21623: Meaning("media_refused"),
    21624: _MISCONFIGURED,
    21635: _NO_MOBILE,
    21701: _MISCONFIGURED,
    21703: _MISCONFIGURED,
    21910: _MISCONFIGURED,
    21655: _MISCONFIGURED,
    21656: _MISCONFIGURED,
    30001: Meaning("queue_overflow"),
    30002: Meaning("account_suspended"),
    30003: _OFF,
    30004: Meaning("blocked_by_carrier"),
    30005: _UNKNOWN_HANDSET,
    30006: _NO_MOBILE,
    30007: Meaning("filtered"),
    30008: Meaning("unknown"),
    30009: Meaning("incomplete"),
    30010: Meaning("too_expensive"),
    30017: Meaning("congestion"),
    30022: Meaning("rate_exceeded"),
    30023: Meaning("daily_cap_reached"),
    30032: _MISCONFIGURED,
    30034: _MISCONFIGURED,
    30035: _MISCONFIGURED,
    30036: Meaning("expired"),
    30409: Meaning("too_late_to_cancel"),
    35111: _MISCONFIGURED,
    35114: _MISCONFIGURED,
    35118: _MISCONFIGURED,
    63003: _NO_MOBILE,
    63007: _MISCONFIGURED,
    63012: Meaning("channel_failed"),
    63013: Meaning("filtered"),
    63014: _BLOCKED,
    63015: Meaning("not_joined"),
    63016: _OUT_OF_WINDOW,
    63018: Meaning("rate_exceeded"),
    63024: _NO_MOBILE,
}


def meaning_of(code: int | None) -> Meaning:
    """Return what a code means; one that is not in the table keeps its number as reason."""
    if code is None:
        return Meaning("unknown")
    return MEANINGS.get(code, Meaning(f"twilio_{code}"))


def receipt_of(
    status: str, code: int | str | None, sid: str, message_id: str | None = None
) -> Receipt | None:
    """Return what a status tells of a message; none: nothing new."""
    state = STATES.get(status)
    if state is None:
        return None
    if state is not OutboxState.FAILED:
        return Receipt(sid, state, message_id)
    meaning = meaning_of(int(code) if code is not None and str(code).isdigit() else None)
    reason = "cancelled" if status == "canceled" else meaning.reason
    return Receipt(sid, state, message_id, reason, meaning.reach, meaning.dead_for)
