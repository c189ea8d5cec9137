"""Simulated days, counted again by somebody who knows nothing of the simulation."""

import json
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from cli.simulation.days import DayResult, Setting, live
from cli.simulation.report import COLUMNS, draw, lines, write_csv
from cli.simulation.vans import Van
from cli.simulation.world import USUAL
from integrations.day_files import read_sources
from tests.forward_pass import arrivals

ALL_DAY_S = 86_400


def a_setting(folder: Path) -> Setting:
    """Return a setting of 16 stops around a depot."""
    dice = random.Random(5)  # noqa: S311 made-up places
    stops = [
        {
            "id": f"s{number}",
            "point": {
                "lng": -43.2 + dice.uniform(-0.05, 0.05),
                "lat": -22.9 + dice.uniform(-0.05, 0.05),
            },
            "size": 5,
        }
        for number in range(16)
    ]
    day = {
        "name": "small",
        "origin": {"lng": -43.2, "lat": -22.9},
        "vehicle_capacity": 80,
        "deliveries": stops,
    }
    path = folder / "small.json"
    path.write_text(json.dumps(day), encoding="utf-8")
    return Setting(read_sources([path]), seed=3, world=USUAL, planning_s=0.05)


def test_days_add_up_and_vans_were_where_they_say(tmp_path: Path) -> None:
    days = [date(2026, 3, 2) + timedelta(days=number) for number in range(2)]
    pairs = [pair for pair, _ in live(a_setting(tmp_path), days)]
    for pair in pairs:
        assert pair.silent is not None
        for result in (pair.asked, pair.silent):
            adds_up(result)
        assert pair.silent.chosen == pair.silent.messages.total() == 0
        assert pair.asked.chosen <= pair.asked.asked
        assert pair.asked.etas.stops == sum(len(van.visited) for van in pair.asked.vans)
    write_csv(pairs, tmp_path / "days.csv")
    draw(pairs, tmp_path / "days.png")
    written = (tmp_path / "days.csv").read_text(encoding="utf-8").splitlines()
    assert written[0] == ",".join(COLUMNS)
    assert len(written) == len(pairs) + 1
    assert (tmp_path / "days.png").stat().st_size > 0
    assert any(line.startswith("first attempt succeeds") for line in lines(pairs))


def test_the_same_seed_meets_the_same_traffic(tmp_path: Path) -> None:
    setting = replace(a_setting(tmp_path), chooses=False, tells=False)
    [(first, _)] = live(setting, [date(2026, 3, 2)])
    [(second, _)] = live(setting, [date(2026, 3, 2)])
    drawn = [
        {visit.delivery_ids: visit.service_s for van in result.vans for visit in van.visited}
        for result in (first.asked, second.asked)
    ]
    assert sorted(drawn[0].values()) == sorted(drawn[1].values())


def adds_up(result: DayResult) -> None:
    """Count a day's parcels and minutes again."""
    visits = [visit for van in result.vans for visit in van.visited]
    served = [id_ for visit in visits for id_ in visit.delivery_ids]
    assert len(served) == len(set(served)) == result.first_time + result.failed
    assert result.parcels == result.first_time + result.failed + result.untried
    minutes = (
        sum(
            (van.back_at - van.left_at).total_seconds()
            for van in result.vans
            if van.back_at and van.left_at
        )
        / 60
    )
    assert abs(minutes - result.route_minutes) < 1e-6
    for van in result.vans:
        passes_again(van)


def passes_again(van: Van) -> None:
    """Drive a van's day again from its legs and services alone."""
    assert van.left_at is not None
    left = van.left_at
    windows = [
        (int((visit.opens_at - left).total_seconds()) if visit.opens_at else 0, ALL_DAY_S)
        for visit in van.visited
    ]
    times = arrivals(
        0,
        [*(visit.leg_s + visit.paused_s for visit in van.visited), 0],  # type: ignore[list-item]
        windows,
        [visit.service_s for visit in van.visited],  # type: ignore[misc]
        ALL_DAY_S,
    )
    assert times is not None
    for visit, reached in zip(van.visited, times.arrivals, strict=True):
        assert abs((visit.arrived_at - left).total_seconds() - reached) < 1
    assert van.driven_s <= (van.minutes_out * 60) + 1
