"""A Twilio and a Telegram for thousands of messages, with luck as bad as one likes.

``python -m sandbox.crowd --port 8801 --log FILE``. Every message that is taken is one line of the
log, at once and whatever becomes of the answer: what people really got can be read there.
"""

import argparse
import asyncio
import contextlib
import json
import random
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import parse_qs, urlsplit

import httpx

from sandbox.twilio.signatures import sign, url_to_sign

SHARES = ("500", "503", "429", "reset", "reset_after", "500_after", "hang", "hang_after")
# Longer than any client waits.
_HANGS_S = 15.0
_CARRIER_S = 0.2
_LATE_S = 4.0
_CALLS_AT_ONCE = 16
_UNDELIVERED = 30008


@dataclass(frozen=True)
class Luck:
    """How often something goes wrong; shares of one.

    Attributes:
        calls: Of the calls that send, this share goes wrong in each of the ways of ``SHARES``.
        receipts: Of the receipts, this share each is lost, doubled, late, or out of order.
        undelivered: Of the messages, this share does not arrive.
    """

    calls: float = 0.0
    receipts: float = 0.0
    undelivered: float = 0.0


@dataclass(eq=False)
class Crowd:
    """Everybody's phones, by address."""

    luck: Luck
    log: TextIO
    token: str
    chance: random.Random
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    by_address: dict[str, list[str]] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    at_once: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_CALLS_AT_ONCE))
    client: httpx.AsyncClient = field(
        default_factory=lambda: httpx.AsyncClient(trust_env=False, timeout=15)
    )

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer calls on one connection until it ends."""
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                line, *fields = head.split("\r\n")
                headers = dict(each.lower().split(": ", 1) for each in fields if ": " in each)
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                method, target, _ = line.split(" ", 2)
                answer = await self._answer(method, target, body.decode())
                if answer is None:
                    writer.transport.abort()
                    return
                status, content, extra = answer
                payload = json.dumps(content).encode()
                writer.write(
                    f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{extra}"
                    f"Content-Length: {len(payload)}\r\n\r\n".encode()
                    + payload
                )
                await writer.drain()
        writer.close()

    async def _answer(
        self, method: str, target: str, body: str
    ) -> tuple[int, dict[str, Any], str] | None:
        parts = urlsplit(target)
        form = {name: values[0] for name, values in parse_qs(body or parts.query).items()}
        if parts.path.startswith("/bot"):
            return await self._telegram(parts.path.rpartition("/")[2], form)
        if method == "POST":
            return await self._unlucky(lambda: self._take_sms(form))
        if parts.path.endswith("Messages.json"):
            sids = self.by_address.get(form.get("To", ""), [])
            shown = [_shown(self.taken[sid]) for sid in reversed(sids)][:50]
            return 200, {"messages": shown, "page": 0, "page_size": 50, "next_page_uri": None}, ""
        message = self.taken.get(parts.path.rpartition("/")[2].removesuffix(".json"))
        return (200, _shown(message), "") if message else (404, {"code": 20404}, "")

    async def _unlucky(
        self,
        work: Any,  # noqa: ANN401
        *,
        never: str = "",
    ) -> tuple[int, dict[str, Any], str] | None:
        way = self.chance.random()
        fault = int(way / self.luck.calls) if self.luck.calls else len(SHARES)
        name = SHARES[fault] if fault < len(SHARES) and SHARES[fault] != never else ""
        if name in ("500", "503"):
            return int(name), {"code": 20500, "message": "no", "status": int(name)}, ""
        if name == "429":
            return 429, {"code": 20429, "message": "slow down", "status": 429}, "Retry-After: 1\r\n"
        if name == "hang":
            await asyncio.sleep(_HANGS_S)
        if name in ("reset", "hang"):
            return None
        answer: tuple[int, dict[str, Any], str] = work()
        if name == "hang_after":
            await asyncio.sleep(_HANGS_S)
        if name in ("reset_after", "hang_after"):
            return None
        if name == "500_after":
            return 500, {"code": 20500, "message": "no", "status": 500}, ""
        return answer

    def _take_sms(self, form: Mapping[str, str]) -> tuple[int, dict[str, Any], str]:
        message = self._take("sms", form["To"], form["Body"])
        message.update(sender=form.get("From", ""), callback=form.get("StatusCallback"))
        self._start(self._carry(message))
        return 201, _shown(message), ""

    def _take(self, channel: str, to: str, body: str) -> dict[str, Any]:
        sid = f"SM{len(self.taken) + 1:032x}"
        message = {"sid": sid, "to": to, "body": body, "status": "queued", "at": time.time()}
        self.taken[sid] = message
        self.by_address.setdefault(to, []).append(sid)
        self.log.write(json.dumps({"channel": channel, **message}) + "\n")
        return message

    async def _carry(self, message: dict[str, Any]) -> None:
        chance, luck = self.chance, self.luck.receipts
        is_arriving = chance.random() >= self.luck.undelivered
        ends = ["sent", "delivered" if is_arriving else "undelivered"]
        if chance.random() < luck:
            ends.reverse()
        await asyncio.sleep(_CARRIER_S)
        message["status"] = "delivered" if is_arriving else "undelivered"
        for status in ends:
            if not message["callback"] or chance.random() < luck:
                continue
            if chance.random() < luck:
                await asyncio.sleep(_LATE_S)
            for _ in range(2 if chance.random() < luck else 1):
                await self._call_back(message, status)

    async def _call_back(self, message: Mapping[str, Any], status: str) -> None:
        form = {"MessageSid": message["sid"], "MessageStatus": status, "To": message["to"]}
        if status == "undelivered":
            form["ErrorCode"] = str(_UNDELIVERED)
        url = message["callback"]
        headers = {"X-Twilio-Signature": sign(self.token, url_to_sign(url), form)}
        async with self.at_once:
            # A gateway that is down gets no receipt: the provider tries no more than this.
            with contextlib.suppress(httpx.HTTPError):
                await self.client.post(url, data=form, headers=headers)

    async def _telegram(
        self, method: str, form: Mapping[str, str]
    ) -> tuple[int, dict[str, Any], str] | None:
        if method == "getMe":
            me = {"id": 1, "is_bot": True, "first_name": "D", "username": "doorstep_bot"}
            return 200, {"ok": True, "result": me}, ""
        if method != "sendMessage":
            return 200, {"ok": True, "result": True}, ""
        # A 5xx of Telegram's comes from before its chats: what it answers so, it has not taken.
        return await self._unlucky(lambda: self._take_chat(form), never="500_after")

    def _take_chat(self, form: Mapping[str, str]) -> tuple[int, dict[str, Any], str]:
        self._take("telegram", form["chat_id"], form["text"])
        chat = {"id": int(form["chat_id"]), "type": "private", "first_name": "P"}
        result = {
            "message_id": len(self.taken),
            "date": int(time.time()),
            "chat": chat,
            "text": form["text"],
        }
        return 200, {"ok": True, "result": result}, ""

    def _start(self, work: Any) -> None:  # noqa: ANN401
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


def _shown(message: Mapping[str, Any]) -> dict[str, Any]:
    """Return what Twilio tells of a message."""
    return {
        "sid": message["sid"],
        "to": message["to"],
        "from": message.get("sender"),
        "body": message["body"],
        "status": message["status"],
        "direction": "outbound-api",
        "date_created": formatdate(message["at"], usegmt=True),
        "error_code": _UNDELIVERED if message["status"] == "undelivered" else None,
    }


async def _run(options: argparse.Namespace) -> None:
    luck = Luck(options.calls, options.receipts, options.undelivered)
    with options.log.open("a", buffering=1, encoding="utf-8") as log:
        crowd = Crowd(luck, log, options.token, random.Random(options.seed))  # noqa: S311 luck
        server = await asyncio.start_server(crowd.serve, "127.0.0.1", options.port)
        async with server:
            await server.serve_forever()


def main() -> int:
    """Serve until ended."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.crowd", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--token", default="a-token", help="signs the receipts")
    parser.add_argument("--seed", type=int, default=7)
    for name in ("calls", "receipts", "undelivered"):
        parser.add_argument(f"--{name}", type=float, default=0.0, help="share of one")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run(parser.parse_args()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
