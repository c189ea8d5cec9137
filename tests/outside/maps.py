"""OSRM 5 and Valhalla 3 over a town of our own, beside an island without a bridge."""

from typing import Any

from tests.forward_pass import metres_between
from tests.outside.serving import Answer, Call, Outsider

# Nothing east of here can be reached from the west, nor the other way round.
CHANNEL = 0.5
# OSRM's --max-table-size and Valhalla's service limits, as they come.
MOST_PLACES, MOST_PAIRS = 100, 2500

type Place = tuple[float, float]


def driven(start: Place, end: Place) -> tuple[float, float] | None:
    """Return seconds and metres of a drive; one way takes longer than the other."""
    if (start[1] > CHANNEL) != (end[1] > CHANNEL):
        return None
    metres = 1.25 * metres_between(start, end)
    return metres / (9.0 if start < end else 8.0), metres


class MapOutsider(Outsider):
    """Knows one place that it will not hear of."""

    refused: Place | None = None

    def nonsense(self) -> Answer:
        return Answer(
            body={"code": "Ok", "durations": [[1]], "sources_to_targets": [[{"time": 1}]]}
        )


class OsrmServer(MapOutsider):
    """Answers ``/table/v1/driving`` as osrm-routed does."""

    def answer(self, call: Call) -> Answer:
        prefix = "/table/v1/driving/"
        if call.method != "GET" or not call.path.startswith(prefix):
            return Answer(400, {"code": "InvalidUrl", "message": "URL string malformed"})
        pairs = [place.split(",") for place in call.path.removeprefix(prefix).split(";")]
        places = [(float(lat), float(lon)) for lon, lat in pairs]
        if len(places) > MOST_PLACES:
            return Answer(400, {"code": "TooBig", "message": "Too many table coordinates"})
        if self.refused in places:
            return Answer(400, {"code": "NoSegment", "message": "Could not find a segment"})
        sources = self._chosen(call, "sources", places)
        targets = self._chosen(call, "destinations", places)
        cells = [[driven(start, end) for end in targets] for start in sources]
        names = {"duration": ("durations", 0), "distance": ("distances", 1)}
        wanted = call.query.get("annotations", "duration").split(",")
        tables = {
            names[each][0]: [
                [cell and round(cell[names[each][1]], 1) for cell in row] for row in cells
            ]
            for each in wanted
        }
        return Answer(body={"code": "Ok", **tables})

    def _chosen(self, call: Call, side: str, places: list[Place]) -> list[Place]:
        numbers = call.query.get(side, "all")
        return places if numbers == "all" else [places[int(each)] for each in numbers.split(";")]


class ValhallaServer(MapOutsider):
    """Answers ``/sources_to_targets`` and ``/status``."""

    def answer(self, call: Call) -> Answer:
        if (call.method, call.path) == ("GET", "/status"):
            return Answer(body={"version": "3.5.1", "tileset_last_modified": 1735689600})
        if (call.method, call.path) != ("POST", "/sources_to_targets"):
            return self._refusal(106, "Try any of the following routes")
        if call.body.get("costing") != "auto":
            return self._refusal(124, "No costing method found")
        sources, targets = self._places(call.body["sources"]), self._places(call.body["targets"])
        if len(sources) * len(targets) > MOST_PAIRS:
            return self._refusal(150, "Exceeded max location pairs: 2500")
        if self.refused in [*sources, *targets]:
            return self._refusal(171, "No suitable edges near location")
        rows = [
            [self._cell(i, j, driven(start, end)) for j, end in enumerate(targets)]
            for i, start in enumerate(sources)
        ]
        return Answer(body={"sources_to_targets": rows, "units": call.body.get("units")})

    def _cell(self, row: int, column: int, cell: tuple[float, float] | None) -> dict[str, Any]:
        where = {"from_index": row, "to_index": column}
        if cell is None:
            return {**where, "time": None, "distance": None}
        return {**where, "time": round(cell[0]), "distance": round(cell[1] / 1000, 3)}

    def _places(self, locations: list[dict[str, float]]) -> list[Place]:
        return [(each["lat"], each["lon"]) for each in locations]

    def _refusal(self, code: int, text: str) -> Answer:
        body = {"error_code": code, "error": text, "status_code": 400, "status": "Bad Request"}
        return Answer(400, body)
