"""LoggiBUD's CVRP instances: real stops with parcel sizes; everything else is made up, seeded.

Format: https://github.com/loggi/loggibud (``loggibud.v1.types.CVRPInstance``). The instances hold
places and sizes only. What we add is stated here and the same for the same seed:

* recipients with numbers of the range that Ofcom reserves for drama (07700 900001-900999),
* one shift, 08:00-18:00 at the depot, with a break of 30 minutes that starts between 12 and 14,
* two vans more than the load needs,
* windows: 55 % of the stops none, 25 % four hours, 20 % two hours, starting on a full hour,
* a locker at every fifteenth stop's place, open day and night.
"""

import math
import random
from collections.abc import Mapping, Sequence
from typing import Any

ZONE = "America/Sao_Paulo"
SHIFT = ("08:00", "18:00")
SPARE_VANS = 2
LOCKER_EVERY = 15
NO_WINDOW, FOUR_HOURS = 0.55, 0.80
FIRST_HOUR, LAST_HOUR = 8, 18
NUMBERS = 999
FIRST_NAMES = ("Ana", "Bruno", "Carla", "Davi", "Elisa", "Fabio", "Gabi", "Heitor", "Iara", "Joao")
LAST_NAMES = ("Alves", "Braga", "Castro", "Dias", "Esteves", "Farias", "Gomes", "Lima", "Moraes")


def is_loggibud(content: object) -> bool:
    """Say whether parsed JSON is such an instance."""
    return isinstance(content, dict) and {"origin", "vehicle_capacity", "deliveries"} <= set(
        content
    )


def loggibud_day(instance: Mapping[str, Any], *, seed: int) -> dict[str, list[dict[str, Any]]]:
    """Return the day as lists of lines, like our own JSON files."""
    luck = random.Random(seed)  # noqa: S311 made-up people, no secrets
    name = str(instance.get("name", "loggibud"))
    stops = [stop for stop in instance["deliveries"] if isinstance(stop, Mapping)]
    return {
        "shippers": [{"id": "loggi-demo", "name": "Rio Parcels", "country": "GB"}],
        "depots": [
            {"id": name, "name": f"Depot {name}", "zone": ZONE, **_point(instance["origin"])}
        ],
        "vehicles": _vehicles(name, int(instance["vehicle_capacity"]), stops),
        "pickup_points": [
            _locker(name, number, stop) for number, stop in enumerate(stops[::LOCKER_EVERY])
        ],
        "deliveries": [_delivery(name, number, stop, luck) for number, stop in enumerate(stops)],
    }


def _vehicles(
    depot: str, capacity: int, stops: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    load = sum(_size(stop) for stop in stops)
    count = math.ceil(load / capacity) + SPARE_VANS
    return [
        {
            "id": f"{depot}-van-{number + 1}",
            "depot_id": depot,
            "driver_name": f"{FIRST_NAMES[number % len(FIRST_NAMES)]} ({number + 1})",
            "capacity": capacity,
            "shift_start": SHIFT[0],
            "shift_end": SHIFT[1],
            "break_minutes": 30,
            "break_earliest": "12:00",
            "break_latest": "14:00",
        }
        for number in range(count)
    ]


def _locker(depot: str, number: int, stop: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": f"{depot}-locker-{number + 1}",
        "kind": "locker",
        "name": f"Locker {number + 1}",
        "address": f"Praca {number + 1}",
        "zone": ZONE,
        "opening_hours": "24/7",
        "compartments_s": 6,
        "compartments_m": 6,
        "compartments_l": 3,
        **_point(stop["point"]),
    }


def _delivery(
    depot: str, number: int, stop: Mapping[str, Any], luck: random.Random
) -> dict[str, Any]:
    start, end = _window(luck)
    return {
        "reference": f"{number + 1}-{stop['id']}",
        "shipper_id": "loggi-demo",
        "depot_id": depot,
        "tracking_number": f"RP{number + 1:08d}",
        "compartment": luck.choice("SSMML"),
        "recipient_name": f"{luck.choice(FIRST_NAMES)} {luck.choice(LAST_NAMES)}",
        "phone": f"+447700900{number % NUMBERS + 1:03d}",
        "address": f"Rua {number // 40 + 1}, {number + 1}",
        "city": "Rio de Janeiro",
        "load": _size(stop),
        "window_start": start,
        "window_end": end,
        **_point(stop["point"]),
    }


def _window(luck: random.Random) -> tuple[str, str]:
    draw = luck.random()
    if draw < NO_WINDOW:
        return "", ""
    length = 4 if draw < FOUR_HOURS else 2
    start = luck.randint(FIRST_HOUR, LAST_HOUR - length)
    return f"{start:02d}:00", f"{start + length:02d}:00"


def _size(stop: Mapping[str, Any]) -> int:
    return max(1, int(stop["size"]))


def _point(point: Mapping[str, Any]) -> dict[str, float]:
    return {"lat": point["lat"], "lon": point["lng"]}
