"""Reads what a webhook answers: TwiML, or plain text that becomes the reply."""

from dataclasses import dataclass
from xml.etree import ElementTree as ET

_XML_TYPES = frozenset({"text/xml", "application/xml", "text/html"})


class TwimlError(ValueError):
    """The answer cannot be run; ``code`` is what Twilio's debugger would show."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True)
class Reply:
    """One ``<Message>``."""

    body: str
    media: tuple[str, ...] = ()
    to: str | None = None
    sender: str | None = None
    status_callback: str | None = None


def read_replies(content_type: str, text: str) -> list[Reply]:
    """Return the messages that a webhook's answer asks for.

    Raises:
        TwimlError: If the type is not one Twilio takes (12300), the document cannot be parsed
            (12100) or has a verb that we do not know (12200).
    """
    kind = content_type.partition(";")[0].strip().lower()
    if not text.strip():
        return []
    if kind == "text/plain":
        return [Reply(body=text)]
    if kind not in _XML_TYPES:
        raise TwimlError(12300, f"Invalid Content-Type: {kind}")
    try:
        root = ET.fromstring(text)  # noqa: S314 - our own gateway's answer, on loopback
    except ET.ParseError as exc:
        raise TwimlError(12100, "Document parse failure") from exc
    if root.tag != "Response":
        raise TwimlError(12100, "Document parse failure")
    return [_read_message(verb) for verb in root]


def _read_message(verb: ET.Element) -> Reply:
    if verb.tag not in ("Message", "Sms"):
        raise TwimlError(12200, f"Schema validation warning: {verb.tag}")
    bodies = [child.text or "" for child in verb if child.tag == "Body"]
    return Reply(
        body="".join(bodies) if bodies else (verb.text or "").strip(),
        media=tuple((child.text or "").strip() for child in verb if child.tag == "Media"),
        to=verb.get("to"),
        sender=verb.get("from"),
        status_callback=verb.get("statusCallback") or verb.get("action"),
    )
