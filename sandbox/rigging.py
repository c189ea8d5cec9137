"""Control routes that change how the stand-ins and drivers behave: faults, carrier, limits."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.api import BadInputError, read_object, refusing, typed
from sandbox.faults import FaultPlan, read_fault
from sandbox.stage import Stage


def rigging_routes(stage: Stage) -> list[Route]:
    """Return the routes by which tests make trouble."""
    rigging = _Rigging(stage)
    return [
        Route("/api/faults", refusing(rigging.add_faults), methods=["POST"]),
        Route("/api/faults", refusing(rigging.clear_faults), methods=["DELETE"]),
        Route("/api/redeliver", refusing(rigging.redeliver), methods=["POST"]),
        Route("/api/twilio", refusing(rigging.twilio), methods=["POST"]),
        Route("/api/telegram", refusing(rigging.telegram), methods=["POST"]),
        Route("/api/drivers", refusing(rigging.drivers), methods=["POST"]),
    ]


class _Rigging:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def add_faults(self, request: Request) -> Response:
        told = await read_object(request)
        plan = self._plan(typed(told, "provider", str))
        given = typed(told, "faults", list)
        operation = typed(told, "operation", str, "*")
        address = typed(told, "address", str, "") or None
        times = typed(told, "times", int, 1)
        faults = [read_fault(fault) for fault in given]
        for fault in faults:
            plan.add(fault, operation=operation, address=address, times=times)
        return JSONResponse({"waiting": plan.count()}, status_code=201)

    async def clear_faults(self, request: Request) -> Response:
        del request
        self._stage.twilio_faults.clear()
        self._stage.telegram_faults.clear()
        return Response(status_code=204)

    async def redeliver(self, request: Request) -> Response:
        told = await read_object(request)
        if typed(told, "provider", str) == "twilio":
            self._stage.twilio.report_again(typed(told, "id", str))
        elif not self._stage.bot.updates.deliver_again(typed(told, "id", int)):
            raise BadInputError("no such update was delivered lately")
        return Response(status_code=202)

    async def twilio(self, request: Request) -> Response:
        told = await read_object(request)
        stand_in = self._stage.twilio
        carrier = stand_in.carrier
        carrier.is_held = typed(told, "held", bool, default=carrier.is_held)
        carrier.queued_s = typed(told, "queued_s", float, carrier.queued_s)
        carrier.sent_s = typed(told, "sent_s", float, carrier.sent_s)
        if "fallback_url" in told:
            stand_in.hooks.fallback_url = told["fallback_url"]
        return JSONResponse(
            {
                "held": carrier.is_held,
                "queued_s": carrier.queued_s,
                "sent_s": carrier.sent_s,
                "fallback_url": stand_in.hooks.fallback_url,
                "alerts": stand_in.alerts,
            }
        )

    async def telegram(self, request: Request) -> Response:
        told = await read_object(request)
        limits = self._stage.bot.limits
        limits.is_on = typed(told, "limits", bool, default=limits.is_on)
        pending = self._stage.bot.updates.count()
        return JSONResponse({"limits": limits.is_on, "pending_updates": pending})

    async def drivers(self, request: Request) -> Response:
        told = await read_object(request)
        drivers = self._stage.drivers
        drivers.is_on = typed(told, "on", bool, default=drivers.is_on)
        share = typed(told, "fail_share", float, drivers.luck.fail_share)
        if not 0 <= share <= 1:
            raise BadInputError("fail_share is between 0 and 1")
        drivers.luck.fail_share = share
        return JSONResponse(
            {"on": drivers.is_on, "fail_share": share, "refused": list(drivers.refused)}
        )

    def _plan(self, provider: str) -> FaultPlan:
        if provider == "twilio":
            return self._stage.twilio_faults
        if provider == "telegram":
            return self._stage.telegram_faults
        raise BadInputError("provider is twilio or telegram")
