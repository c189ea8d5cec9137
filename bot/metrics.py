"""What the gateway counts, for Prometheus; labels name channels, purposes and codes only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from deliveries.model.message import Purpose
from deliveries.model.recipient import Channel

_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)


class Metrics:
    """The gateway's own counters; each gateway has its own registry."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.registry = CollectorRegistry()
        self._received = Counter(
            "doorstep_messages_received",
            "Messages that people sent, each once.",
            ["channel"],
            registry=self.registry,
        )
        self._sent = Counter(
            "doorstep_messages_sent",
            "Messages that a network has taken.",
            ["channel", "purpose"],
            registry=self.registry,
        )
        self._failed = Counter(
            "doorstep_sends_failed",
            "Sends that a network did not take, by reason.",
            ["channel", "reason"],
            registry=self.registry,
        )
        self._turns = Histogram(
            "doorstep_turn_seconds",
            "From taking a turn to its answer in the outbox.",
            ["outcome"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._sends = Histogram(
            "doorstep_send_seconds",
            "Calls to a network's send.",
            ["channel"],
            buckets=_SECONDS,
            registry=self.registry,
        )

    def expose(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self.registry)

    def watch_travel(self, estimated: Callable[[], int], failures: Callable[[], int]) -> None:
        """Show how often the map server failed, and how many times were estimated instead."""
        for name, text, count in (
            ("doorstep_travel_estimated", "Travel times estimated for want of a map.", estimated),
            ("doorstep_travel_failures", "Times the map server was of no use.", failures),
        ):
            Gauge(name, text, registry=self.registry).set_function(count)

    def count_received(self, channel: Channel) -> None:
        """Count a message."""
        self._received.labels(channel.value).inc()

    def count_sent(self, channel: Channel, purpose: Purpose) -> None:
        """Count a message that left."""
        self._sent.labels(channel.value, purpose.value).inc()

    def count_failed(self, channel: Channel, reason: str) -> None:
        """Count a send that did not work."""
        self._failed.labels(channel.value, reason).inc()

    def observe_turn(self, seconds: float, outcome: str) -> None:
        """Count a turn and its time."""
        self._turns.labels(outcome).observe(seconds)

    @contextmanager
    def sending(self, channel: Channel) -> Iterator[None]:
        """Time a send."""
        begun = perf_counter()
        try:
            yield
        finally:
            self._sends.labels(channel.value).observe(perf_counter() - begun)
