"""The connection on which a browser hears what changed."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.console.access import signed_in
from bot.console.live import Live
from bot.console.sessions import Sessions
from deliveries.services.staff import attending


@dataclass(frozen=True)
class Streams:
    """Streams of server-sent events, for agents who are signed in."""

    live: Live
    sessions: Sessions

    async def follow(self, request: Request) -> Response:
        """Tell one browser what changes, from the last event it knows on."""
        known = request.headers.get("last-event-id") or request.query_params.get("since", "")
        since = int(known) if known.isdecimal() else None
        shippers = signed_in(request).scope
        stream = self.live.follow(since, lambda: self._is_there(request), shippers=shippers)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    def _is_there(self, request: Request) -> bool:
        """Say whether a browser's session still holds; an open page is a sign of its agent."""
        agent = self.sessions.find(request)
        if agent is None:
            return False
        with self.sessions.desk.unit_of_work() as work:
            if attending.note_sign(work, agent.agent_id, machine_now=self.sessions.desk.now()):
                work.commit()
        return True
