"""The operators' API on a store in memory, called without a socket."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import anyio
import httpx
import pytest
from fastapi import FastAPI

from bot.api.dependencies import Dependencies
from bot.api.router import router
from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.render import Wording
from deliveries.services.conversing.turns import Desk
from deliveries.services.days.planning import mirror
from integrations.geography import RoadGeography
from integrations.storage import Storage
from tests.builders import (
    NOW,
    a_plan,
    a_route,
    a_stocked_storage,
    a_stop,
    at,
    keep,
)
from tests.doubles import OpenPlanner, OpenVault

KEY = "operators-key"


@dataclass
class StoppedClock:
    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass
class Office:
    """An operator's desk: the API, and the store behind it."""

    store: Storage
    api_key: str | None = KEY
    clock: StoppedClock = field(default_factory=StoppedClock)

    @cached_property
    def app(self) -> FastAPI:
        desk = Desk(self.store.unit_of_work, OpenPlanner(), RoadGeography(), OpenVault())
        app = FastAPI(openapi_url="/api/openapi.json")
        app.include_router(
            router(
                Dependencies(
                    unit_of_work=self.store.unit_of_work,
                    desk=desk,
                    clock=self.clock,
                    api_key=self.api_key,
                    vault=OpenVault(),
                    wording=Wording(Catalogue(read_sources(), is_strict=True)),
                    bot_username=lambda: "doorstep_bot",
                )
            )
        )
        return app

    def call(self, method: str, path: str, *, key: str | None = KEY, **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {key}"} if key is not None else {}

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return await client.request(method, path, headers=headers, **more)

        return anyio.run(send)


@pytest.fixture
def office() -> Iterator[Office]:
    """An office with one delivery, planned as the only stop of a route."""
    store = a_stocked_storage()
    stop = a_stop(arrival_at=at(12), service_at=at(12), leave_at=at(12, 3))
    plan = a_plan(routes=[a_route(start_at=at(11), stops=[stop])], planned_at=NOW)
    keep(store, plan)
    with store.unit_of_work() as work:
        mirror(work, work.plans.get("plan-1"))
        work.commit()
    yield Office(store)
    store.close()
