"""Real gateway processes between a database full of messages and a crowd of phones."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deliveries.model.conversation import Conversation
from deliveries.model.message import OutboxMessage, OutboxState, Purpose
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel, Contact, Person
from deliveries.model.saying import Saying
from integrations.storage import Storage

_NUMBERS_AN_AREA = 100
_FIRST_AREA = 200
_NOON = 12
_LOOK_EVERY_S = 0.25
_FILLED_AT_ONCE = 2000
_TOKEN = "a-token"  # noqa: S105 the stand-in's
FINAL = frozenset({OutboxState.DELIVERED, OutboxState.FAILED, OutboxState.SUPPRESSED})


def fill(store: Storage, count: int, *, channel: Channel, people: int | None = None) -> None:
    """Queue notices to so many people, each with words of its own."""
    now = datetime.now(UTC)
    many = people or count
    # Where it is about noon now: no quiet hours.
    zone = f"Etc/GMT{now.hour - _NOON:+d}"
    for first in range(0, count, _FILLED_AT_ONCE):
        numbers = range(first, min(first + _FILLED_AT_ONCE, count))
        with store.unit_of_work() as work:
            for number in (each for each in numbers if each < many):
                work.people.add(Person(f"p-{number}", zone=zone))
                address = ContactAddress(_address(number, channel))
                work.contacts.add(Contact(f"k-{number}", f"p-{number}", channel, address))
                work.conversations.add(Conversation(f"c-{number}", f"p-{number}"))
            work.flush()
            for number in numbers:
                work.outbox.add(_notice(number, number % many, now))
            work.commit()


def _address(number: int, channel: Channel) -> str:
    """Return a number that nobody has (555-01xx), or a chat."""
    if channel is Channel.TELEGRAM:
        return str(1_000_000 + number)
    area, last = divmod(number, _NUMBERS_AN_AREA)
    return f"+1{_FIRST_AREA + area}55501{last:02}"


def _notice(number: int, person: int, now: datetime) -> OutboxMessage:
    return OutboxMessage(
        id=f"m-{number}",
        conversation_id=f"c-{person}",
        contact_id=f"k-{person}",
        purpose=Purpose.NOTICE,
        sayings=(Saying("agent_text", {"text": f"Your parcel {number} comes today"}),),
        created_at=now,
        not_before=now,
        expires_at=now + timedelta(hours=9),
    )


@dataclass(eq=False)
class Traffic:
    """A crowd of phones and gateways on one database; leave it by ``close``.

    Attributes:
        luck: Shares of what goes wrong, as ``sandbox.crowd`` takes them.
        settings: Further settings of the gateways.
    """

    url: str
    folder: Path
    luck: Mapping[str, float] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    seed: int = 7
    kills: int = 0
    _crowd: subprocess.Popen[bytes] | None = None
    _gateways: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Choose ports."""
        self._crowd_port, *self._ports = _free_ports(4)

    @property
    def log(self) -> Path:
        """What the phones got."""
        return self.folder / "crowd.jsonl"

    def start(self, gateways: int = 1) -> None:
        """Start the phones and so many gateways."""
        command = ["-m", "sandbox.crowd", "--port", str(self._crowd_port), "--log", str(self.log)]
        command += ["--token", _TOKEN, "--seed", str(self.seed)]
        command += [word for name, share in self.luck.items() for word in (f"--{name}", str(share))]
        self._crowd = self._process("crowd", command, {})
        _wait_for_port(self._crowd_port)
        self._gateways = [self._gateway(port) for port in self._ports[:gateways]]
        for port in self._ports[:gateways]:
            _wait_for_port(port)

    def kill_one(self, chance: random.Random) -> None:
        """End a gateway at this instant, once it works, and start another in its place."""
        number = chance.randrange(len(self._gateways))
        _wait_for_port(self._ports[number])
        self._gateways[number].send_signal(signal.SIGKILL)
        self._gateways[number].wait()
        self.kills += 1
        self._gateways[number] = self._gateway(self._ports[number])

    def cpu_s(self) -> float:
        """Return the processor time that the gateways running now have taken."""
        return sum(_cpu_s(each.pid) for each in self._gateways)

    def got(self) -> Counter[str]:
        """Return how often each text was taken by the provider."""
        if not self.log.exists():
            return Counter()
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return Counter(json.loads(line)["body"] for line in lines)

    def instants(self) -> list[float]:
        """Return when the provider took each message."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [json.loads(line)["at"] for line in lines]

    def close(self) -> None:
        """End everything that was started."""
        for process in (*self._gateways, self._crowd):
            if process is not None:
                process.kill()
                process.wait()

    def _gateway(self, port: int) -> subprocess.Popen[bytes]:
        provider = f"http://127.0.0.1:{self._crowd_port}"
        own = f"http://127.0.0.1:{self._ports[0]}"
        environment = {
            "DOORSTEP_DATABASE_URL": self.url,
            "DOORSTEP_SECRET_KEY": "a-secret-key-for-traffic",
            "DOORSTEP_PUBLIC_URL": own,
            "DOORSTEP_BIND": f"127.0.0.1:{port}",
            "TWILIO_ACCOUNT_SID": "AC" + "1" * 32,
            "TWILIO_AUTH_TOKEN": _TOKEN,
            "TWILIO_FROM": "+15005550006",
            "TWILIO_API_URL": provider,
            "TELEGRAM_BOT_TOKEN": "1:AA",
            "TELEGRAM_BOT_USERNAME": "doorstep_bot",
            "TELEGRAM_WEBHOOK_SECRET": "a_secret",
            "TELEGRAM_API_URL": provider,
            **self.settings,
        }
        return self._process(f"gateway-{port}", ["-m", "bot"], environment)

    def _process(
        self, name: str, command: Sequence[str], environment: Mapping[str, str]
    ) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *command],
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )


@dataclass(frozen=True)
class Outcome:
    """What became of all messages.

    Attributes:
        lost: Texts that the provider never took, though their rows do not say so.
        doubled: Texts that it took more than once.
        unfinished: Rows without a final state.
        states: Rows by state and reason.
    """

    lost: list[str]
    doubled: list[str]
    unfinished: list[str]
    states: Counter[tuple[str, str | None]]


def outcome(store: Storage, got: Mapping[str, int], *, final: frozenset[OutboxState]) -> Outcome:
    """Compare the rows with what the provider took."""
    with store.unit_of_work(read_only=True) as work:
        rows = list(work.outbox.newest(limit=10_000_000))
        arrived = {OutboxState.SENT, OutboxState.DELIVERED}
        texts = [str(row.sayings[0].facts["text"]) for row in rows if row.state in arrived]
        return Outcome(
            lost=[text for text in texts if text not in got],
            doubled=[text for text, times in got.items() if times > 1],
            unfinished=[row.id for row in rows if row.state not in final],
            states=Counter((row.state.value, row.reason) for row in rows),
        )


def count_unsettled(store: Storage, final: frozenset[OutboxState]) -> int:
    """Return how many rows have no final state."""
    with store.unit_of_work(read_only=True) as work:
        return sum(row.state not in final for row in work.outbox.newest(limit=10_000_000))


def wait_until_settled(
    store: Storage, *, patience_s: float, final: frozenset[OutboxState] = FINAL
) -> bool:
    """Wait until every row has a final state; say whether it came to that."""
    give_up_at = time.monotonic() + patience_s
    while time.monotonic() < give_up_at:
        if count_unsettled(store, final) == 0:
            return True
        time.sleep(_LOOK_EVERY_S * 4)
    return False


def _free_ports(count: int) -> list[int]:
    plugs = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [plug.getsockname()[1] for plug in plugs]
    for plug in plugs:
        plug.close()
    return ports


def _wait_for_port(port: int, *, patience_s: float = 180.0) -> None:
    give_up_at = time.monotonic() + patience_s
    while time.monotonic() < give_up_at:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(_LOOK_EVERY_S / 5)
    raise TimeoutError(f"nothing listens on port {port}")


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
