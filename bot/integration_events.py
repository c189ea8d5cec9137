"""``/integrations/{name}/events``: where systems that we call report by themselves.

Verified by each system's own rule, stored once, answered, and worked afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.transactions import Transactions
from bot.webhook import read_body
from deliveries.errors import UnreadableError
from deliveries.ports import Clock, PlannerWebhook, UnitOfWork

PATH = "/integrations/{name}/events"

_log = structlog.get_logger()


class Receiver(Protocol):
    """One system's reports."""

    def greet(self, query: Mapping[str, str]) -> str | None:
        """Return what is to be answered to a greeting; nothing if it is none."""
        ...

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Say whether that system sent this; never, where there is no secret to tell by."""
        ...

    async def keep(self, body: bytes) -> None:
        """Store what is reported, once.

        Raises:
            UnreadableError: If it cannot be read.
        """
        ...


@dataclass(frozen=True)
class PlannerReports:
    """A planner's reports: stored here, worked by the worker.

    Attributes:
        machine: Tells when they came.
    """

    webhook: PlannerWebhook
    transactions: Transactions
    machine: Clock

    def greet(self, query: Mapping[str, str]) -> str | None:
        """Return what the planner wants to hear when a webhook is made."""
        return self.webhook.greet(query)

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Say whether the planner sent this."""
        return self.webhook.is_genuine(headers, body)

    async def keep(self, body: bytes) -> None:
        """Store the events of a report, those once that we do not have yet.

        Raises:
            UnreadableError: If it cannot be read.
        """
        events = self.webhook.read(body, received_at=self.machine.now())

        def add(work: UnitOfWork) -> None:
            for event in events:
                work.planner_events.add_once(event)

        if events:
            await self.transactions.run(add)


@dataclass(frozen=True)
class IntegrationEvents:
    """The route, and who may report.

    Attributes:
        receivers: By the name in the path.
    """

    receivers: Mapping[str, Receiver]

    def routes(self) -> list[Route]:
        """Return the route."""
        return [Route(PATH, self._take, methods=["GET", "POST"])]

    async def _take(self, request: Request) -> Response:
        name = request.path_params["name"]
        receiver = self.receivers.get(name)
        if receiver is None:
            return Response(status_code=404)
        if request.method != "POST":
            greeting = receiver.greet(request.query_params)
            if greeting is None:
                return Response(status_code=404)
            return PlainTextResponse(greeting)
        body = await read_body(request)
        if not receiver.is_genuine(request.headers, body):
            return Response(status_code=403)
        try:
            await receiver.keep(body)
        except UnreadableError:
            # Sent again it would read no better.
            _log.warning("integration_event_unreadable", integration=name)
        return Response(status_code=200)
