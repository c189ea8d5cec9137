"""Chatwoot's webhook signatures (API inboxes sign from Chatwoot 4.13.0)."""

import hashlib
import hmac
from datetime import datetime, timedelta

OLDEST = timedelta(seconds=300)


def is_genuine(
    secret: str, *, timestamp: str | None, signature: str | None, body: bytes, now: datetime
) -> bool:
    """Say whether Chatwoot signed a webhook's raw body lately.

    Args:
        secret: The inbox's; without one nothing is genuine.
        timestamp: The header ``X-Chatwoot-Timestamp``, in seconds since 1970.
        signature: The header ``X-Chatwoot-Signature``, ``sha256=<hex>`` over
            ``"{timestamp}.{body}"``; over the body alone it is not.
        body: As it was received, before any parsing.
        now: By the machine's clock.
    """
    if not secret or not timestamp or not signature or not timestamp.isdecimal():
        return False
    if abs(now.timestamp() - int(timestamp)) > OLDEST.total_seconds():
        return False
    signed = timestamp.encode() + b"." + body
    expected = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"sha256={expected}".encode(), signature.encode())
