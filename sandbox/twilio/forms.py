"""The forms that Twilio posts (docs: messaging/guides/webhook-request, track-outbound-message)."""

from datetime import UTC

from sandbox.twilio.contents import PREFIX
from sandbox.twilio.messages import API_VERSION, Message


def inbound_form(message: Message) -> dict[str, str]:
    """Return the fields that report a message from a person."""
    form = {
        "MessageSid": message.sid,
        "SmsSid": message.sid,
        "SmsMessageSid": message.sid,
        "AccountSid": message.account_sid,
        "From": message.sender or "",
        "To": message.to,
        "Body": message.body,
        "NumMedia": str(len(message.media)),
        "NumSegments": str(message.segments.count),
        "SmsStatus": "received",
        "ApiVersion": API_VERSION,
        "ReferralNumMedia": "0",
    }
    if (message.sender or "").startswith(PREFIX):
        form["WaId"] = (message.sender or "").removeprefix(PREFIX).removeprefix("+")
        form["ProfileName"] = "WhatsApp"
    if message.payload:
        form |= {"ButtonPayload": message.payload, "ButtonText": message.body}
    if message.messaging_service_sid is not None:
        form["MessagingServiceSid"] = message.messaging_service_sid
    for index, path in enumerate(message.media_uris()):
        form[f"MediaUrl{index}"] = f"https://api.twilio.com{path}"
        form[f"MediaContentType{index}"] = "image/png"
    return form


def status_form(message: Message) -> dict[str, str]:
    """Return the fields that report where a message of ours is."""
    form = {
        "AccountSid": message.account_sid,
        "From": message.sender or "",
        "To": message.to,
        "MessageSid": message.sid,
        "SmsSid": message.sid,
        "MessageStatus": message.status,
        "SmsStatus": message.status,
        "ApiVersion": API_VERSION,
    }
    if message.messaging_service_sid is not None:
        form["MessagingServiceSid"] = message.messaging_service_sid
    if message.error_code is not None:
        form["ErrorCode"] = str(message.error_code)
    if message.status in ("delivered", "undelivered"):
        form["RawDlrDoneDate"] = message.updated_at.astimezone(UTC).strftime("%y%m%d%H%M")
    return form
