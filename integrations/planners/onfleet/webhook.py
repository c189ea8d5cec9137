"""Onfleet's webhooks: https://docs.onfleet.com/reference/webhooks."""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from deliveries.errors import UnreadableError
from deliveries.model.outside import PlannerEvent
from deliveries.model.saying import Fact
from integrations.calling.caller import Json
from integrations.planners.onfleet.api import ID_NAME, from_ms

NAME = "onfleet"
SIGNATURE = "x-onfleet-signature"
# Started: the driver sets out for this stop, so the van has left the depot at the latest now.
_KINDS = {
    0: "departed",
    1: "eta",
    2: "arrived",
    3: "delivered",
    4: "failed",
    7: "changed",
    8: "changed",
    9: "changed",
    10: "changed",
    12: "eta",
}
_REASONS = {
    "UNAVAILABLE": "nobody_home",
    "INCORRECT_ADDRESS": "address_not_found",
    "REFUSED": "refused",
    "DAMAGED": "damaged",
    "NO_ACCESS": "no_access",
}


class OnfleetWebhook:
    """Reads what Onfleet reports."""

    def __init__(self, secret: str | None) -> None:
        """Keep the webhook's secret, in hexadecimal; without one nothing is genuine."""
        self._key = bytes.fromhex(secret) if secret else None

    def greet(self, query: Mapping[str, str]) -> str | None:
        """Return the word by which Onfleet tells that the webhook is ours."""
        if self._key is None:
            return None
        return query.get("check")

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Check HMAC-SHA512 over the body as it came; the key is the secret's bytes, not its text.

        Args:
            headers: Found by a name in any case, or in small letters.
            body: Untouched.
        """
        signature = headers.get(SIGNATURE, "")
        if self._key is None or not signature.isascii():
            return False
        expected = hmac.new(self._key, body, hashlib.sha512).hexdigest()
        return hmac.compare_digest(expected, signature.lower())

    def read(self, body: bytes, *, received_at: datetime) -> Sequence[PlannerEvent]:
        """Return the event; nothing for triggers that mean nothing to us.

        Names and numbers of people in it are left out.

        Raises:
            UnreadableError: If it is no report of a task.
        """
        report = _json(body)
        trigger, task_id = report.get("triggerId"), report.get("taskId")
        if not isinstance(trigger, int) or not isinstance(task_id, str):
            raise UnreadableError("Onfleet's report names no task or trigger")
        kind = _KINDS.get(trigger)
        if kind is None:
            return ()
        task = _part(_part(report, "data"), "task")
        at = _instant(report.get("time")) or received_at
        facts = _facts(kind, report, task, at)
        if facts is None:
            return ()
        event = PlannerEvent(
            # Onfleet sends a report again as it was, until it is taken: the same body, one event.
            id=f"{NAME}:{hashlib.sha256(body).hexdigest()[:32]}",
            planner=NAME,
            kind=kind,
            at=at,
            external_id=task_id,
            received_at=received_at,
            delivery_id=_our_id(task),
            facts=facts,
        )
        return (event,)


def _facts(
    kind: str, report: Mapping[str, Json], task: Mapping[str, Json], at: datetime
) -> dict[str, Fact] | None:
    """Return what an event says beyond its kind; nothing if it lacks what its kind needs."""
    if kind == "eta":
        eta_at = from_ms(task.get("estimatedArrivalTime")) or from_ms(task.get("eta"))
        seconds = report.get("etaSeconds")
        if eta_at is None and isinstance(seconds, int | float):
            eta_at = datetime.fromtimestamp(at.timestamp() + seconds, tz=UTC)
        return {"eta_at": eta_at.isoformat()} if eta_at is not None else None
    if kind == "failed":
        reason = _part(task, "completionDetails").get("failureReason")
        return {"reason": _REASONS.get(reason, "other") if isinstance(reason, str) else "other"}
    return {}


def _our_id(task: Mapping[str, Json]) -> str | None:
    metadata = task.get("metadata")
    for each in metadata if isinstance(metadata, list) else []:
        if isinstance(each, dict) and each.get("name") == ID_NAME:
            value = each.get("value")
            return value if isinstance(value, str) else None
    return None


def _instant(time: Json) -> datetime | None:
    """Return a report's time: seconds in its documents, milliseconds in some of its reports."""
    if isinstance(time, bool) or not isinstance(time, int | float):
        return None
    seconds_end = 100_000_000_000
    return from_ms(time if time > seconds_end else time * 1000)


def _json(body: bytes) -> Mapping[str, Json]:
    try:
        report = json.loads(body)
    except ValueError as error:
        raise UnreadableError("Onfleet's report is no JSON") from error
    if not isinstance(report, dict):
        raise UnreadableError("Onfleet's report cannot be read")
    return report


def _part(whole: Mapping[str, Json], name: str) -> Mapping[str, Json]:
    part = whole.get(name)
    return part if isinstance(part, dict) else {}
