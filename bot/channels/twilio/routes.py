"""Twilio's webhooks: messages in, and what became of those out."""

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.twilio.errors import STATES, receipt_of
from bot.channels.twilio.verify import Form, is_from_twilio
from bot.channels.twilio.whatsapp import PREFIX
from bot.webhook import read_body
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from deliveries.services.messages.consent import Keyword
from deliveries.services.messages.receipts import Receipt
from deliveries.services.messages.receiving import Arrival

MESSAGES_PATH = "/channels/twilio/messages"
STATUS_PATH = "/channels/twilio/status"

_NO_REPLY = "<Response/>"
_E164 = re.compile(r"\+[1-9]\d{6,14}")
_OPT_OUT_TYPES = {"STOP": Keyword.OPT_OUT, "START": Keyword.OPT_IN, "HELP": Keyword.HELP}
# Without Advanced Opt-Out Twilio takes these whole words, blocks or lifts the block, and answers.
# It answers HELP too, but cannot say what this service is: we do.
_DEFAULT_WORDS = {
    **dict.fromkeys(("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"), Keyword.OPT_OUT),
    **dict.fromkeys(("START", "YES", "UNSTOP"), Keyword.OPT_IN),
}
# https://www.twilio.com/docs/messaging/api/media-resource
_MEDIUM = re.compile(r"/Messages/(?P<message>[MS]M[0-9a-f]{32})/Media/(?P<medium>ME[0-9a-f]{32})$")
_MOST_MEDIA = 10
_log = structlog.get_logger()


@dataclass(frozen=True)
class TwilioWebhooks:
    """What the routes need.

    Attributes:
        token: The account's; without it every request is refused.
        public_url: Under which Twilio calls us; it is part of what is signed.
        receive: Keeps an arrival.
        report: Keeps a receipt.
    """

    token: str
    public_url: str
    receive: Callable[[Arrival], Awaitable[None]]
    report: Callable[[Receipt], Awaitable[None]]

    def routes(self) -> list[Route]:
        """Return the routes; the caller is known by its signature."""
        return [
            Route(MESSAGES_PATH, self._messages, methods=["POST"]),
            Route(STATUS_PATH, self._status, methods=["POST"]),
        ]

    async def _messages(self, request: Request) -> Response:
        form = await self._verified(request)
        if form is None:
            return Response(status_code=403)
        arrival = read_arrival(form)
        if arrival is None:
            _log.warning("inbound_ignored", channel=Channel.SMS.value)
        else:
            await self.receive(arrival)
        return Response(_NO_REPLY, media_type="text/xml")

    async def _status(self, request: Request) -> Response:
        form = await self._verified(request)
        if form is None:
            return Response(status_code=403)
        receipt = read_receipt(form, message_id=request.query_params.get("m"))
        if receipt is not None:
            await self.report(receipt)
        return Response()

    async def _verified(self, request: Request) -> Form | None:
        body = await read_body(request)
        query = request.scope["query_string"].decode("latin-1")
        raw_path = request.scope.get("raw_path") or request.scope["path"].encode()
        path = raw_path.partition(b"?")[0].decode("latin-1")
        is_genuine = is_from_twilio(
            self.token,
            url=f"{self.public_url.rstrip('/')}{path}{f'?{query}' if query else ''}",
            content_type=request.headers.get("content-type", ""),
            body=body,
            signature=request.headers.get("x-twilio-signature", ""),
        )
        if not is_genuine:
            _log.warning("webhook_refused", provider="twilio", path=request.scope["path"])
            return None
        return Form.parse(body)


def read_arrival(form: Form) -> Arrival | None:
    """Read an inbound SMS or WhatsApp; none: it comes from nothing that could be answered."""
    sender, sid = form.get("From"), form.get("MessageSid")
    number = sender.removeprefix(PREFIX)
    if not sid or not _E164.fullmatch(number):
        return None
    media = form.get("NumMedia")
    is_sms = sender == number
    return Arrival(
        channel=Channel.SMS if is_sms else Channel.WHATSAPP,
        provider_id=sid,
        address=ContactAddress(number),
        text=form.get("Body"),
        option_id=form.get("ButtonPayload") or None,
        media_count=int(media) if media.isdigit() else 0,
        pictures=tuple(_pictures(form)),
        lat=_degrees(form.get("Latitude")),
        lon=_degrees(form.get("Longitude")),
        network_keyword=_network_keyword(form, is_sms=is_sms),
    )


def _pictures(form: Form) -> Iterator[str]:
    """Yield the ids of the pictures that came with a message, as ``message/medium``."""
    for number in range(_MOST_MEDIA):
        where = _MEDIUM.search(form.get(f"MediaUrl{number}"))
        if where and form.get(f"MediaContentType{number}").startswith("image/"):
            yield f"{where['message']}/{where['medium']}"


def _degrees(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _network_keyword(form: Form, *, is_sms: bool) -> Keyword | None:
    """Return what Twilio took the message for: told with Advanced Opt-Out, else by its defaults.

    On WhatsApp Twilio has no words of its own: what is written there is read like any text.
    """
    told = form.get("OptOutType").upper()
    if told:
        return _OPT_OUT_TYPES.get(told)
    return _DEFAULT_WORDS.get(form.get("Body").strip().upper()) if is_sms else None


def read_receipt(form: Form, *, message_id: str | None) -> Receipt | None:
    """Read a status callback; none: it tells nothing new, or what we cannot map."""
    status = form.get("MessageStatus").lower()
    if status not in STATES:
        _log.warning("twilio_status_unmapped", twilio_status=status)
        return None
    sid = form.get("MessageSid")
    return receipt_of(status, form.get("ErrorCode"), sid, message_id) if sid else None
