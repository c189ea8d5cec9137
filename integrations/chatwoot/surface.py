"""Chatwoot as a place where agents work."""

from collections.abc import Sequence
from datetime import UTC, datetime

from deliveries.staff_surfaces import Author, Case, Line, Stand, Standing
from integrations.chatwoot.client import ChatwootClient
from integrations.chatwoot.webhooks import NAME, CaseStatus

_STATUSES = {
    Stand.WAITING: CaseStatus.OPEN,
    Stand.WITH_AGENT: CaseStatus.OPEN,
    Stand.SNOOZED: CaseStatus.SNOOZED,
    Stand.WITH_BOT: CaseStatus.PENDING,
    Stand.RESOLVED: CaseStatus.RESOLVED,
}
_STANDS = {
    CaseStatus.SNOOZED: Stand.SNOOZED,
    CaseStatus.PENDING: Stand.WITH_BOT,
    CaseStatus.RESOLVED: Stand.RESOLVED,
}


class ChatwootSurface:
    """One inbox; a case is a conversation there, named by its number."""

    def __init__(self, client: ChatwootClient) -> None:
        """Call by a client; it is closed with this."""
        self._client = client

    @property
    def name(self) -> str:
        """Return the surface's name."""
        return NAME

    async def open(self, case: Case) -> str:
        """Make a conversation, pending: agents see it when it is shown to wait."""
        contact = await self._client.contact(
            case.person_id, case.conversation_id, {"channel": case.facts.get("channel", "")}
        )
        return str(await self._client.open_case(contact, case.conversation_id, case.facts))

    async def post(self, place: str, lines: Sequence[Line], *, again: bool) -> Sequence[str]:
        """Post lines; what an attempt that was cut off has posted is not posted again."""
        there = await self._client.refs_of(int(place)) if again else {}
        return [
            str(there[line.ref] if line.ref in there else await self._write(int(place), line))
            for line in lines
        ]

    async def show(self, place: str, case: Case, standing: Standing) -> None:
        """Say what it is about and whose it is, and only then show or hide it."""
        number = int(place)
        labels = [case.reason, *([case.facts["channel"]] if "channel" in case.facts else [])]
        await self._client.describe(number, facts=case.facts, labels=labels, priority=case.priority)
        await self._client.assign(number, int(standing.account) if standing.account else None)
        await self._client.move(number, _STATUSES[standing.stand])

    async def look(self, place: str) -> Standing:
        """Return how the conversation stands there."""
        status, agent, until = await self._client.standing(int(place))
        if status is CaseStatus.OPEN:
            stand = Stand.WAITING if agent is None else Stand.WITH_AGENT
            return Standing(stand, None if agent is None else str(agent))
        wakes = datetime.fromtimestamp(until, UTC) if until else None
        return Standing(_STANDS[status], until=wakes)

    async def report(self, place: str, external_id: str, outcome: str) -> None:
        """Mark an agent's message as delivered or failed."""
        if outcome == "delivered":
            await self._client.show_delivered(int(place), int(external_id))
        else:
            await self._client.show_failed(int(place), int(external_id), outcome)

    async def close(self) -> None:
        """Close connections."""
        await self._client.close()

    async def _write(self, number: int, line: Line) -> int:
        return await self._client.write(
            number,
            line.text,
            ref=line.ref,
            is_theirs=line.author is Author.RECIPIENT,
            is_note=line.author is Author.NOTE,
            at=line.at,
        )
