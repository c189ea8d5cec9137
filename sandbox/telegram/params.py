"""A call's parameters, whatever way they came: query, form, multipart or JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from sandbox.telegram.errors import bad_request

_TRUE = frozenset({"true", "yes", "1"})


@dataclass(frozen=True)
class Upload:
    """A file that came with the call."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Params:
    """Typed access to parameters; names are the Bot API's, whose types are read leniently."""

    values: Mapping[str, Any]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether the parameter was given and is not null."""
        return self.values.get(name) is not None

    def text(self, name: str) -> str:
        """Return a string; empty when missing."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str) -> int | None:
        """Return a whole number, None when missing."""
        given = self.text(name).strip()
        if not given:
            return None
        try:
            return int(given)
        except ValueError as exc:
            raise bad_request(f"invalid {name} specified") from exc

    def number(self, name: str) -> float | None:
        """Return a number, None when missing."""
        given = self.text(name).strip()
        if not given:
            return None
        try:
            return float(given)
        except ValueError as exc:
            raise bad_request(f"invalid {name} specified") from exc

    def boolean(self, name: str) -> bool:
        """Return a truth value; false when missing."""
        return self.text(name).strip().lower() in _TRUE

    def structure(self, name: str) -> Any:  # noqa: ANN401 - any JSON value
        """Return a JSON value, which forms carry as text; None when missing."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError as exc:
            raise bad_request(f"can't parse {name} JSON object") from exc

    def upload(self, name: str) -> Upload | None:
        """Return a file sent in the parameter itself or by ``attach://``."""
        if name in self.files:
            return self.files[name]
        attached = self.text(name).removeprefix("attach://")
        return self.files.get(attached) if attached != self.text(name) else None


async def read_params(request: Request) -> Params:
    """Read the parameters of a call.

    Raises:
        RefusedMethodError: If a JSON body cannot be parsed.
    """
    values: dict[str, Any] = dict(request.query_params)
    files: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        try:
            body = json.loads(await request.body() or b"{}")
        except ValueError as exc:
            raise bad_request("can't parse JSON object") from exc
        if not isinstance(body, dict):
            raise bad_request("object expected as JSON body")
        values.update(body)
    else:
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files[name] = Upload(value.filename or name, await value.read())
                else:
                    values[name] = value
    return Params(values, files)
