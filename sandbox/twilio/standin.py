"""The stand-in itself: takes messages, carries them, and calls the product's webhooks."""

import asyncio
import secrets
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.faults import NO_FAULT, Fault
from sandbox.journal import Entry, Journal
from sandbox.twilio.contents import PREFIX, WhatsApp
from sandbox.twilio.errors import RefusedCallError, not_found
from sandbox.twilio.forms import inbound_form, status_form
from sandbox.twilio.keywords import OptOuts
from sandbox.twilio.messages import API_VERSION, FINAL, Message
from sandbox.twilio.sending import Account, SendRequest, refusal
from sandbox.twilio.store import MessageStore
from sandbox.twilio.twiml import Reply, TwimlError, read_replies
from sandbox.twilio.webhooks import WebhookCaller, WebhookFailedError

_VALIDITY_PASSED = 30036
_TEXTS = {30036: "Validity Period Expired"}
_WAIT_FOR_CARRIER_S = 0.05


@dataclass
class Carrier:
    """How long messages travel, in real seconds, and whether the carrier takes any."""

    queued_s: float = 0.15
    sent_s: float = 0.35
    is_held: bool = False


@dataclass
class InboundHooks:
    """Where the account's number reports what people send."""

    url: str
    fallback_url: str | None = None


@dataclass(eq=False)
class TwilioStandIn:
    """One account with its number, its messages and the people who opted out of it."""

    account: Account
    caller: WebhookCaller
    hooks: InboundHooks
    journal: Journal
    now: Callable[[], datetime]
    carrier: Carrier = field(default_factory=Carrier)
    opt_outs: OptOuts = field(default_factory=OptOuts)
    whatsapp: WhatsApp = field(default_factory=WhatsApp)
    alerts: list[dict[str, Any]] = field(default_factory=list)
    messages: MessageStore = field(init=False)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.messages = MessageStore(self.account.sid)

    def create(self, request: SendRequest, fault: Fault = NO_FAULT) -> Message:
        """Take a message to a person and carry it in the background.

        Raises:
            RefusedCallError: 21610 if the person opted out.
        """
        sender = request.sender or self.account.numbers[0]
        if self.opt_outs.is_blocked(request.to, sender):
            raise refusal(21610, request.to)
        now = self.now()
        body, buttons = request.body, list[tuple[str, str]]()
        if request.content_sid is not None:
            body, buttons = self.whatsapp.say(request.content_sid, request.content_variables)
        refused = self.whatsapp.refusal(request.to, request.content_sid, now)
        fault = replace(fault, failed=refused) if refused else fault
        has_service = request.messaging_service_sid is not None
        status = "scheduled" if request.send_at else "accepted" if has_service else "queued"
        message = Message(
            sid=_new_sid("MM" if request.media else "SM"),
            account_sid=self.account.sid,
            to=request.to,
            sender=request.sender,
            body=body,
            buttons=buttons,
            direction="outbound-api",
            status=status,
            created_at=now,
            updated_at=now,
            media=request.media,
            messaging_service_sid=request.messaging_service_sid,
            status_callback=request.status_callback,
            validity_period_s=request.validity_period_s,
            send_at=request.send_at,
            fault=fault,
        )
        self._keep(message)
        self._start(self._carry(message))
        return message

    def receive(
        self, person: str, body: str, media: Sequence[str] = (), *, payload: str = ""
    ) -> Message:
        """Take a message from a person: apply keywords, then call the webhook in the background.

        On WhatsApp (``whatsapp:+44…``) Twilio has no keywords, a day of free words begins, and a
        tapped button comes with its payload.
        """
        number = self.account.numbers[0]
        now = self.now()
        is_whatsapp = person.startswith(PREFIX)
        if is_whatsapp:
            number = f"{PREFIX}{number}"
            self.whatsapp.heard_at[person] = now
        message = Message(
            sid=_new_sid("MM" if media else "SM"),
            account_sid=self.account.sid,
            to=number,
            sender=person,
            body=body,
            direction="inbound",
            status="received",
            created_at=now,
            updated_at=now,
            sent_at=now,
            media=list(media),
            payload=payload,
        )
        self._keep(message)
        own_reply = None if is_whatsapp else self.opt_outs.hear(person, number, body)
        if own_reply is not None:
            self._send_reply(person, Reply(body=own_reply), by_twilio=True)
        self._start(self._report(message))
        return message

    def find(self, sid: str) -> Message:
        """Return a message.

        Raises:
            RefusedCallError: 20404 if there is none.
        """
        message = self.messages.get(sid)
        if message is None:
            raise not_found(f"/{API_VERSION}/Accounts/{self.account.sid}/Messages/{sid}.json")
        return message

    def update(self, sid: str, *, body: str | None, status: str | None) -> Message:
        """Redact a message's text or cancel a message that was not sent yet.

        Raises:
            RefusedCallError: If there is no such message or it cannot be changed so.
        """
        message = self.find(sid)
        if status is not None:
            if status != "canceled" or message.status not in ("scheduled", "accepted"):
                raise RefusedCallError(30409, "This message cannot be canceled")
            self._move(message, "canceled")
            self._call_back(message)
        if body is not None:
            if body:
                raise RefusedCallError(20001, "Body can only be set to an empty string")
            message.body = ""
            self._keep(message)
        return message

    def delete(self, sid: str) -> None:
        """Delete a message that has come to its end.

        Raises:
            RefusedCallError: If there is no such message, or it is still on its way.
        """
        message = self.find(sid)
        if message.status not in FINAL and message.status != "sent":
            raise RefusedCallError(
                20009, "Cannot delete this resource before the delivery is complete"
            )
        self.messages.remove(sid)
        self.journal.remove(f"sms:{sid}")

    def report_again(self, sid: str) -> None:
        """Call the webhook once more for a message from a person, as Twilio sometimes does.

        Raises:
            RefusedCallError: 20404 if there is no such message.
        """
        self._start(self._report(self.find(sid)))

    async def close(self) -> None:
        """Stop everything that is still on its way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def settle(self) -> None:
        """Wait until every message and webhook under way has come to its end."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)
            # gathering what is done does not yield: let finished tasks leave the set
            await asyncio.sleep(0)

    async def _carry(self, message: Message) -> None:
        await _until(lambda: message.send_at is None or self.now() >= message.send_at)
        if message.status in FINAL:
            return
        if message.messaging_service_sid is not None:
            self._pick_sender(message)
            self._move(message, "queued")
            self._call_back(message)
        await asyncio.sleep(self.carrier.queued_s)
        early_end = message.fault.failed
        if self.carrier.is_held:
            await _until(lambda: not self.carrier.is_held)
            early_end = early_end or self._has_expired(message)
        if early_end is not None:
            self._fail(message, "failed", early_end)
            return
        message.sent_at = self.now()
        self._move(message, "sent")
        sent_form = status_form(message)
        if not message.fault.reorder_callbacks:
            self._call_back(message, sent_form)
        await asyncio.sleep(self.carrier.sent_s)
        if message.fault.undelivered is not None:
            self._fail(message, "undelivered", message.fault.undelivered)
        else:
            self._move(message, "delivered")
            self._call_back(message)
        if message.fault.reorder_callbacks:
            await asyncio.sleep(self.carrier.sent_s)
            self._call_back(message, sent_form)

    def _pick_sender(self, message: Message) -> None:
        if message.sender is None:
            message.sender = self.account.numbers[0]

    def _has_expired(self, message: Message) -> int | None:
        begun = message.send_at or message.created_at
        age = self.now() - begun
        return _VALIDITY_PASSED if age > timedelta(seconds=message.validity_period_s) else None

    def _fail(self, message: Message, status: str, code: int) -> None:
        message.error_code = code
        message.error_message = _TEXTS.get(code)
        self._move(message, status)
        self._call_back(message)

    def _move(self, message: Message, status: str) -> None:
        message.status = status
        message.updated_at = self.now()
        self._keep(message)

    def _keep(self, message: Message) -> None:
        self.messages.add(message)
        is_inbound = message.direction == "inbound"
        address = (message.sender or "") if is_inbound else message.to
        content: dict[str, Any] = {"media": message.media} if message.media else {}
        if message.buttons:
            content["buttons"] = message.buttons
        self.journal.put(
            Entry(
                id=f"sms:{message.sid}",
                at=message.created_at.astimezone(UTC).isoformat(timespec="seconds"),
                channel="whatsapp" if address.startswith(PREFIX) else "sms",
                direction="in" if is_inbound else "out",
                address=address.removeprefix(PREFIX),
                text=message.body,
                state=message.status,
                segments=message.segments.count,
                encoding=message.segments.encoding,
                error=message.error_code,
                content=content,
            )
        )

    def _call_back(self, message: Message, form: dict[str, str] | None = None) -> None:
        if message.status_callback is None:
            return
        told = status_form(message) if form is None else form
        for _ in range(2 if message.fault.duplicate_callbacks else 1):
            self._start(self._post_status(message.status_callback, told, message.sid))

    async def _post_status(self, url: str, form: dict[str, str], sid: str) -> None:
        try:
            await self.caller.post(url, form)
        except WebhookFailedError as failure:
            self._alert(failure.code, str(failure), sid)

    async def _report(self, message: Message) -> None:
        form = inbound_form(message)
        for url in (self.hooks.url, self.hooks.fallback_url):
            if url is None:
                continue
            try:
                response = await self.caller.post(url, form)
                replies = read_replies(response.headers.get("content-type", ""), response.text)
            except (WebhookFailedError, TwimlError) as failure:
                self._alert(failure.code, str(failure), message.sid)
                form = {**form, "ErrorCode": str(failure.code), "ErrorUrl": url}
                continue
            for reply in replies:
                self._send_reply(message.sender or "", reply)
            return

    def _send_reply(self, person: str, reply: Reply, *, by_twilio: bool = False) -> None:
        now = self.now()
        message = Message(
            sid=_new_sid("MM" if reply.media else "SM"),
            account_sid=self.account.sid,
            to=reply.to or person,
            sender=reply.sender or self.account.numbers[0],
            body=reply.body,
            direction="outbound-reply",
            status="queued",
            created_at=now,
            updated_at=now,
            media=list(reply.media),
            status_callback=reply.status_callback,
        )
        if not by_twilio and self.opt_outs.is_blocked(message.to, message.sender or ""):
            message.fault = Fault(failed=21610)
        self._keep(message)
        self._start(self._carry(message))

    def _alert(self, code: int, text: str, sid: str) -> None:
        at = self.now().isoformat(timespec="seconds")
        self.alerts.append({"at": at, "code": code, "text": text, "message_sid": sid})

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _until(condition: Callable[[], bool]) -> None:
    # simulated time and the carrier's state change under us: there is no event to wait for
    while not condition():  # noqa: ASYNC110
        await asyncio.sleep(_WAIT_FOR_CARRIER_S)


def _new_sid(prefix: str) -> str:
    return prefix + secrets.token_hex(16)
