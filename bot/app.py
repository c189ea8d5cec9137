"""The gateway as an application: its routes, the API and the console, served until told to stop."""

import contextlib
import os
import sys
from collections.abc import AsyncIterator
from types import FrameType
from typing import override

import uvicorn
from fastapi import FastAPI

from bot.api.dependencies import Dependencies
from bot.api.router import router
from bot.console import Console, console_app
from bot.console.live import Live
from bot.eta_metrics import EtaCollector
from bot.figures import Figures
from bot.gateway import Gateway, build
from bot.settings import Settings
from deliveries.environment import Environment, SettingsError
from deliveries.model.ids import new_id
from deliveries.services.conversing.turns import Desk
from deliveries.services.staff.desk import StaffDesk
from integrations.authenticators import TotpAuthenticator
from integrations.clock import SystemClock
from integrations.geography import RoadGeography
from integrations.logs import set_up_logs
from integrations.oidc import OidcProvider
from integrations.passwords import hash_password, is_password
from integrations.planners.embedded.adapter import EmbeddedPlanner
from integrations.planning import chosen_planner, mapped_travel
from integrations.vault import FernetVault

_GRACE_S = 10


def create_app(settings: Settings) -> FastAPI:
    """Return the application; it works from its start-up to its shutdown."""
    gateway = build(settings)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await gateway.open()
        try:
            yield
        finally:
            await gateway.close()

    app = FastAPI(
        title="Doorstep",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.gateway = gateway
    app.router.routes.extend(gateway.routes())
    app.include_router(router(_api_dependencies(gateway)))
    app.mount("/console", console_app(_console(gateway)))
    return app


class _Server(uvicorn.Server):
    """Lets agents' screens go when it is told to stop: their streams would never end."""

    def __init__(self, config: uvicorn.Config, live: Live) -> None:
        super().__init__(config)
        self._live = live

    @override
    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop, streams first."""
        self._live.close()
        super().handle_exit(sig, frame)


def main() -> None:
    """Serve until told to stop."""
    try:
        settings = Settings.read(Environment(os.environ))
    except SettingsError as error:
        sys.exit(f"doorstep: {error}")
    set_up_logs(key=settings.secret_key)
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
    )
    _Server(config, app.state.gateway.live).run()


def _api_dependencies(gateway: Gateway) -> Dependencies:
    settings, vault = gateway.settings, FernetVault(gateway.settings.secret_key)
    travel = mapped_travel(settings.planner.travel)
    if travel is not None:
        tally = travel.tally
        gateway.metrics.watch_travel(lambda: tally.estimated, lambda: tally.failures)
    gateway.metrics.registry.register(EtaCollector(gateway.store.unit_of_work, gateway.clock))
    gateway.metrics.registry.register(Figures(gateway.store.unit_of_work, gateway.clock))
    return Dependencies(
        unit_of_work=gateway.store.unit_of_work,
        desk=_desk(gateway),
        clock=gateway.clock,
        api_key=settings.api_key,
        vault=vault,
        wording=gateway.wording,
        bot_username=lambda: gateway.telegram.username if gateway.telegram else None,
    )


def _desk(gateway: Gateway) -> Desk:
    planner, store = gateway.settings.planner, gateway.store
    return Desk(
        unit_of_work=store.unit_of_work,
        planner=chosen_planner(planner, EmbeddedPlanner(), store.unit_of_work),
        geography=RoadGeography(),
        vault=FernetVault(gateway.settings.secret_key),
    )


def _console(gateway: Gateway) -> Console:
    oidc = gateway.settings.oidc
    return Console(
        unit_of_work=gateway.store.unit_of_work,
        clock=gateway.clock,
        staff=_staff_desk(gateway),
        wording=gateway.wording,
        is_behind_tls=gateway.settings.is_behind_tls,
        is_closed=not gateway.settings.is_behind_tls and not gateway.settings.is_on_loopback,
        live=gateway.live,
        desk=_desk(gateway),
        pictures=gateway.pictures,
        provider=OidcProvider(**oidc.account) if oidc else None,
        roles_of_groups=oidc.roles if oidc else {},
    )


def _staff_desk(gateway: Gateway) -> StaffDesk:
    return StaffDesk(
        unit_of_work=gateway.store.unit_of_work,
        machine=SystemClock(),
        vault=FernetVault(gateway.settings.secret_key),
        authenticator=TotpAuthenticator(),
        key=gateway.settings.secret_key.encode(),
        hash_password=hash_password,
        is_password=is_password,
        nobodys_hash=hash_password(new_id("nobody")),
    )
