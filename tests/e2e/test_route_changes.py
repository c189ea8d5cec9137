"""What recipients choose changes the vans' routes, and every route can be driven as it then says.

Orders and times are compared before and after; the times by a forward pass of the tests' own.
"""

from datetime import date
from typing import Any

from tests.e2e.conftest import Newcomer
from tests.e2e.driving import etas, orders, plan_of, stop_of, undrivable
from tests.e2e.town import LONDON, Town

NOON = "2026-03-11T12:00:00Z"


def comes_before_noon(delivery: dict[str, Any]) -> bool:
    return delivery["eta"] is not None and delivery["eta"] < NOON


def test_a_later_window_moves_the_stop_on_the_route_and_the_times_of_others(
    town: Town, texter: Newcomer
) -> None:
    someone = texter(wanted=comes_before_noon)
    delivery_id = someone.delivery()["id"]
    before = plan_of(town)

    offer = someone.ask("can you come tomorrow between 3pm and 6pm?")
    someone.choose(offer.labels[0])
    confirmed = someone.hear()
    after = plan_of(town)

    stop = stop_of(after, delivery_id)
    assert undrivable(before) == []
    assert undrivable(after) == []
    assert orders(after) != orders(before)
    assert etas(after) != etas(before)
    assert stop is not None
    assert stop.service_at is not None
    assert stop.window is not None
    assert stop.window.start <= stop.service_at < stop.window.end
    assert f"{stop.service_at.astimezone(LONDON):%H:%M}" in confirmed.text


def test_another_day_takes_the_stop_off_one_plan_and_onto_the_other(
    town: Town, texter: Newcomer
) -> None:
    friday = date(2026, 3, 13)
    someone = texter()
    delivery_id = someone.delivery()["id"]
    before = plan_of(town)

    offer = someone.ask("friday morning would be better")
    someone.choose(offer.labels[0])
    someone.hear()
    after, on_friday = plan_of(town), plan_of(town, friday)

    assert stop_of(before, delivery_id) is not None
    assert stop_of(after, delivery_id) is None
    assert stop_of(on_friday, delivery_id) is not None
    assert orders(after) != orders(before)
    assert (undrivable(after), undrivable(on_friday)) == ([], [])


def test_a_pickup_point_makes_the_van_drive_there_instead(town: Town, texter: Newcomer) -> None:
    someone = texter()
    delivery = someone.delivery()
    before = plan_of(town)

    offer = someone.ask("I'd rather collect it from a locker near me")
    someone.choose(offer.labels[0])
    someone.hear()
    after = plan_of(town)

    points = {each["id"]: each for each in town.api("/pickup-points")["pickup_points"]}
    point = points[someone.delivery()["place"]["pickup_point_id"]]
    stop = stop_of(after, delivery["id"])
    assert orders(after) != orders(before)
    assert stop is not None
    assert (stop.lat, stop.lon) == (point["lat"], point["lon"])
    assert undrivable(after) == []


def test_a_refused_parcel_leaves_the_route_and_the_others_come_no_later(
    town: Town, texter: Newcomer
) -> None:
    someone = texter(wanted=comes_before_noon)
    delivery_id = someone.delivery()["id"]
    before = plan_of(town)
    left = stop_of(before, delivery_id)

    someone.ask("I don't want it any more, send it back")
    someone.choose("Send it back")
    someone.hear()
    after = plan_of(town)

    times = etas(after)
    assert left is not None
    assert stop_of(after, delivery_id) is None
    assert orders(after) == {
        van: [halt for halt in halts if halt[0] != left.id] for van, halts in orders(before).items()
    }
    assert [
        stop_id
        for stop_id, at in etas(before).items()
        if stop_id != left.id and (later := times[stop_id]) and at and later > at
    ] == []
    assert undrivable(after) == []


def test_a_question_alone_changes_no_route(town: Town, texter: Newcomer) -> None:
    someone = texter()
    before = plan_of(town)

    someone.ask("can you deliver it another day?")
    someone.ask("where is my parcel?")

    after = plan_of(town)
    assert (orders(after), etas(after)) == (orders(before), etas(before))
