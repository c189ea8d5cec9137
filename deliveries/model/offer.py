"""What a person is shown to choose from, and the capacity kept for them meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from deliveries.model.saying import Fact, Saying
from deliveries.model.window import TimeWindow


class OptionKind(StrEnum):
    """What choosing an option does."""

    GOAL = "goal"
    DELIVERIES = "deliveries"
    WINDOW = "window"
    NEIGHBOUR = "neighbour"
    SAFE_PLACE = "safe_place"
    PICKUP_POINT = "pickup_point"
    ADDRESS = "address"
    SIGNATURE = "signature"
    DOOR = "door"
    AWAY = "away"
    STANDING = "standing"
    TRY_AGAIN = "try_again"
    REFUSE = "refuse"
    RESTORE = "restore"
    DISMISS = "dismiss"
    CODE = "code"
    TAKE_IN = "take_in"
    NOT_ME = "not_me"


# What leads on in a menu and changes no delivery.
IN_MENUS_ONLY = frozenset(
    {
        OptionKind.GOAL,
        OptionKind.DELIVERIES,
        OptionKind.DISMISS,
        OptionKind.CODE,
        OptionKind.TAKE_IN,
        OptionKind.NOT_ME,
    }
)


@dataclass(frozen=True)
class Option:
    """One thing to choose.

    Attributes:
        id: Opaque, at most 64 bytes: a Telegram button's data.
        label: How it reads in a menu, as a name of the catalogue with facts.
        details: What the choice needs to be carried out, JSON values.
        words: Option words that choose it when typed alone, besides its digit.
        cutoff_at: From this instant on it can no longer be chosen.
        hold_id: The capacity kept for it.
    """

    id: str
    kind: OptionKind
    label: Saying
    details: Mapping[str, Fact] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    cutoff_at: datetime | None = None
    hold_id: str | None = None


@dataclass(eq=False)
class Offer:
    """A menu shown to one person about some deliveries.

    Attributes:
        id: Prefix of its options' ids.
        expires_at: When its holds end.
        closed_at: When one of its options was chosen, or a newer offer took its place.
        sought: Windows that were wished for and refused at once, still to be looked for; none:
            nothing is.
    """

    id: str
    conversation_id: str
    delivery_ids: tuple[str, ...]
    options: tuple[Option, ...]
    created_at: datetime
    expires_at: datetime
    closed_at: datetime | None = None
    chosen_option_id: str | None = None
    sought: tuple[TimeWindow, ...] | None = None

    def option(self, option_id: str) -> Option | None:
        """Return the option with that id, if it is one of ours."""
        return next((option for option in self.options if option.id == option_id), None)


class HoldState(StrEnum):
    """The life of a hold."""

    HELD = "held"
    COMMITTED = "committed"
    RELEASED = "released"


@dataclass(eq=False)
class Hold:
    """Capacity kept while a person decides.

    Attributes:
        resource: What is kept, such as ``compartment:<pickup point>:<size>``.
    """

    id: str
    resource: str
    quantity: int
    offer_id: str
    expires_at: datetime
    state: HoldState = HoldState.HELD
