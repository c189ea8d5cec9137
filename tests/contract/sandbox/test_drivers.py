"""Drivers and the town over HTTP: they read plans from a gateway and report to it."""

import asyncio
from typing import Any

import pytest
from starlette.responses import Response

from sandbox.gateway import GatewayDownError
from tests.contract.sandbox.playing import PERSON, Play
from tests.unit.sandbox.routes_told import a_route, a_stop

EVENTS = "/api/v1/driver-events"


def a_delivery(number: int, **differing: Any) -> dict[str, Any]:
    return {
        "id": f"d{number}",
        "reference": f"R{number}",
        "tracking_number": f"T{number}",
        "recipient_name": "Asha Patel",
        "phone": PERSON,
        "status": "pending",
        "date": "2026-03-10",
        "address": "1 Mill Lane",
        "lat": 51.28,
        "lon": 1.08,
        "place": {"kind": "address"},
        **differing,
    }


def publish(play: Play, *routes: dict[str, Any]) -> None:
    play.gateway.documents["/api/v1/routes"] = {"revision": 1, "routes": list(routes)}


async def drive(play: Play, until: str) -> list[str]:
    await play.stage.town.refresh_plans()
    play.stage.drivers.tick()
    await play.post("/clock", {"paused": True, "jump_to": until})
    play.stage.drivers.tick()
    await play.stage.drivers.send_reports()
    return kinds(play)


def kinds(play: Play) -> list[str]:
    bodies = play.gateway.jsons(EVENTS)
    return [e["kind"] for body in bodies for e in body["events"] if e["kind"] != "position"]


async def test_reports_a_whole_route_with_the_key(play: Play) -> None:
    play.stage.drivers.luck.fail_share = 0.0
    publish(play, a_route())

    reported = await drive(play, "2026-03-10T12:00:00Z")

    expected = ["departed", "arrived", "delivered", "arrived", "delivered", "returned"]
    assert reported == expected
    headers = [h for _, path, h, _ in play.gateway.requests if path == EVENTS]
    assert {each["authorization"] for each in headers} == {"Bearer key"}


async def test_asks_for_today_and_tomorrow_where_the_vans_drive(play: Play) -> None:
    publish(play, a_route(timezone="Pacific/Auckland"))

    await play.stage.town.refresh_plans()
    await play.post("/clock", {"paused": True, "jump_to": "2026-03-10T13:00:00Z"})
    await play.stage.town.refresh_plans()

    asked = [path for _, path, _, _ in play.gateway.requests if "routes" in path]
    assert [path.partition("date=")[2] for path in asked] == [
        "2026-03-10",
        "2026-03-11",
        "2026-03-11",
        "2026-03-12",
    ]


async def test_keeps_reports_while_the_gateway_is_down_and_sends_them_with_their_ids(
    play: Play,
) -> None:
    publish(play, a_route())
    play.gateway.answers[EVENTS] = [Response(status_code=503)]

    with pytest.raises(GatewayDownError):
        await drive(play, "2026-03-10T12:00:00Z")
    await play.stage.drivers.send_reports()

    refused, taken = play.gateway.jsons(EVENTS)
    assert refused == taken


async def test_drops_and_shows_only_the_report_that_was_refused(play: Play) -> None:
    publish(play, a_route())
    bad = Response("no", status_code=422)
    play.gateway.answers[EVENTS] = [bad, bad]

    await drive(play, "2026-03-10T12:00:00Z")

    rest = kinds(play)[len(kinds(play)) // 2 :]
    assert [each["kind"] for each in play.stage.drivers.refused] == ["departed"]
    assert rest[0] == "departed"
    assert "returned" in rest


async def test_shows_a_report_that_was_refused_among_others(play: Play) -> None:
    publish(play, a_route())
    await play.stage.town.refresh_plans()
    play.stage.drivers.tick()
    await play.post("/clock", {"paused": True, "jump_to": "2026-03-10T08:05:00Z"})
    play.stage.drivers.tick()
    departed = play.stage.drivers.waiting()[0]["id"]
    answer = {"accepted": 0, "rejected": [{"id": departed, "error": "no such route"}]}
    play.gateway.documents[EVENTS] = answer

    await play.stage.drivers.send_reports()

    assert list(play.stage.drivers.refused) == [
        {"kind": "departed", "id": departed, "reason": "no such route"}
    ]


async def test_an_unreadable_route_is_shown_and_stops_nobody_else(play: Play) -> None:
    publish(play, {"id": "broken", "timezone": "UTC", "stops": []}, a_route())

    await drive(play, "2026-03-10T08:05:00Z")

    assert [each["id"] for each in play.stage.drivers.refused] == ["broken"]
    assert list(play.stage.drivers.runs) == ["r1"]


async def test_agreed_places_decide_who_takes_the_parcel(play: Play) -> None:
    publish(play, a_route(a_stop(1)))
    place = {"kind": "safe_place"}
    play.gateway.documents["/api/v1/deliveries"] = {"deliveries": [a_delivery(1, place=place)]}
    await play.stage.town.refresh_deliveries()

    await drive(play, "2026-03-10T09:00:00Z")

    events = [e for body in play.gateway.jsons(EVENTS) for e in body["events"]]
    [outcome] = [event for event in events if event["kind"] == "delivered"]
    assert outcome["handed_to"] == "safe_place"
    # the address is the page's port as told at start; here it is a free one
    assert outcome["photo_url"].endswith("/photos/d1.png")
    photo = await play.client.get(f"{play.page}/photos/d1.png")
    assert photo.headers["content-type"] == "image/png"


async def test_follows_deliveries_over_all_pages(play: Play) -> None:
    play.gateway.documents["/api/v1/deliveries"] = {"deliveries": [a_delivery(2)], "next": None}
    first = Response(
        '{"deliveries": [{"id": "d1", "phone": "+447700900199"}], "next": "more"}',
        media_type="application/json",
    )
    play.gateway.answers["/api/v1/deliveries"] = [first]

    await play.stage.town.refresh_deliveries()

    asked = [path for _, path, _, _ in play.gateway.requests]
    assert [each["id"] for each in play.stage.town.deliveries] == ["d1", "d2"]
    assert asked[1] == "/api/v1/deliveries?limit=500&cursor=more"
    names = {each["phone"]: each["name"] for each in play.stage.town.people()}
    assert names == {"+447700900199": "+447700900199", PERSON: "Asha Patel"}


async def test_a_gateway_that_cannot_be_reached_is_said_and_asked_again(play: Play) -> None:
    play.gateway.answers["/api/v1/routes"] = [Response(status_code=500)]
    following = asyncio.create_task(play.stage.town.follow())
    with play.stage.feed.listen() as heard:
        troubles = []
        while troubles[-1:] != [None]:
            event = await asyncio.wait_for(heard.get(), 10)
            assert event is not None
            if event["kind"] == "gateway":
                troubles.append(event["data"]["trouble"])
            publish(play, a_route())
            play.gateway.documents["/api/v1/deliveries"] = {"deliveries": []}
            play.gateway.documents["/api/v1/pickup-points"] = {"pickup_points": []}
    following.cancel()

    assert troubles[0] is not None
