"""What the operators' API works with."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.wording.render import Wording
from deliveries.ports import Clock, UnitOfWorkFactory, Vault
from deliveries.services.conversing.turns import Desk


@dataclass(frozen=True)
class Dependencies:
    """What the routes need.

    Attributes:
        clock: The day's time.
        api_key: The operators' bearer key; none: the API is closed.
        wording: Words for drivers' notes and for what a recipient would read.
        bot_username: Tells the Telegram bot's name, once it is known.
    """

    unit_of_work: UnitOfWorkFactory
    desk: Desk
    clock: Clock
    api_key: str | None
    vault: Vault
    wording: Wording
    bot_username: Callable[[], str | None] = lambda: None
