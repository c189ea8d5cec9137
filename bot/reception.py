"""Where the channels hand in what they were sent: kept, answered 2xx, and worked meanwhile."""

from collections.abc import Sequence

import structlog

from bot.channels.telegram.updates import Blocked
from bot.inbox import Inbox
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.together import Together
from bot.transactions import Transactions
from bot.turns import Taken
from deliveries.model.message import OutboxState
from deliveries.model.recipient import Channel
from deliveries.ports import Clock, UnitOfWork, Vault
from deliveries.services.messages.receipts import Receipt, take_receipt
from deliveries.services.messages.receiving import Arrival, Received, note_blocked, receive

_log = structlog.get_logger()


class Reception:
    """Keeps arrivals and receipts, and wakes who works them."""

    def __init__(
        self,
        transactions: Transactions,
        inbox: Inbox,
        outbox: Outbox,
        clock: Clock,
        metrics: Metrics,
        vault: Vault,
    ) -> None:
        """Hand over to the inbox and the outbox."""
        self._transactions = transactions
        self._inbox = inbox
        self._outbox = outbox
        self._clock = clock
        self._metrics = metrics
        self._vault = vault
        self._receipts = Together[Receipt, str | None](transactions, self._keep_receipts)

    async def receive(self, arrival: Arrival) -> None:
        """Keep an arrival; it survives anything once this returns.

        Raises:
            ConflictError: If others were faster every time.
            UnavailableError: If it could not be kept: the network must send it again.
        """

        def keep(work: UnitOfWork) -> tuple[Received, Taken]:
            received = receive(work, arrival, vault=self._vault, now=self._clock.now())
            taken = Taken()
            if received.waits_for_turn:
                taken = self._inbox.take(work, received.conversation_id)
            elif received.is_new:
                taken = Taken(departures=tuple(self._outbox.claim(work)))
            return received, taken

        received, taken = await self._transactions.run(keep)
        self._inbox.go_on(received.conversation_id, taken)
        if received.is_new:
            self._metrics.count_received(arrival.channel)
        _log.info(
            "message_received",
            channel=arrival.channel.value,
            conversation_id=received.conversation_id,
            contact_id=received.contact_id,
            is_new=received.is_new,
        )

    async def report(self, receipt: Receipt) -> None:
        """Keep a receipt."""
        message = await self._receipts.run(receipt)
        _log.info("receipt_taken", message_id=message, state=receipt.state.value)
        if receipt.state is OutboxState.FAILED:
            # The same words may be in the outbox now for another contact.
            self._outbox.wake()

    def _keep_receipts(self, work: UnitOfWork, receipts: Sequence[Receipt]) -> Sequence[str | None]:
        now = self._clock.now()
        rows = work.outbox.lock_many([each.message_id for each in receipts if each.message_id])
        work.contacts.many([row.contact_id for row in rows])
        found = [take_receipt(work, receipt, now=now) for receipt in receipts]
        return [message.id if message else None for message in found]

    async def note_blocked(self, blocked: Blocked) -> None:
        """Keep that a person has blocked us on Telegram, or not any more."""
        await self._transactions.run(
            lambda work: note_blocked(
                work,
                Channel.TELEGRAM,
                blocked.address,
                is_blocked=blocked.is_blocked,
                now=self._clock.now(),
            )
        )
