"""What Twilio's error codes mean to us (https://www.twilio.com/docs/api/errors)."""

from dataclasses import dataclass

from deliveries.services.messages.receipts import Reach


@dataclass(frozen=True)
class Meaning:
    """What a code says.

    Attributes:
        reason: Our stable code.
        retry_after_s: It was not taken and may be sent again after so long; none: never.
    """

    reason: str
    reach: Reach = Reach.UNCHANGED
    retry_after_s: float | None = None


_UNREACHABLE = Meaning("unreachable", Reach.BLOCKED)
_OPTED_OUT = Meaning("opted_out", Reach.OPTED_OUT)
_MISCONFIGURED = Meaning("misconfigured")
# Wrong credentials and a full queue pass, once somebody or something has seen to them.
_BUSY = Meaning("busy", retry_after_s=30)
_LOCKED_OUT = Meaning("misconfigured", retry_after_s=60)

_MEANINGS = {
    14107: _BUSY,
    20003: _LOCKED_OUT,
    20404: _MISCONFIGURED,
    20409: _BUSY,
    21211: _UNREACHABLE,
    21212: _MISCONFIGURED,
    21266: _UNREACHABLE,
    21408: Meaning("region_not_permitted"),
    21603: _MISCONFIGURED,
    21606: _MISCONFIGURED,
    21608: Meaning("not_verified"),
    21609: _MISCONFIGURED,
    21610: _OPTED_OUT,
    21611: _BUSY,
    21612: Meaning("unreachable"),
    21614: _UNREACHABLE,
    21617: Meaning("too_long"),
    21635: _UNREACHABLE,
    21701: _MISCONFIGURED,
    21703: _MISCONFIGURED,
    21910: _MISCONFIGURED,
    30001: Meaning("queue_overflow"),
    30002: Meaning("account_suspended"),
    30003: Meaning("handset_unreachable"),
    30004: Meaning("blocked_by_carrier"),
    30005: Meaning("unknown_handset"),
    30006: _UNREACHABLE,
    30007: Meaning("filtered"),
    30008: Meaning("unknown"),
    30017: Meaning("congestion"),
    30022: Meaning("rate_exceeded"),
    30023: Meaning("daily_cap_reached"),
    30032: _MISCONFIGURED,
    30034: _MISCONFIGURED,
    30035: _MISCONFIGURED,
    30036: Meaning("expired"),
}


def meaning_of(code: int | None) -> Meaning:
    """Return what a code means; one that is not in the table keeps its number as reason."""
    if code is None:
        return Meaning("unknown")
    return _MEANINGS.get(code, Meaning(f"twilio_{code}"))
