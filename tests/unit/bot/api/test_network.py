"""Pickup points, rules, capacities and the journal over the API."""

from typing import Any

from tests.builders import a_staff_task, an_outbox_message, keep
from tests.unit.bot.api.conftest import Office


def a_point(**different: Any) -> dict[str, Any]:
    usual = {
        "id": "pp-2",
        "kind": "shop",
        "name": "Corner Shop",
        "address": "1 High Street",
        "lat": 51.5,
        "lon": -0.06,
        "zone": "Europe/London",
        "opening_hours": "Mo-Sa 08:00-20:00",
        "compartments": {"S": 2, "M": 2, "L": 1},
    }
    return {**usual, **different}


def test_keeps_a_new_pickup_point_beside_the_known_ones(office: Office) -> None:
    response = office.call("PUT", "/api/v1/pickup-points", json={"pickup_points": [a_point()]})

    assert response.status_code == 200, response.text
    points = office.call("GET", "/api/v1/pickup-points").json()["pickup_points"]
    assert {each["id"]: each["opening_hours"] for each in points} == {
        "pp-1": "24/7",
        "pp-2": "Mo-Sa 08:00-20:00",
    }


def test_refuses_hours_that_nobody_can_read_and_keeps_nothing(office: Office) -> None:
    given = {"pickup_points": [a_point(), a_point(id="pp-3", opening_hours="whenever")]}

    response = office.call("PUT", "/api/v1/pickup-points", json=given)

    assert response.status_code == 422
    assert response.json()["error"]["message"].startswith("pickup_points.1.opening_hours: ")
    points = office.call("GET", "/api/v1/pickup-points").json()["pickup_points"]
    assert [each["id"] for each in points] == ["pp-1"]


def test_sets_a_shippers_rules(office: Office) -> None:
    rules = {"cutoffs": {"window": {"local_time": "04:00"}}, "forbidden": ["safe_place"]}

    response = office.call("PUT", "/api/v1/shippers/s-1/rules", json=rules)

    assert response.status_code == 200
    assert office.call("GET", "/api/v1/shippers/s-1/rules").json() == {
        "cutoffs": {"window": {"local_time": "04:00"}},
        "forbidden": ["safe_place"],
    }


def test_refuses_rules_that_mean_nothing_and_names_the_field(office: Office) -> None:
    rules = {"cutoffs": {"window": {"local_time": "teatime"}}}

    response = office.call("PUT", "/api/v1/shippers/s-1/rules", json=rules)

    assert (response.status_code, response.json()["error"]["code"]) == (422, "invalid_input")
    assert response.json()["error"]["message"] == (
        "cutoffs.window.local_time: is no hour such as 04:00"
    )
    assert office.call("GET", "/api/v1/shippers/s-1/rules").json() == {}


def test_says_how_much_is_left_of_a_capacity(office: Office) -> None:
    wanted = {"resource": "window:dep-1:2026-03-11T10:00:00+00:00", "total": 3}

    response = office.call("PUT", "/api/v1/capacities", json=wanted)

    assert response.json() == {**wanted, "left": 3}


def test_shows_messages_without_their_words(office: Office) -> None:
    keep(office.store, an_outbox_message(text="secret words", segments=1))

    response = office.call("GET", "/api/v1/messages?limit=5")

    assert [(each["id"], each["state"]) for each in response.json()["messages"]] == [
        ("m-1", "queued")
    ]
    assert "secret words" not in response.text


def test_shows_what_was_held_back_and_why(office: Office) -> None:
    keep(
        office.store,
        an_outbox_message(id="m-1", state="sent"),
        an_outbox_message(id="m-2", state="suppressed", reason="parcel_opted_out"),
        an_outbox_message(id="m-3", state="queued", reason="quiet_hours"),
    )

    held = office.call("GET", "/api/v1/messages?held=true").json()["messages"]
    one = office.call("GET", "/api/v1/messages?reason=quiet_hours").json()["messages"]

    assert [(each["id"], each["reason"], each["why"]) for each in held] == [
        ("m-3", "quiet_hours", "quiet hours"),
        ("m-2", "parcel_opted_out", "they want none about this parcel"),
    ]
    assert [each["id"] for each in one] == ["m-3"]


def test_shows_what_waits_for_staff(office: Office) -> None:
    keep(office.store, a_staff_task(kind="planner_silent"))

    (task,) = office.call("GET", "/api/v1/tasks").json()["tasks"]

    assert task["kind"] == "planner_silent"
