"""Whether the gateway says that it is ready, and says in its log what is missing only once."""

import structlog
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.health import health_routes
from bot.metrics import Metrics


def test_what_is_missing_is_logged_when_it_changes() -> None:
    is_up = {"database": True, "rasa": False}

    async def database() -> bool:
        return is_up["database"]

    async def rasa() -> bool:
        return is_up["rasa"]

    checks = {"database": database, "rasa": rasa}
    app = Starlette(routes=health_routes(Metrics(), checks))
    codes = []
    with TestClient(app) as client, structlog.testing.capture_logs() as logged:
        for database_is_up, rasa_is_up in (
            (True, False),
            (True, False),
            (False, False),
            (True, True),
            (True, True),
        ):
            is_up["database"], is_up["rasa"] = database_is_up, rasa_is_up
            codes.append(client.get("/readyz").status_code)

    assert codes == [503, 503, 503, 200, 200]
    assert [(each["event"], each.get("missing")) for each in logged] == [
        ("not_ready", ["rasa"]),
        ("not_ready", ["database", "rasa"]),
        ("ready", None),
    ]
