"""Takes in what agents do on other surfaces."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.surfaces.following import Follower
from bot.transactions import Transactions
from deliveries.ports import Clock, UnitOfWork
from deliveries.services.surfaces import hearing
from deliveries.staff_surfaces import Moved, StaffWebhook, Words

_log = structlog.get_logger()


class Ears:
    """Keeps what an agent did, and lets the followers tell the outcome."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        """Hear for followers that are added later."""
        self._transactions = transactions
        self._clock = clock
        self.followers: dict[str, Follower] = {}

    async def hear(self, said: Sequence[Words]) -> None:
        """Send or keep what an agent wrote.

        Raises:
            ConflictError: If others were faster every time.
            UnavailableError: If it could not be kept: the surface must send it again.
        """
        for words in said:

            def keep(work: UnitOfWork, words: Words = words) -> bool:
                return hearing.hear(work, words, now=self._clock.now())

            is_new = await self._transactions.run(keep)
            _log.info("staff_wrote", surface=words.surface, is_new=is_new, is_note=words.is_note)
            self._wake(words.surface)

    async def obey(self, surface: str, place: str, account: str, command: str) -> None:
        """Do what an agent's button is for."""
        await self._transactions.run(
            lambda work: hearing.command(
                work, surface, place, account, command, now=self._clock.now()
            )
        )
        self._wake(surface)

    async def ask(self, surface: str, place: str) -> None:
        """Ask how a case stands that was moved on a surface."""
        await self._transactions.run(lambda work: hearing.ask_to_look(work, surface, place))
        self._wake(surface)

    def wake(self) -> None:
        """Let every follower look at once."""
        for follower in self.followers.values():
            follower.wake()

    async def close(self) -> None:
        """Close the surfaces' connections."""
        for follower in self.followers.values():
            await follower.close()

    def _wake(self, surface: str) -> None:
        follower = self.followers.get(surface)
        if follower is not None:
            follower.wake()


@dataclass(frozen=True)
class SurfaceReports:
    """What a surface reports to our webhook: done here before it is answered, without a call."""

    name: str
    webhook: StaffWebhook
    ears: Ears

    def greet(self, query: Mapping[str, str]) -> str | None:
        """Return none: surfaces do not greet."""
        del query
        return None

    def is_genuine(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Say whether the surface sent this."""
        return self.webhook.is_genuine(headers, body)

    async def keep(self, body: bytes) -> None:
        """Do what an agent did there.

        Raises:
            UnreadableError: If it cannot be read.
        """
        heard = self.webhook.read(body)
        if isinstance(heard, Words):
            await self.ears.hear([heard])
        elif isinstance(heard, Moved):
            await self.ears.ask(self.name, heard.place)
