"""The gateway's operator API, called as any outsider would."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

_TIMEOUT_S = 10.0
_MAX_PAGES = 20


class GatewayError(Exception):
    """The gateway did not do what was asked."""


class GatewayDownError(GatewayError):
    """It cannot be reached, or fails by itself: try again."""


class GatewayRefusedError(GatewayError):
    """It refused (4xx): the same again would be refused again."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"{status}: {text[:200]}")
        self.status = status


class Gateway:
    """Reads plans and deliveries, and reports what drivers do."""

    def __init__(self, client: httpx.AsyncClient, url: str, api_key: str) -> None:
        self.url = url
        self._client = client
        self._headers = {"Authorization": f"Bearer {api_key}"}

    async def routes(self, date: str) -> dict[str, Any]:
        """Return the plan of a day (``YYYY-MM-DD``).

        Raises:
            GatewayError: If it did not answer with one.
        """
        return await self._get("/api/v1/routes", {"date": date})

    async def deliveries(self) -> list[dict[str, Any]]:
        """Return all deliveries, page by page.

        Raises:
            GatewayError: If a page did not come.
        """
        found: list[dict[str, Any]] = []
        query: dict[str, str] = {"limit": "500"}
        for _ in range(_MAX_PAGES):
            page = await self._get("/api/v1/deliveries", query)
            found.extend(page.get("deliveries", []))
            following = page.get("next")
            if not following:
                break
            query = {"limit": "500", "cursor": str(following)}
        return found

    async def pickup_points(self) -> list[dict[str, Any]]:
        """Return the shops and lockers.

        Raises:
            GatewayError: If they did not come.
        """
        answer = await self._get("/api/v1/pickup-points", {})
        points: list[dict[str, Any]] = answer.get("pickup_points", [])
        return points

    async def report(self, events: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Post driver events, oldest first.

        Returns:
            The ``id`` and ``error`` of each event that was refused while the others were taken.

        Raises:
            GatewayError: If none was taken.
        """
        body = {"events": list(events)}
        response = await self._call("POST", "/api/v1/driver-events", json=body)
        try:
            answer = response.json()
        except ValueError:
            return []
        rejected = answer.get("rejected") if isinstance(answer, dict) else None
        return rejected if isinstance(rejected, list) else []

    async def _get(self, path: str, query: Mapping[str, str]) -> dict[str, Any]:
        response = await self._call("GET", path, params=dict(query))
        try:
            answer = response.json()
        except ValueError as exc:
            raise GatewayDownError("the answer is no JSON") from exc
        if not isinstance(answer, dict):
            raise GatewayDownError("the answer is no JSON object")
        return answer

    async def _call(self, method: str, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401
        try:
            response = await self._client.request(
                method, self.url + path, headers=self._headers, timeout=_TIMEOUT_S, **more
            )
        except httpx.HTTPError as exc:
            raise GatewayDownError(type(exc).__name__) from exc
        if response.is_client_error and response.status_code not in (408, 425, 429):
            raise GatewayRefusedError(response.status_code, response.text)
        if not response.is_success:
            raise GatewayDownError(f"status {response.status_code}")
        return response
