"""Google's Route Optimization and its token endpoint: solves small problems, VROOM inside.

Requests are checked by the documented fields; tokens are given for assertions signed by the service
account's key, and only they are taken.
"""

import json
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import vroom
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt
from google.auth.exceptions import GoogleAuthError

from tests.outside.serving import Answer, Call, Outsider

# What assertions are made out to, wherever they are sent.
AUDIENCE = "https://oauth2.googleapis.com/token"
PROJECT = "doorstep-test"
ACCOUNT = "planner@doorstep-test.example"
FIELDS = {
    "timeout",
    "searchMode",
    "considerRoadTraffic",
    "interpretInjectedSolutionsUsingLabels",
    "model",
    "injectedSolutionConstraint",
}
LEVELS = {
    "RELAX_VISIT_TIMES_AFTER_THRESHOLD",
    "RELAX_VISIT_TIMES_AND_SEQUENCE_AFTER_THRESHOLD",
    "RELAX_ALL_AFTER_THRESHOLD",
}


class GoogleRoutes(Outsider):
    """One project; ``write_key`` makes the file of its service account."""

    def __init__(self) -> None:
        super().__init__()
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.tokens = 0
        self.requests: list[Any] = []

    def write_key(self, folder: Path) -> Path:
        pem = self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        file = folder / "account.json"
        content = {
            "type": "service_account",
            "project_id": PROJECT,
            "private_key_id": "1",
            "private_key": pem.decode(),
            "client_email": ACCOUNT,
            "token_uri": f"{self.url}/token",
        }
        file.write_text(json.dumps(content))
        return file

    def answer(self, call: Call) -> Answer:
        if (call.method, call.path) == ("POST", "/token"):
            return self._token(call.body)
        if call.headers.get("Authorization") != f"Bearer token-{self.tokens}":
            return Answer(401, {"error": {"status": "UNAUTHENTICATED"}})
        if (call.method, call.path) != ("POST", f"/v1/projects/{PROJECT}:optimizeTours"):
            return Answer(404, {"error": {"status": "NOT_FOUND"}})
        self.requests.append(call.body)
        wrong = _wrong(call.body)
        if wrong is not None:
            return Answer(400, {"error": {"status": "INVALID_ARGUMENT", "message": wrong}})
        return Answer(body=_solved(call.body))

    def nonsense(self) -> Answer:
        return Answer(body={"routes": [{"vehicleLabel": "nobody", "visits": [{}]}]})

    def worked(self, call: Call) -> Answer | None:
        """Tokens are given whatever the trouble, unless nothing is there at all."""
        if call.path == "/token" and self.always != "down":
            return self.answer(call)
        return super().worked(call)

    def _token(self, form: str) -> Answer:
        fields = parse_qs(form)
        public = self._key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        try:
            claims = jwt.decode(fields["assertion"][0], certs=public, audience=AUDIENCE)
        except (GoogleAuthError, ValueError, KeyError):
            return Answer(400, {"error": "invalid_grant"})
        if claims["iss"] != ACCOUNT or claims["exp"] < time.time():
            return Answer(400, {"error": "invalid_grant"})
        self.tokens += 1
        body = {"access_token": f"token-{self.tokens}", "expires_in": 3600, "token_type": "Bearer"}
        return Answer(body=body)


def _wrong(request: Any) -> str | None:
    """Say what the real service would refuse."""
    if not set(request) <= FIELDS:
        return "unknown field"
    model = request["model"]
    labels = [each["label"] for each in (*model["shipments"], *model["vehicles"])]
    if len(set(labels)) < len(labels):
        return "labels are not unique"
    tags = model["durationDistanceMatrixSrcTags"]
    rows = model["durationDistanceMatrices"][0]["rows"]
    if len(rows) != len(tags) or any(len(row["durations"]) != len(tags) for row in rows):
        return "the matrix does not fit its tags"
    injected = request.get("injectedSolutionConstraint")
    for each in injected["constraintRelaxations"] if injected else []:
        if any(relaxation["level"] not in LEVELS for relaxation in each["relaxations"]):
            return "unknown level"
    for route in injected["routes"] if injected else []:
        starts = [_s(visit["startTime"]) for visit in route["visits"]]
        if starts != sorted(starts) or route["vehicleLabel"] not in labels:
            return "the injected solution is infeasible"
    return None


def _solved(request: Any) -> dict[str, Any]:
    model = request["model"]
    tags = model["durationDistanceMatrixSrcTags"]
    rows = model["durationDistanceMatrices"][0]["rows"]
    first = _kept_first(request)
    problem = {
        "vehicles": [_vehicle(i, each, tags, model) for i, each in enumerate(model["vehicles"])],
        "jobs": [_job(i, each, tags, first) for i, each in enumerate(model["shipments"])],
        "matrices": {"car": {"durations": [[_d(s) for s in row["durations"]] for row in rows]}},
    }
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.write(json.dumps(problem))
        file.flush()
        answer = vroom.Input.from_json(Path(file.name)).solve(5, nb_threads=1).to_dict()
    labels = [each["label"] for each in model["shipments"]]
    largest = max(int(each["loadLimits"]["units"]["maxLoad"]) for each in model["vehicles"])
    skipped = []
    for left in answer["unassigned"]:
        amount = int(model["shipments"][left["id"] - 1]["loadDemands"]["units"]["amount"])
        code = "DEMAND_EXCEEDS_VEHICLE_CAPACITY" if amount > largest else "NO_VEHICLE"
        skipped.append({"label": labels[left["id"] - 1], "reasons": [{"code": code}]})
    routes = [
        {
            "vehicleLabel": model["vehicles"][route["vehicle"] - 1]["label"],
            "visits": [
                {"shipmentLabel": labels[step["id"] - 1]}
                for step in route["steps"]
                if step["type"] == "job"
            ],
        }
        for route in answer["routes"]
    ]
    return {"routes": routes, "metrics": {}} | ({"skippedShipments": skipped} if skipped else {})


def _kept_first(request: Any) -> tuple[str, int] | None:
    """Return the visit that the injected solution keeps at its place, and when it starts."""
    injected = request.get("injectedSolutionConstraint")
    if injected is None:
        return None
    (relaxation,) = injected["constraintRelaxations"][0]["relaxations"]
    visits = injected["routes"][0]["visits"]
    if not relaxation["thresholdVisitCount"] or not visits:
        return None
    return visits[0]["shipmentLabel"], _s(visits[0]["startTime"])


def _vehicle(index: int, vehicle: Any, tags: list[str], model: Any) -> dict[str, Any]:
    start = _s(vehicle["startTimeWindows"][0]["startTime"])
    end = min(_s(vehicle["endTimeWindows"][0]["endTime"]), _s(model["globalEndTime"]))
    return {
        "id": index + 1,
        "start_index": tags.index(vehicle["startTags"][0]),
        "end_index": tags.index(vehicle["endTags"][0]),
        "capacity": [int(vehicle["loadLimits"]["units"]["maxLoad"])],
        "time_window": [start, end],
        "breaks": [
            {
                "id": number + 1,
                "time_windows": [[_s(each["earliestStartTime"]), _s(each["latestStartTime"])]],
                "service": _d(each["minDuration"]),
            }
            for number, each in enumerate(vehicle.get("breakRule", {}).get("breakRequests", []))
        ],
    }


def _job(index: int, shipment: Any, tags: list[str], first: tuple[str, int] | None) -> Any:
    (delivery,) = shipment["deliveries"]
    (window,) = delivery["timeWindows"]
    opens, closes = _s(window["startTime"]), _s(window["endTime"])
    if first is not None and first[0] == shipment["label"]:
        closes = max(opens, first[1])
    return {
        "id": index + 1,
        "location_index": tags.index(delivery["tags"][0]),
        "service": _d(delivery["duration"]),
        "delivery": [int(shipment["loadDemands"]["units"]["amount"])],
        "time_windows": [[opens, closes]],
    }


def _s(instant: str) -> int:
    return int(datetime.fromisoformat(instant).timestamp())


def _d(duration: str) -> int:
    return int(duration.removesuffix("s"))
