"""Asks networks what became of messages whose receipts never came."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, runtime_checkable

import structlog

from bot.transactions import Transactions
from deliveries.errors import AssistantError
from deliveries.model.recipient import Channel
from deliveries.ports import Clock, UnitOfWork
from deliveries.services.messages.receipts import Receipt, take_receipt

FOLLOWED_AFTER_S = 600
# Networks drop what they could not deliver in ten hours; a day later nothing new is known.
_FOLLOWED_FOR = timedelta(hours=36)
_AT_ONCE = 50
_MOST_OFTEN_S, _LEAST_OFTEN_S = 1.0, 60.0

_log = structlog.get_logger()


@runtime_checkable
class ReportingNetwork(Protocol):
    """A network that tells what became of a message, if asked."""

    async def follow(self, provider_id: str) -> Receipt | None:
        """Return what became of a message; none: nothing is settled yet.

        Raises:
            UnavailableError: If the network cannot be asked now.
        """
        ...


@dataclass(eq=False)
class Following:
    """Follows every message to its end, though its receipt was lost.

    Attributes:
        networks: All; those that report are asked.
        after_s: A receipt later than that is asked for.
    """

    transactions: Transactions
    networks: Mapping[Channel, object]
    clock: Clock
    machine: Clock
    after_s: int = FOLLOWED_AFTER_S

    async def run(self) -> None:
        """Look and ask until cancelled."""
        while True:
            await asyncio.sleep(min(_LEAST_OFTEN_S, max(_MOST_OFTEN_S, self.after_s / 2)))
            try:
                await self.look()
            except AssistantError as error:
                _log.warning("following_failed", code=error.code)

    async def look(self) -> int:
        """Ask once after all messages whose time it is; return how many were settled."""
        settled = 0
        for channel, network in list(self.networks.items()):
            if not isinstance(network, ReportingNetwork):
                continue
            # After an outage thousands wait; who was asked after is not asked after again so soon.
            while provider_ids := await self._unsettled(channel):
                for provider_id in provider_ids:
                    settled += await self._follow(network, provider_id)
                if len(provider_ids) < _AT_ONCE:
                    break
        return settled

    async def _follow(self, network: ReportingNetwork, provider_id: str) -> bool:
        receipt = await network.follow(provider_id)
        if receipt is None:
            return False

        def keep(work: UnitOfWork) -> None:
            take_receipt(work, receipt, now=self.clock.now())

        await self.transactions.run(keep)
        _log.info("receipt_fetched", state=receipt.state.value)
        return True

    async def _unsettled(self, channel: Channel) -> Sequence[str]:
        now, technical_now = self.clock.now(), self.machine.now()

        def claim(work: UnitOfWork) -> list[str]:
            rows = work.outbox.claim_unconfirmed(
                channel,
                since=now - _FOLLOWED_FOR,
                until=now - timedelta(seconds=self.after_s),
                technical_now=technical_now,
                limit=_AT_ONCE,
            )
            for row in rows:
                # Asked again the more rarely the older it is; whoever else looks leaves it alone.
                age_s = (now - (row.sent_at or now)).total_seconds()
                wait_s = max(self.after_s, age_s / 2)
                row.next_attempt_at = technical_now + timedelta(seconds=wait_s)
            return [row.provider_id for row in rows if row.provider_id is not None]

        return await self.transactions.run(claim)
