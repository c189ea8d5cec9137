"""A route as the gateway tells it, with one line to differ."""

from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)


def a_stop(number: int, **differing: Any) -> dict[str, Any]:
    arrival = START + timedelta(minutes=10 * number)
    return {
        "id": f"s{number}",
        "position": number,
        "kind": "address",
        "lat": 51.28 + 0.01 * number,
        "lon": 1.08,
        "service_duration_s": 120,
        "arrival_at": arrival.isoformat(),
        "service_at": arrival.isoformat(),
        "leave_at": (arrival + timedelta(minutes=2)).isoformat(),
        "window_start": None,
        "window_end": None,
        "state": "planned",
        "delivery_ids": [f"d{number}"],
        "label": f"{number} Mill Lane",
        **differing,
    }


def a_route(*stops: dict[str, Any], **differing: Any) -> dict[str, Any]:
    return {
        "id": "r1",
        "vehicle_id": "van-1",
        "depot_id": "depot",
        "driver": "Mia",
        "date": "2026-03-10",
        "timezone": "Europe/London",
        "state": "planned",
        "start_at": START.isoformat(),
        "revision": 1,
        "depot": {"lat": 51.28, "lon": 1.08},
        "stops": list(stops) or [a_stop(1), a_stop(2)],
        **differing,
    }
