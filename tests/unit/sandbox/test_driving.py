from datetime import datetime, timedelta
from typing import Any

import pytest

from sandbox.driving import DriverRun, Luck
from sandbox.routes import UnreadableRouteError, read_route
from tests.unit.sandbox.routes_told import START, a_route, a_stop

STEADY = Luck(seed=1, fail_share=0.0, noise=0.0)
PHOTO = "http://127.0.0.1:8800/photos/{}.png"


def a_run(*stops: dict[str, Any], luck: Luck = STEADY, **differing: Any) -> DriverRun:
    route = read_route(a_route(*stops, **differing))
    return DriverRun(route, luck, START - timedelta(hours=1), PHOTO)


def told(events: list[dict[str, Any]]) -> list[tuple[str, str, str | None]]:
    return [
        (event["kind"], event["at"][11:16], event.get("stop_id"))
        for event in events
        if event["kind"] != "position"
    ]


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def test_drives_the_plan_at_its_pace_and_returns() -> None:
    events = a_run().advance(at(120), {})

    assert told(events) == [
        ("departed", "08:00", None),
        ("arrived", "08:10", "s1"),
        ("delivered", "08:12", "s1"),
        ("arrived", "08:20", "s2"),
        ("delivered", "08:22", "s2"),
        ("returned", "08:40", None),
    ]


def test_does_not_leave_before_the_start() -> None:
    run = a_run()

    assert run.advance(at(-1), {}) == []
    assert run.phase == "waiting"


def test_many_small_steps_are_one_large_step() -> None:
    whole = told(a_run(luck=Luck(seed=5)).advance(at(120), {}))
    run = a_run(luck=Luck(seed=5))

    steps = [event for minute in range(121) for event in run.advance(at(minute), {})]

    assert told(steps) == whole


def test_tells_its_position_every_simulated_minute() -> None:
    run = a_run()

    events = [event for second in range(0, 300, 20) for event in run.advance(at(second / 60), {})]

    positions = [event for event in events if event["kind"] == "position"]
    assert [event["at"][11:19] for event in positions] == [
        "08:00:00",
        "08:01:00",
        "08:02:00",
        "08:03:00",
        "08:04:00",
    ]
    assert positions[-1]["lat"] == pytest.approx(51.284)


def test_follows_a_plan_that_puts_another_stop_first() -> None:
    run = a_run()
    run.advance(at(5), {})
    stops = [a_stop(2, position=1), a_stop(1, position=2)]

    run.follow(read_route(a_route(*stops, revision=2)), at(5))

    assert run.target == "s2"
    assert run.position(at(5)).lat == pytest.approx(51.285)


def test_follows_a_stop_that_moved_to_another_place() -> None:
    run = a_run()
    run.advance(at(5), {})

    run.follow(read_route(a_route(a_stop(1, lat=51.20), a_stop(2), revision=2)), at(5))
    events = run.advance(at(60), {})

    arrived = next(event for event in events if event["kind"] == "arrived")
    assert (arrived["stop_id"], arrived["lat"]) == ("s1", 51.2)


def test_serves_no_stop_twice_while_the_gateway_is_behind() -> None:
    run = a_run()
    run.advance(at(15), {})

    run.follow(read_route(a_route(revision=2)), at(15))

    assert run.target == "s2"


def test_goes_back_to_a_stop_that_opened_again() -> None:
    run = a_run(luck=Luck(seed=1, fail_share=1.0, noise=0.0))
    run.advance(at(15), {})
    failed = a_route(a_stop(1, state="failed"), a_stop(2), revision=2, state="departed")
    run.follow(read_route(failed), at(15))

    again = a_route(a_stop(1), a_stop(2), revision=3, state="departed")
    run.follow(read_route(again), at(16))

    assert run.target == "s1"


def test_a_van_on_its_way_back_turns_round_for_a_second_chance() -> None:
    run = a_run(a_stop(1))
    run.advance(at(13), {})
    run.follow(read_route(a_route(a_stop(1, state="failed"), revision=2)), at(13))
    assert run.phase == "returning"

    run.follow(read_route(a_route(a_stop(1), revision=3)), at(14))

    assert (run.phase, run.target) == ("driving", "s1")


def test_waits_for_the_window_to_open() -> None:
    run = a_run(a_stop(1, window_start=at(30).isoformat()))

    events = run.advance(at(40), {})

    assert told(events)[1:3] == [("arrived", "08:10", "s1"), ("delivered", "08:32", "s1")]


def test_nobody_opens_at_home_but_a_pickup_point_always_does() -> None:
    run = a_run(
        a_stop(1), a_stop(2, kind="pickup_point"), luck=Luck(seed=1, fail_share=1.0, noise=0.0)
    )

    events = [event for event in run.advance(at(60), {}) if "delivery_id" in event]

    assert [(e["kind"], e.get("reason"), e.get("handed_to")) for e in events] == [
        ("failed", "nobody_home", None),
        ("delivered", None, "pickup_point"),
    ]


def test_leaves_a_parcel_where_it_was_agreed_with_a_photo() -> None:
    run = a_run(a_stop(1), a_stop(2), luck=Luck(seed=1, fail_share=1.0, noise=0.0))

    events = [
        e
        for e in run.advance(at(60), {"d1": "safe_place", "d2": "neighbour"})
        if "delivery_id" in e
    ]

    assert [(e["kind"], e["handed_to"], e.get("photo_url")) for e in events] == [
        ("delivered", "safe_place", "http://127.0.0.1:8800/photos/d1.png"),
        ("delivered", "neighbour", None),
    ]


def test_luck_is_the_same_in_every_run_and_near_its_share() -> None:
    luck = Luck(seed=7)

    fails = [luck.fails("r", number, 1) for number in range(2000)]

    assert fails == [Luck(seed=7).fails("r", number, 1) for number in range(2000)]
    assert 0.06 < sum(fails) / 2000 < 0.10
    assert all(0.85 <= luck.factor(number) <= 1.15 for number in range(500))


def test_joins_a_route_that_is_already_under_way() -> None:
    run = a_run(a_stop(1, state="done"), a_stop(2), state="departed")

    assert (run.phase, run.target) == ("driving", "s2")
    assert run.position(START - timedelta(hours=1)).lat == pytest.approx(51.29)


def test_event_ids_are_unique() -> None:
    ids = [event["id"] for event in a_run().advance(at(120), {})]

    assert len(set(ids)) == len(ids)


def test_refuses_a_route_that_lacks_what_a_driver_needs() -> None:
    with pytest.raises(UnreadableRouteError):
        read_route({"id": "r1", "stops": []})
