"""Puts the operators' API together."""

from fastapi import APIRouter, Depends
from fastapi.security import HTTPBearer

from bot.api.choices import add_choice_routes
from bot.api.collections import add_collection_routes
from bot.api.deliveries import add_delivery_routes
from bot.api.dependencies import Dependencies
from bot.api.driver_events import add_driver_event_routes
from bot.api.guarding import guarded
from bot.api.journal import add_journal_routes
from bot.api.network import add_network_routes
from bot.api.plans import add_plan_routes
from bot.api.wordings import add_wording_routes

PREFIX = "/api/v1"


def router(dependencies: Dependencies) -> APIRouter:
    """Return every route below ``/api/v1``; each asks for the bearer key itself.

    The dependency on the bearer scheme only says so in the OpenAPI document.
    """
    api = APIRouter(
        prefix=PREFIX,
        route_class=guarded(dependencies.api_key),
        dependencies=[Depends(HTTPBearer(auto_error=False))],
    )
    add_delivery_routes(api, dependencies)
    add_choice_routes(api, dependencies)
    add_plan_routes(api, dependencies)
    add_driver_event_routes(api, dependencies)
    add_network_routes(api, dependencies)
    add_collection_routes(api, dependencies)
    add_journal_routes(api, dependencies)
    add_wording_routes(api, dependencies)
    return api
