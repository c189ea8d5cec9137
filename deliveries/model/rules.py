"""What a shipper may set: until when each option is open, what is forbidden, prices and limits.

``rules_form`` reads these from the JSON that operators write; ``services/committing/rules.py``
applies them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum

from deliveries.model.offer import OptionKind
from deliveries.model.personal import ContactAddress

DAYS_AHEAD = 7
COLLECTION_DAYS = 7
EXTENSIONS = 1
EXTENSION_DAYS = 3
NEIGHBOUR_DATA_DAYS = 14
ADDRESS_KM = 15
SECOND_TRY_MINUTES = 15
SHIFT_OPENS = time(8)
AFTER_FAILURE_UNTIL = time(22, 30)
HIGH_VALUE_FROM = 500_00
NOT_ME_MINUTES = 30
ARRIVING_M = 500
ETA_SHARE = 0.9
MISUNDERSTANDINGS = 2
TURNS = 8
# How soon a person should have answered, by how urgent it is: 1 is most urgent.
ANSWER_WITHIN: Mapping[int, timedelta] = {
    1: timedelta(minutes=5),
    2: timedelta(minutes=15),
    3: timedelta(minutes=30),
    4: timedelta(hours=2),
}


@dataclass(frozen=True)
class BeforeEta:
    """Closes so many minutes before the van is expected."""

    minutes: int


@dataclass(frozen=True)
class AtHour:
    """Closes at a local hour of the delivery's day, or of a day before it."""

    hour: time
    days_before: int = 0


@dataclass(frozen=True)
class AtLoading:
    """Closes when the parcel is put on a van; by the usual hour, if nobody reports it earlier."""

    usual: time = SHIFT_OPENS


type Cutoff = BeforeEta | AtHour | AtLoading


@dataclass(frozen=True)
class OptionRule:
    """Until when one option is open.

    Attributes:
        cutoffs: The earliest counts; none: the house's default.
        reopens: Open again after a failed attempt.
        after_failure_until: Hour of that evening; none: the shipper's for all options.
    """

    cutoffs: tuple[Cutoff, ...] = ()
    reopens: bool = True
    after_failure_until: time | None = None


class Reason(StrEnum):
    """Why an option is forbidden."""

    SHIPPER = "shipper"
    VALUE = "value"
    AGE_CHECK = "age_check"
    SIGNATURE = "signature"
    DANGEROUS = "dangerous"
    SIZE = "size"
    WEIGHT = "weight"


@dataclass(frozen=True)
class Condition:
    """Which parcels a prohibition is about: those for which everything that is set holds.

    Attributes:
        value_over: In the minor unit of the parcels' currency: shippers trade in one.
        size_over: Larger than this compartment's size.
    """

    value_over: int | None = None
    weight_over_g: int | None = None
    size_over: str | None = None
    age_check: bool = False
    signature: bool = False
    dangerous: bool = False


@dataclass(frozen=True)
class Prohibition:
    """An option that is not open to some parcels.

    Attributes:
        option: A kind of option, or ``locker`` or ``shop``, of which ``pickup_point`` is both.
    """

    option: str
    condition: Condition = field(default_factory=Condition)


@dataclass(frozen=True)
class Price:
    """What a shipper takes for an option; shown and written down, charged nowhere."""

    minor: int
    currency: str


@dataclass(frozen=True)
class IdentityRule:
    """How sure a shipper wants to be of who makes a change (see ``services/identity/risks.py``).

    Attributes:
        code_always_for: Options that need a code whoever chooses them.
        high_value_from: From this value on, in the minor unit, giving a parcel to somebody else
            needs a code.
        not_me_minutes: For so long anybody on the delivery may say that a change was not theirs.
    """

    code_always_for: frozenset[OptionKind] = frozenset()
    high_value_from: int = HIGH_VALUE_FROM
    not_me_minutes: int = NOT_ME_MINUTES


class LegalBasis(StrEnum):
    """On what ground notices are sent.

    ``us_exempt`` is 47 CFR 64.1200(a)(9)(i): without consent, one notice of at most 160 characters
    a parcel, and one for each further attempt that lacked a signature.
    """

    CONTRACT_EU = "contract_eu"
    CONSENTED = "consented"
    US_EXEMPT = "us_exempt"


@dataclass(frozen=True)
class MessageRules:
    """How much a shipper's recipients are told.

    Attributes:
        notices: At most so many a parcel and attempt; none: as the legal basis says.
        weight: How many messages its turn has where shippers wait for one sender.
    """

    basis: LegalBasis = LegalBasis.CONTRACT_EU
    notices: int | None = None
    weight: int = 1


@dataclass(frozen=True)
class NoticeRule:
    """What a shipper lets recipients know of the van that comes to them.

    Attributes:
        arriving_m: From this distance on, the van that comes next is "arriving"; 0: never told.
        live_location: Telegram may show where the van is while the stop is next.
        rating: They are asked once how it went.
        eta_share: How often an arrival is to be inside the window told, once that is measured.
    """

    arriving_m: int = ARRIVING_M
    live_location: bool = False
    rating: bool = False
    eta_share: float = ETA_SHARE


@dataclass(frozen=True)
class SupportRule:
    """When staff answer a shipper's recipients, in local time at the address.

    Attributes:
        opens: None, or ``closes``: at any hour.
        days: ISO weekdays.
        returns_silently: People are not told when the assistant is back.
        on_call: Numbers in E.164 of staff who hear of the most urgent matters at any hour.
        answer_within: How soon a person should have answered, by priority.
        misunderstandings: After so many in a row a person takes over.
        turns: After so many that settled nothing a person takes over.
    """

    opens: time | None = None
    closes: time | None = None
    days: frozenset[int] = frozenset(range(1, 8))
    returns_silently: bool = False
    on_call: tuple[ContactAddress, ...] = ()
    answer_within: Mapping[int, timedelta] = field(default_factory=lambda: ANSWER_WITHIN)
    misunderstandings: int = MISUNDERSTANDINGS
    turns: int = TURNS


@dataclass(frozen=True)
class ShipperRules:
    """A shipper's rules; what is not set is the house's.

    Attributes:
        written: The JSON they were read from, as the shipper wrote it.
        changes: How often one delivery may be changed; none: without limit.
        collection_days: For how many days a parcel waits at a pickup point.
        extensions: How often that time may be made longer, each time by ``extension_days``.
        neighbour_data_days: How long after a delivery's end a neighbour's number is kept.
        address_km: How far another address may be from the first.
        second_try_minutes: How much driving a second try on the same route may add.
        attempts: How often a parcel is tried before it goes back; none: the shipper decides.
        messages: How much recipients are told, and on what ground.
        support: When staff answer them.
    """

    written: Mapping[str, object] = field(default_factory=dict)
    options: Mapping[OptionKind, OptionRule] = field(default_factory=dict)
    after_failure_until: time = AFTER_FAILURE_UNTIL
    days_ahead: int = DAYS_AHEAD
    prohibitions: tuple[Prohibition, ...] = ()
    prices: Mapping[OptionKind, Price] = field(default_factory=dict)
    changes: int | None = None
    identity: IdentityRule = field(default_factory=IdentityRule)
    collection_days: int = COLLECTION_DAYS
    extensions: int = EXTENSIONS
    extension_days: int = EXTENSION_DAYS
    neighbour_data_days: int = NEIGHBOUR_DATA_DAYS
    address_km: int = ADDRESS_KM
    second_try_minutes: int = SECOND_TRY_MINUTES
    attempts: int | None = None
    notices: NoticeRule = field(default_factory=NoticeRule)
    messages: MessageRules = field(default_factory=MessageRules)
    support: SupportRule = field(default_factory=SupportRule)


def _prohibitions(options: str, **condition: bool | int) -> tuple[Prohibition, ...]:
    return tuple(
        Prohibition(option, Condition(**condition))  # type: ignore[arg-type]  # by keyword
        for option in options.split()
    )


# What law and machines demand of every shipper; their own prohibitions come on top. Lockers take
# parcels up to 25 kg (InPost: https://inpost.co.uk/send-parcels/size-guide and its like elsewhere).
ALWAYS: tuple[Prohibition, ...] = (
    *_prohibitions("neighbour safe_place locker signature", age_check=True),
    *_prohibitions("safe_place locker", signature=True),
    *_prohibitions("neighbour safe_place locker shop", dangerous=True),
    *_prohibitions("locker", weight_over_g=25_000),
)
