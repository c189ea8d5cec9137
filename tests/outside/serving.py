"""What every played system has: a port, a log of calls, and troubles that a test asks for."""

import json
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

# Longer than any client of the tests waits, who are patient enough for a busy machine.
SLOW_S = 5.0


@dataclass(frozen=True)
class Call:
    """One request as it came."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any = None


@dataclass(frozen=True)
class Answer:
    """What is answered; ``raw`` instead of JSON."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None


class Outsider:
    """A system that listens on a loopback port while the block lasts."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.troubles: deque[str] = deque()
        self.always: str | None = None
        self.lock = threading.RLock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, call: Call) -> Answer:
        raise NotImplementedError

    def nonsense(self) -> Answer:
        """An answer of the right form that cannot be meant."""
        return Answer(raw=b"<html>hello</html>")

    def worked(self, call: Call) -> Answer | None:
        """Answer a call as it should be, or with the trouble asked for; none: the line breaks."""
        with self.lock:
            self.calls.append(call)
            trouble = self.troubles.popleft() if self.troubles else self.always
        if trouble == "done, then silent":
            self.answer(call)
        if trouble in ("down", "done, then silent"):
            return None
        if trouble == "slow":
            time.sleep(SLOW_S)
        failures = {
            "busy": Answer(429, {"message": "slow down"}, {"Retry-After": "7"}),
            "broken": Answer(503, {"message": "try later"}),
            "refused": Answer(403, {"message": "no"}),
            "nonsense": self.nonsense(),
        }
        return failures[trouble] if trouble in failures else self.answer(call)


def _handler(outsider: Outsider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            return

        def _work(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            raw = self.rfile.read(length)
            parts = urlsplit(self.path)
            is_json = "json" in self.headers.get("Content-Type", "")
            body = json.loads(raw) if raw and is_json else raw.decode() or None
            call = Call(
                self.command, parts.path, dict(parse_qsl(parts.query)), dict(self.headers), body
            )
            answer = outsider.worked(call)
            if answer is None:
                self.close_connection = True
                self.connection.close()
                return
            content = answer.raw
            if content is None:
                content = b"" if answer.body is None else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = _work  # noqa: N815 as http.server names them

    return Handler
