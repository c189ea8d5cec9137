"""Onfleet v2.7, as far as we use it: tasks with states, workers with ordered lists, jobs, webhooks.

Written from docs.onfleet.com; the rules kept are those the contracts name: active tasks take notes
and metadata only, completed ones metadata; a destination must be made before it is named in an
update; one optimisation runs at a time; no idempotency keys; HTTP Basic with the key as the user.
"""

import base64
import hashlib
import hmac
import itertools
import json
from typing import Any

import httpx

from tests.outside.serving import Answer, Call, Outsider

KEY = "onfleet-test-key"
SECRET = "5a6f" * 16
UNASSIGNED, ASSIGNED, ACTIVE, COMPLETED = range(4)
ALLOWED = {ACTIVE: {"notes", "metadata"}, COMPLETED: {"metadata"}}


class Onfleet(Outsider):
    """One organisation."""

    def __init__(self, *workers: str) -> None:
        super().__init__()
        self.destinations: dict[str, Any] = {}
        self.tasks: dict[str, dict[str, Any]] = {}
        self.orders: dict[str, list[str]] = {worker: [] for worker in workers}
        self.jobs: dict[str, str] = {}
        self._ids = itertools.count(1)

    def task_of(self, delivery_id: str) -> dict[str, Any]:
        (task,) = [
            each for each in self.tasks.values() if _value(each, "shipmentId") == delivery_id
        ]
        return task

    def worker_of(self, delivery_id: str) -> str:
        id_ = self.task_of(delivery_id)["id"]
        return next(worker for worker, order in self.orders.items() if id_ in order)

    def start(self, delivery_id: str) -> None:
        """Let the driver set out for a task."""
        self.task_of(delivery_id)["state"] = ACTIVE

    def complete(self, delivery_id: str) -> None:
        task = self.task_of(delivery_id)
        task["state"] = COMPLETED
        for order in self.orders.values():
            if task["id"] in order:
                order.remove(task["id"])

    def finish_jobs(self, **etas: int) -> None:
        """End what is being optimised; tasks get the ETAs found (ms, by delivery)."""
        for id_ in self.jobs:
            self.jobs[id_] = "COMPLETED"
        for delivery_id, eta in etas.items():
            self.task_of(delivery_id.replace("_", "-"))["estimatedArrivalTime"] = eta

    def fail_jobs(self) -> None:
        """End what is being optimised without an order."""
        self.jobs.update(dict.fromkeys(self.jobs, "FAILED"))

    def report(
        self,
        url: str,
        trigger: int,
        delivery_id: str,
        *,
        time: int,
        secret: str = SECRET,
        **more: Any,
    ) -> httpx.Response:
        """Call a webhook as Onfleet does, and return what it answered."""
        raw = self.report_body(trigger, delivery_id, time=time, **more)
        return httpx.post(url, content=raw, headers={"X-Onfleet-Signature": signed(raw)})

    def report_body(self, trigger: int, delivery_id: str, *, time: int, **more: Any) -> bytes:
        task = self.task_of(delivery_id)
        extra = more.pop("task", {})
        body = {"taskId": task["id"], "triggerId": trigger, "time": time, **more}
        # People are in it too; nothing of that may be kept.
        people = [{"name": "Robin Poole", "phone": "+447700900123"}]
        body["data"] = {"task": {**task, "recipients": people, **extra}}
        return json.dumps(body).encode()

    def answer(self, call: Call) -> Answer:  # noqa: C901, PLR0911 a table of routes
        expected = base64.b64encode(f"{KEY}:".encode()).decode()
        if call.headers.get("Authorization") != f"Basic {expected}":
            return _error(401, "InvalidCredentials")
        path = call.path.removeprefix("/api/v2")
        parts = path.strip("/").split("/")
        with self.lock:
            match call.method, *parts:
                case "GET", "auth", "test":
                    return Answer(body={"message": "Hello organization"})
                case "POST", "destinations":
                    return self._new_destination(call.body)
                case "POST", "tasks":
                    return self._new_task(call.body)
                case "POST", "tasks", "metadata":
                    return Answer(body=[t for t in self.tasks.values() if _has(t, call.body)])
                case _, "tasks", id_:
                    return self._task(call.method, id_, call.body)
                case "GET", "workers", worker:
                    return self._worker(worker)
                case _, "containers", "workers", worker:
                    return self._container(call.method, worker, call.body)
                case "POST", "optimizations", "scheduled":
                    return self._new_job(call.body)
                case "GET", "optimizations", "scheduled", id_ if id_ in self.jobs:
                    return Answer(body={"id": id_, "state": self.jobs[id_]})
        return _error(404, "ResourceNotFound")

    def nonsense(self) -> Answer:
        return Answer(body={"id": 7, "state": "sideways", "tasks": "none"})

    def _new_destination(self, body: Any) -> Answer:
        if not body.get("address", {}).get("unparsed") or len(body.get("location", ())) != 2:
            return _error(400, "InvalidContent")
        id_ = f"dest~{next(self._ids)}"
        self.destinations[id_] = body
        return Answer(body={"id": id_, **body})

    def _new_task(self, body: Any) -> Answer:
        refused = self._wrong(body)
        if refused is not None:
            return refused
        id_ = f"task~{next(self._ids)}"
        self.tasks[id_] = {"id": id_, "state": UNASSIGNED, **body}
        return Answer(body=self.tasks[id_])

    def _task(self, method: str, id_: str, body: Any) -> Answer:
        task = self.tasks.get(id_)
        if task is None:
            return _error(404, "ResourceNotFound")
        if method == "PUT":
            refused = self._wrong(body)
            allowed = ALLOWED.get(task["state"])
            if refused is None and allowed is not None and not set(body) <= allowed:
                refused = _error(400, "task is active or completed")
            if refused is not None:
                return refused
            task.update(body)
        elif method == "DELETE":
            if task["state"] == ACTIVE:
                return _error(400, "task is active")
            del self.tasks[id_]
            for order in self.orders.values():
                if id_ in order:
                    order.remove(id_)
            return Answer()
        return Answer(body=task)

    def _wrong(self, body: Any) -> Answer | None:
        destination = body.get("destination")
        if "destination" in body and destination not in self.destinations:
            return _error(400, "destination must be the id of one that exists")
        after, before = body.get("completeAfter"), body.get("completeBefore")
        if after is not None and before is not None and not 1e12 < after < before:
            return _error(400, "completeAfter and completeBefore are milliseconds, in order")
        return None

    def _worker(self, worker: str) -> Answer:
        if worker not in self.orders:
            return _error(404, "ResourceNotFound")
        active = [id_ for id_ in self.orders[worker] if self.tasks[id_]["state"] == ACTIVE]
        return Answer(body={"id": worker, "activeTask": active[0] if active else None})

    def _container(self, method: str, worker: str, body: Any) -> Answer:
        if worker not in self.orders:
            return _error(404, "ResourceNotFound")
        if method == "PUT":
            wanted = body["tasks"]
            if any(id_ not in self.tasks for id_ in wanted):
                return _error(400, "no such task")
            for order in self.orders.values():
                order[:] = [id_ for id_ in order if id_ not in wanted]
            for id_ in self.orders[worker]:
                self.tasks[id_]["state"] = UNASSIGNED
            self.orders[worker] = list(wanted)
            for id_ in wanted:
                self.tasks[id_]["state"] = max(ASSIGNED, self.tasks[id_]["state"])
        return Answer(body={"type": "WORKER", "worker": worker, "tasks": self.orders[worker]})

    def _new_job(self, body: Any) -> Answer:
        if "RUNNING" in self.jobs.values():
            return _error(429, "one optimisation at a time")
        if body.get("jobType") != "ON-DEMAND" or not body.get("teams"):
            return _error(400, "InvalidContent")
        id_ = f"job~{next(self._ids)}"
        self.jobs[id_] = "RUNNING"
        return Answer(body={"id": id_, "state": "RUNNING"})


def signed(raw: bytes, secret: str = SECRET) -> str:
    return hmac.new(bytes.fromhex(secret), raw, hashlib.sha512).hexdigest()


def _value(task: dict[str, Any], name: str) -> object:
    return next((m["value"] for m in task.get("metadata", ()) if m["name"] == name), None)


def _has(task: dict[str, Any], wanted: Any) -> bool:
    return all(_value(task, each["name"]) == each["value"] for each in wanted)


def _error(status: int, message: str) -> Answer:
    return Answer(status, {"code": message, "message": {"message": message}})
