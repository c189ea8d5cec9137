"""A message at the stand-in and the JSON that Twilio shows of it."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from sandbox.faults import NO_FAULT, Fault
from sandbox.twilio.segments import Segments, count_segments

API_VERSION = "2010-04-01"
FINAL = frozenset({"delivered", "undelivered", "failed", "canceled", "received"})

_PRICE_PER_SEGMENT = 0.0079


@dataclass(eq=False)
class Message:
    """One message, ours or theirs; instants are simulated ones."""

    sid: str
    account_sid: str
    to: str
    sender: str | None
    body: str
    direction: str
    status: str
    created_at: datetime
    updated_at: datetime
    sent_at: datetime | None = None
    media: list[str] = field(default_factory=list)
    messaging_service_sid: str | None = None
    status_callback: str | None = None
    validity_period_s: int = 36000
    send_at: datetime | None = None
    error_code: int | None = None
    error_message: str | None = None
    fault: Fault = NO_FAULT
    buttons: list[tuple[str, str]] = field(default_factory=list)
    payload: str = ""
    segments: Segments = field(init=False)

    def __post_init__(self) -> None:
        self.segments = count_segments(self.body)

    def media_uris(self) -> list[str]:
        """Return the paths by which what came with it is fetched."""
        sids = (hashlib.md5(f"{self.sid}{at}".encode()) for at in range(len(self.media)))  # noqa: S324 a name
        return [f"{self.uri}/Media/ME{sid.hexdigest()}" for sid in sids]

    @property
    def uri(self) -> str:
        """The message's path without ``.json``."""
        return f"/{API_VERSION}/Accounts/{self.account_sid}/Messages/{self.sid}"

    def represent(self) -> dict[str, Any]:
        """Return the JSON of ``api.v2010.account.message``."""
        is_priced = self.sent_at is not None
        return {
            "account_sid": self.account_sid,
            "api_version": API_VERSION,
            "body": self.body,
            "date_created": format_datetime(self.created_at),
            "date_sent": None if self.sent_at is None else format_datetime(self.sent_at),
            "date_updated": format_datetime(self.updated_at),
            "direction": self.direction,
            "error_code": self.error_code,
            "error_message": self.error_message,
            "from": self.sender,
            "messaging_service_sid": self.messaging_service_sid,
            "num_media": str(len(self.media)),
            "num_segments": str(self.segments.count),
            "price": f"-{_PRICE_PER_SEGMENT * self.segments.count:.5f}" if is_priced else None,
            "price_unit": "USD",
            "sid": self.sid,
            "status": self.status,
            "subresource_uris": {
                "media": f"{self.uri}/Media.json",
                "feedback": f"{self.uri}/Feedback.json",
            },
            "to": self.to,
            "uri": f"{self.uri}.json",
        }
