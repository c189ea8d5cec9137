"""The HTTP face of the Twilio stand-in: the paths of ``api.twilio.com``."""

import base64
import binascii
import hmac
from collections.abc import Awaitable, Callable
from email.utils import format_datetime
from functools import wraps
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.faults import Fault, FaultPlan, answer_with_fault
from sandbox.pictures import draw_proof
from sandbox.twilio.errors import FAULT_CODES, FAULT_TEXTS, RefusedCallError, not_found
from sandbox.twilio.messages import API_VERSION
from sandbox.twilio.sending import read_send_request
from sandbox.twilio.standin import TwilioStandIn

_Handler = Callable[[Request], Awaitable[Response]]


def create_twilio_app(stand_in: TwilioStandIn, faults: FaultPlan) -> Starlette:
    """Return the application that answers as Twilio does.

    Faults are planned for the operations ``create``, ``list``, ``fetch``, ``update``,
    ``delete`` and ``media``.
    """
    api = _Api(stand_in, faults)
    account = f"/{API_VERSION}/Accounts/{{account_sid}}"
    message = f"{account}/Messages/{{sid}}.json"
    routes = [
        Route(f"{account}.json", api.guarded("account", api.account), methods=["GET"]),
        Route(f"{account}/Messages.json", api.guarded("create", api.create), methods=["POST"]),
        Route(f"{account}/Messages.json", api.guarded("list", api.list), methods=["GET"]),
        Route(message, api.guarded("fetch", api.fetch), methods=["GET"]),
        Route(message, api.guarded("update", api.update), methods=["POST"]),
        Route(
            f"{account}/Messages/{{sid}}/Media/{{medium}}",
            api.guarded("media", api.medium),
            methods=["GET"],
        ),
        Route("/media/{sid}/{medium}", api.medium_content, methods=["GET"]),
        Route(message, api.guarded("delete", api.delete), methods=["DELETE"]),
    ]
    return Starlette(routes=routes, exception_handlers={404: _no_such_path, 405: _no_such_path})


async def _no_such_path(request: Request, exc: Exception) -> Response:
    del exc
    return _refuse(not_found(request.url.path))


def _refuse(error: RefusedCallError) -> Response:
    headers = {"Twilio-Request-Id": "RQ" + "0" * 32}
    if error.status == 401:  # noqa: PLR2004 - the HTTP status
        headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
    return JSONResponse(error.represent(), status_code=error.status, headers=headers)


def _refuse_by_fault(fault: Fault) -> Response:
    status = fault.fail or 500
    code = FAULT_CODES.get(status, 20500)
    text = FAULT_TEXTS.get(status, "Internal Server Error")
    response = _refuse(RefusedCallError(code, text, status=status))
    if fault.retry_after is not None:
        response.headers["Retry-After"] = str(fault.retry_after)
    return response


class _Api:
    def __init__(self, stand_in: TwilioStandIn, faults: FaultPlan) -> None:
        self._stand_in = stand_in
        self._faults = faults

    def guarded(self, operation: str, handler: _Handler) -> _Handler:
        """Wrap a handler with authentication, planned faults and Twilio's error answers."""

        @wraps(handler)
        async def answer(request: Request) -> Response:
            try:
                self._authenticate(request)
                address = str((await request.form()).get("To", "")) or None
            except RefusedCallError as error:
                return _refuse(error)
            fault = self._faults.take(operation, address)
            request.state.fault = fault

            async def work() -> Response:
                try:
                    return await handler(request)
                except RefusedCallError as error:
                    return _refuse(error)

            return await answer_with_fault(fault, work, _refuse_by_fault)

        return answer

    def _authenticate(self, request: Request) -> None:
        account = self._stand_in.account
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic" or not given:
            raise RefusedCallError(20003, "Authentication Error - No credentials provided")
        try:
            told = base64.b64decode(given, validate=True)
        except binascii.Error:
            told = b""
        expected = f"{account.sid}:{account.token}".encode()
        if not hmac.compare_digest(told, expected):
            raise RefusedCallError(20003, "Authentication Error - invalid username")
        if request.path_params["account_sid"] != account.sid:
            raise not_found(request.url.path)

    async def medium(self, request: Request) -> Response:
        """Lead on to the content, as Twilio does to another server of its own."""
        message = self._stand_in.find(request.path_params["sid"])
        if request.url.path not in message.media_uris():
            raise not_found(request.url.path)
        where = f"/media/{message.sid}/{request.path_params['medium']}"
        return RedirectResponse(where, status_code=307)

    async def medium_content(self, request: Request) -> Response:
        """Draw what the stand-in keeps no file of."""
        return Response(draw_proof(request.path_params["medium"]), media_type="image/png")

    async def account(self, request: Request) -> Response:
        del request
        sid = self._stand_in.account.sid
        now = format_datetime(self._stand_in.now())
        path = f"/{API_VERSION}/Accounts/{sid}"
        shown: dict[str, Any] = {
            "auth_token": self._stand_in.account.token,
            "date_created": now,
            "date_updated": now,
            "friendly_name": "Doorstep sandbox",
            "owner_account_sid": sid,
            "sid": sid,
            "status": "active",
            "subresource_uris": {"messages": f"{path}/Messages.json"},
            "type": "Full",
            "uri": f"{path}.json",
        }
        return JSONResponse(shown)

    async def create(self, request: Request) -> Response:
        stand_in = self._stand_in
        form = await request.form()
        asked = read_send_request(form, stand_in.account, now=stand_in.now())
        message = stand_in.create(asked, request.state.fault)
        return JSONResponse(message.represent(), status_code=201)

    async def list(self, request: Request) -> Response:
        return JSONResponse(self._stand_in.messages.page(request.query_params))

    async def fetch(self, request: Request) -> Response:
        return JSONResponse(self._stand_in.find(request.path_params["sid"]).represent())

    async def update(self, request: Request) -> Response:
        form = await request.form()
        body, status = form.get("Body"), form.get("Status")
        message = self._stand_in.update(
            request.path_params["sid"],
            body=None if body is None else str(body),
            status=None if status is None else str(status),
        )
        return JSONResponse(message.represent())

    async def delete(self, request: Request) -> Response:
        self._stand_in.delete(request.path_params["sid"])
        return Response(status_code=204)
