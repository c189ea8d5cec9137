"""Nobody gets in without the key, whatever they send."""

import pytest

from tests.unit.bot.api.conftest import KEY, Office

PATHS = [
    ("GET", "/api/v1/routes?date=2026-03-10"),
    ("POST", "/api/v1/driver-events"),
    ("GET", "/api/v1/stops/st-1/access"),
]


@pytest.mark.parametrize(("method", "path"), PATHS)
@pytest.mark.parametrize("key", [None, "", "wrong", KEY[:-1], f"{KEY}x"])
def test_refuses_whoever_has_not_the_key(
    office: Office, method: str, path: str, key: str | None
) -> None:
    response = office.call(method, path, key=key)

    assert (response.status_code, response.json()["error"]["code"]) == (401, "unauthorised")


@pytest.mark.parametrize("key", [None, "", "None", KEY])
def test_is_closed_when_no_key_is_configured(office: Office, key: str | None) -> None:
    office.api_key = None

    assert office.call("GET", "/api/v1/routes?date=2026-03-10", key=key).status_code == 401


def test_asks_for_the_key_before_it_reads_anything(office: Office) -> None:
    response = office.call("POST", "/api/v1/driver-events", key=None, content=b"{not json")

    assert response.status_code == 401


def test_every_route_below_the_prefix_asks_for_the_key(office: Office) -> None:
    paths = office.app.openapi()["paths"]
    calls = [(method, path) for path, methods in paths.items() for method in methods]

    refused = {
        (method, path): office.call(
            method.upper(), path.replace("{", "").replace("}", ""), key=None
        ).status_code
        for method, path in calls
    }

    assert refused == dict.fromkeys(calls, 401)


def test_names_the_field_that_is_wrong_and_never_its_value(office: Office) -> None:
    response = office.call("GET", "/api/v1/routes?date=tomorrow-ish")

    assert response.status_code == 422
    assert response.json()["error"]["code"] == "invalid_input"
    assert response.json()["error"]["message"].startswith("query.date: ")
    assert "tomorrow-ish" not in response.text
