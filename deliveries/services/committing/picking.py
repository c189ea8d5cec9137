"""A choice that was picked and is more than one preference: what its own module needs of it."""

from dataclasses import dataclass
from datetime import datetime

from deliveries.model.conversation import Conversation
from deliveries.model.offer import Offer, Option
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.committing.offering import close_offer
from deliveries.services.conversing.turns import Answer, Heard, settle, understood


@dataclass(frozen=True)
class Pick:
    """The option, its offer and whose it is, inside one unit of work."""

    work: UnitOfWork
    conversation: Conversation
    offer: Offer
    option: Option
    heard: Heard

    def answer(self, *sayings: Saying, now: datetime) -> Answer:
        """Close the offer as chosen, and answer."""
        close_offer(self.work, self.offer.id, now=now)
        self.offer.chosen_option_id = self.option.id
        understood(self.conversation, None)
        return settle(self.work, self.heard, sayings, now=now)
