"""Plans and drivers' events over the API, in the form the drivers' devices read."""

from typing import Any

from deliveries.model.delivery import Place, PlaceKind
from deliveries.model.personal import Secret
from sandbox.routes import read_route
from tests.builders import at
from tests.doubles import OpenVault
from tests.unit.bot.api.conftest import Office


def event(kind: str, time: str, **more: Any) -> dict[str, Any]:
    id_ = f"e-{kind}-{time}"
    return {"id": id_, "kind": kind, "at": f"2026-03-10T{time}Z", "route_id": "r-1", **more}


def test_shows_routes_that_a_driver_can_follow(office: Office) -> None:
    answer = office.call("GET", "/api/v1/routes?date=2026-03-10").json()

    assert answer["unassigned"] == []
    (route,) = answer["routes"]
    assert read_route(route).stop("st-1") is not None
    assert (route["driver"], route["timezone"], route["van"]) == ("Ines", "Europe/London", None)
    assert route["stops"][0]["label"] == "12 Harbour Street"
    assert route["stops"][0]["delivery_ids"] == ["d-1"]
    assert route["stops"][0]["arrival_at"] == "2026-03-10T12:00:00Z"


def test_shows_nothing_on_a_day_without_a_plan(office: Office) -> None:
    answer = office.call("GET", "/api/v1/routes?date=2026-03-12").json()

    assert answer == {"revision": 0, "routes": [], "unassigned": []}


def test_tells_the_driver_where_else_the_parcel_goes(office: Office) -> None:
    with office.store.unit_of_work() as work:
        work.deliveries.get("d-1").place = Place(
            PlaceKind.NEIGHBOUR, name="Dave", house_number="14"
        )
        work.commit()

    (route,) = office.call("GET", "/api/v1/routes?date=2026-03-10").json()["routes"]

    assert route["stops"][0]["note"] == "Neighbour Dave, no. 14"


def test_takes_a_batch_and_names_what_it_cannot_read(office: Office) -> None:
    batch = {
        "events": [
            event("departed", "11:00:00"),
            event("departed", "11:00:00"),
            {"id": "e-9", "kind": "arrived", "at": "noon", "route_id": "r-1"},
            event("arrived", "12:01:00", stop_id="st-elsewhere"),
        ]
    }

    response = office.call("POST", "/api/v1/driver-events", json=batch)

    assert response.status_code == 202
    answer = response.json()
    assert (answer["accepted"], answer["duplicates"]) == (1, 1)
    rejected = {each["id"]: each["error"] for each in answer["rejected"]}
    assert rejected["e-arrived-12:01:00"] == "that stop is not on the route"
    assert rejected["e-9"].startswith("at: ")


def test_shows_how_to_get_in_only_at_the_stop_that_is_next(office: Office) -> None:
    with office.store.unit_of_work() as work:
        sealed = OpenVault().seal(Secret("gate 4411"))
        work.deliveries.get("d-1").access_ciphertext = sealed
        work.commit()
    early = office.call("GET", "/api/v1/stops/st-1/access")
    office.call("POST", "/api/v1/driver-events", json={"events": [event("departed", "11:00:00")]})
    office.clock.at = at(11, 30)

    shown = office.call("GET", "/api/v1/stops/st-1/access")

    assert (early.status_code, early.json()["error"]["code"]) == (403, "not_allowed")
    assert shown.json()["access"] == [{"delivery_id": "d-1", "instructions": "gate 4411"}]
    with office.store.unit_of_work(read_only=True) as work:
        kinds = [each.kind for each in work.history.of_delivery("d-1")]
    assert kinds[-1] == "access_shown"


def test_refuses_to_plan_for_a_depot_that_is_not_known(office: Office) -> None:
    response = office.call("POST", "/api/v1/plans", json={"depot_id": "x", "date": "2026-03-11"})

    assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")


def test_plans_a_day_when_asked(office: Office) -> None:
    wanted = {"depot_id": "dep-1", "date": "2026-03-11"}

    response = office.call("POST", "/api/v1/plans", json=wanted)

    assert response.status_code == 201
    assert response.json()["unassigned"] == []
