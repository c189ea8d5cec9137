"""Reads a request to send a message and refuses what Twilio refuses."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from starlette.datastructures import FormData

from sandbox.twilio.errors import RefusedCallError

MAX_BODY = 1600
_MAX_MEDIA = 10
_MAX_VALIDITY_S = 36000
_E164 = re.compile(r"\+[1-9]\d{6,14}")
_CONTENT_SID = re.compile(r"HX[0-9a-f]{32}")
_HOST = re.compile(r"[A-Za-z0-9.\-\[\]:]+")
_SCHEDULE_FROM = timedelta(minutes=5)
_SCHEDULE_TO = timedelta(days=35)

# docs: iam/test-credentials, "Test SMS messages"; here they work beside the real numbers
_MAGIC_FROM = {"+15005550001": 21212, "+15005550007": 21606, "+15005550008": 21611}
_MAGIC_TO = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}
MAGIC_GOOD_FROM = "+15005550006"

_TEXTS = {
    21212: "Invalid From Number (caller ID): {}",
    21606: "The 'From' phone number {} is not a valid, message-capable Twilio phone number "
    "for this destination.",
    21611: "This 'From' number {} has exceeded the maximum number of queued messages",
    21211: "Invalid 'To' Phone Number: {}",
    21612: "The 'To' phone number {} is not currently reachable via SMS",
    21408: "Permission to send an SMS has not been enabled for the region indicated by the "
    "'To' number: {}",
    21610: "Attempt to send to unsubscribed recipient",
    21614: "'To' number {} is not a valid mobile number",
}


@dataclass(frozen=True)
class SendRequest:
    """A request that Twilio would take."""

    to: str
    sender: str | None
    messaging_service_sid: str | None
    body: str
    media: list[str]
    status_callback: str | None
    validity_period_s: int
    send_at: datetime | None
    content_sid: str | None = None
    content_variables: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Account:
    """What the account owns."""

    sid: str
    token: str
    numbers: tuple[str, ...]
    messaging_service_sid: str | None


def refusal(code: int, number: str) -> RefusedCallError:
    """Return the refusal that names a number."""
    return RefusedCallError(code, _TEXTS[code].format(number))


def read_send_request(form: FormData, account: Account, *, now: datetime) -> SendRequest:
    """Read the form of a new message.

    Raises:
        RefusedCallError: For everything Twilio answers 400 to.
    """
    to = _text(form, "To")
    sender = _text(form, "From") or None
    service = _text(form, "MessagingServiceSid") or None
    body = str(form.get("Body", ""))
    media = [str(url) for url in form.getlist("MediaUrl")]
    if not to:
        raise RefusedCallError(21604, "A 'To' phone number is required.")
    if sender is None and service is None:
        raise RefusedCallError(21603, "A 'From' phone number is required.")
    content_sid = _text(form, "ContentSid") or None
    if not body and not media and content_sid is None:
        raise RefusedCallError(21602, "Message body is required.")
    to = _check_to(to)
    if service is not None and service != account.messaging_service_sid:
        raise RefusedCallError(21701, f"The Messaging Service {service} does not exist")
    if sender is not None:
        sender = _check_from(sender, to, account.numbers)
    _check_content(body, media)
    return SendRequest(
        to=to,
        sender=sender,
        messaging_service_sid=service,
        body=body,
        media=media,
        status_callback=_check_callback(_text(form, "StatusCallback") or None),
        validity_period_s=_check_validity(form),
        send_at=_check_schedule(form, service, now=now),
        content_sid=_check_content_sid(content_sid),
        content_variables=_read_variables(form),
    )


def _check_content_sid(sid: str | None) -> str | None:
    if sid is not None and not _CONTENT_SID.fullmatch(sid):
        raise RefusedCallError(21655, "The ContentSid is Invalid")
    return sid


def _read_variables(form: FormData) -> dict[str, str]:
    given = _text(form, "ContentVariables") or "{}"
    try:
        read = json.loads(given)
    except ValueError:
        read = None
    is_flat = isinstance(read, dict) and all(isinstance(each, str) for each in read.values())
    if not is_flat:
        raise RefusedCallError(21656, "The ContentVariables Parameter is invalid")
    return dict(read)


def _text(form: FormData, name: str) -> str:
    return str(form.get(name, "")).strip()


def _split(address: str) -> tuple[str, str]:
    channel, _, number = address.rpartition(":")
    return channel, number


def _check_to(address: str) -> str:
    channel, number = _split(address)
    number = re.sub(r"[\s().-]", "", number)
    if not _E164.fullmatch(number):
        raise refusal(21211, address)
    if number in _MAGIC_TO:
        raise refusal(_MAGIC_TO[number], address)
    return f"{channel}:{number}" if channel else number


def _check_from(address: str, to: str, numbers: Sequence[str]) -> str:
    channel, number = _split(address)
    if channel != _split(to)[0]:
        raise RefusedCallError(
            21910, "Invalid From and To pair. From and To should be of the same channel"
        )
    if number in _MAGIC_FROM:
        raise refusal(_MAGIC_FROM[number], address)
    if not _E164.fullmatch(number) and number not in numbers:
        raise refusal(21212, address)
    if address == to:
        raise RefusedCallError(21266, f"'To' and 'From' number cannot be the same: {to}")
    if number not in (*numbers, MAGIC_GOOD_FROM):
        raise refusal(21606, address)
    return address


def _check_content(body: str, media: Sequence[str]) -> None:
    if len(body) > MAX_BODY:
        raise RefusedCallError(
            21617, f"The concatenated message body exceeds the {MAX_BODY} character limit"
        )
    if len(media) > _MAX_MEDIA:
        raise RefusedCallError(21623, "Number of media files exceeds allowed limit")
    for url in media:
        if not _is_web_address(url):
            raise RefusedCallError(21620, f"Invalid media URL(s): {url}")


def _is_web_address(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(_HOST.fullmatch(parts.hostname or ""))


def _check_callback(url: str | None) -> str | None:
    if url is not None and not _is_web_address(url):
        raise RefusedCallError(21609, f"The 'StatusCallback' URL {url} is not a valid URL.")
    return url


def _check_validity(form: FormData) -> int:
    given = _text(form, "ValidityPeriod")
    if not given:
        return _MAX_VALIDITY_S
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= _MAX_VALIDITY_S:
        raise RefusedCallError(21624, f"Invalid validity period value: {given}")
    return int(given)


def _check_schedule(form: FormData, service: str | None, *, now: datetime) -> datetime | None:
    if not _text(form, "ScheduleType"):
        return None
    if service is None:
        raise RefusedCallError(35118, "MessagingServiceSid is required to schedule a message")
    given = _text(form, "SendAt")
    if not given:
        raise RefusedCallError(35111, "SendAt timestamp is missing")
    try:
        send_at = datetime.fromisoformat(given)
    except ValueError as exc:
        raise RefusedCallError(35114, "Scheduling does not support this timestamp") from exc
    if send_at.tzinfo is None or not now + _SCHEDULE_FROM <= send_at <= now + _SCHEDULE_TO:
        raise RefusedCallError(35114, "Scheduling does not support this timestamp")
    return send_at
