"""vroom-express 0.12, with VROOM itself behind it (pyvroom)."""

import json
import tempfile
from pathlib import Path
from typing import Any

import vroom

from tests.outside.serving import Answer, Call, Outsider

LARGEST = 1_000_000
MOST_JOBS, MOST_VEHICLES = 1000, 200
STATUS = {0: 200, 1: 500, 2: 400, 3: 500, 4: 413}


class VroomExpress(Outsider):
    """Answers ``POST /`` as the real server does by default, limits included."""

    def answer(self, call: Call) -> Answer:
        if (call.method, call.path) != ("POST", "/"):
            return Answer(404, raw=b"Cannot find it")
        body = self._solve(call.body)
        return Answer(STATUS[body["code"]], body)

    def nonsense(self) -> Answer:
        route = {"vehicle": 1, "steps": [{"type": "job", "id": 4711}]}
        return Answer(body={"code": 0, "unassigned": [], "routes": [route]})

    def _solve(self, problem: Any) -> dict[str, Any]:
        if not isinstance(problem, dict) or "vehicles" not in problem or "jobs" not in problem:
            return {"code": 2, "error": "Invalid JSON object in request, please add vehicles"}
        if len(json.dumps(problem)) > LARGEST:
            return {"code": 4, "error": "Request too large"}
        if len(problem["jobs"]) > MOST_JOBS or len(problem["vehicles"]) > MOST_VEHICLES:
            return {"code": 4, "error": "Too many jobs or vehicles"}
        options = problem.pop("options", {})
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write(json.dumps(problem))
            file.flush()
            try:
                asked = vroom.Input.from_json(Path(file.name))
                return dict(asked.solve(options.get("x", 5), nb_threads=1).to_dict())
            except Exception as error:  # noqa: BLE001 VROOM's own message is the answer
                return {"code": 2, "error": str(error)}
