"""The promise to hand parcels to one recipient, at one place, in one window."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from deliveries.model.network import CompartmentSize, Coordinates
from deliveries.model.window import TimeWindow


class DeliveryStatus(StrEnum):
    """Where the promise stands; delay is a fact beside it, not a status."""

    PENDING = "pending"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    READY_FOR_PICKUP = "ready_for_pickup"
    DELIVERED = "delivered"
    DELIVERY_FAILED = "delivery_failed"
    ON_HOLD = "on_hold"
    RETURN_TO_SENDER = "return_to_sender"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


FINAL_STATUSES = frozenset(
    {DeliveryStatus.DELIVERED, DeliveryStatus.RETURN_TO_SENDER, DeliveryStatus.CANCELLED}
)


@dataclass(frozen=True)
class Parcel:
    """One physical item with one tracking number.

    Attributes:
        value_minor: In the currency's minor unit (pence, cents); 0 where nobody told.
        weight_g: In grams; 0 where nobody told.
    """

    tracking_number: str
    description: str = ""
    compartment: CompartmentSize = CompartmentSize.M
    value_minor: int = 0
    currency: str = ""
    weight_g: int = 0
    requires_age_check: bool = False
    requires_signature: bool = False
    is_dangerous: bool = False


def comparable_number(tracking_number: str) -> str:
    """Return a tracking number as it is compared: people write it with and without spaces."""
    return tracking_number.replace(" ", "").upper()


class PlaceKind(StrEnum):
    """To whom or where a delivery goes."""

    ADDRESS = "address"
    NEIGHBOUR = "neighbour"
    SAFE_PLACE = "safe_place"
    PICKUP_POINT = "pickup_point"


@dataclass(frozen=True)
class Place:
    """Where the parcels are handed over; coordinates only where they are not the address's."""

    kind: PlaceKind = PlaceKind.ADDRESS
    name: str | None = None
    house_number: str | None = None
    words: str | None = None
    pickup_point_id: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True)
class DoorNeeds:
    """What the recipient needs of the driver at the door.

    Attributes:
        minutes: How much longer than usual it takes them to answer.
        needs: Of ``describing.DOOR_NEEDS``.
        words: Their own, where none of those says it.
    """

    minutes: int = 0
    needs: tuple[str, ...] = ()
    words: str | None = None


@dataclass(eq=False)
class Delivery:
    """One delivery from import to its end.

    Attributes:
        reference: The shipper's own id; unique per shipper, so an import can be repeated.
        date: The service day at the address.
        window_start: Start of what the planner must keep, with ``window_end``; none: any time.
        promised_start: Start of what the recipient was last told, with ``promised_end``.
        load: Units of the vehicle's capacity.
        access_ciphertext: Access instructions, sealed by the vault; for the driver only.
        door: What the recipient needs at the door.
        signature_released: The recipient took it on themselves that nobody signs.
        forbidden_options: Option kinds the shipper forbids for these parcels.
        eta_at: When the van is expected to arrive, from the newest route.
        failed_reason: Why the last attempt failed.
        contact_id: The contact it was booked with; codes for risky changes go there.
        booked_at: When we first heard of it; what a contact proved before, it did not prove for
            this parcel.
        requires_pin: It is handed over to whoever tells the driver the PIN.
        notices_stopped_at: Since when its recipient wants no notices about it.
        erased_at: When what tells to whom it went was taken away.
    """

    id: str
    reference: str
    shipper_id: str
    depot_id: str
    person_id: str
    recipient_name: str
    address_line: str
    postcode: str
    city: str
    lat: float
    lon: float
    zone: str
    date: date
    parcels: tuple[Parcel, ...]
    load: int = 1
    service_duration_s: int = 180
    status: DeliveryStatus = DeliveryStatus.PENDING
    status_at: datetime | None = None
    window_start: datetime | None = None
    window_end: datetime | None = None
    promised_start: datetime | None = None
    promised_end: datetime | None = None
    place: Place = field(default_factory=Place)
    forbidden_options: tuple[str, ...] = ()
    access_ciphertext: bytes | None = None
    door: DoorNeeds | None = None
    signature_released: bool = False
    attempts: int = 0
    failed_reason: str | None = None
    route_id: str | None = None
    stop_id: str | None = None
    eta_at: datetime | None = None
    loaded_at: datetime | None = None
    handed_to: str | None = None
    proof_url: str | None = None
    contact_id: str | None = None
    booked_at: datetime | None = None
    requires_pin: bool = False
    notices_stopped_at: datetime | None = None
    erased_at: datetime | None = None
    version: int = 1

    def strip(self, lat: float, lon: float, *, now: datetime) -> None:
        """Take away what tells to whom it went and where; days still count it.

        Args:
            lat: Where it is said to be instead, with ``lon``: its depot.
            lon: Of the depot, in degrees.
            now: The day's time.
        """
        self.recipient_name = self.address_line = self.postcode = self.city = ""
        self.lat, self.lon = lat, lon
        self.parcels = tuple(Parcel("") for _ in self.parcels)
        self.place = Place(self.place.kind, pickup_point_id=self.place.pickup_point_id)
        self.access_ciphertext = self.door = self.failed_reason = None
        self.handed_to = self.proof_url = self.contact_id = None
        self.erased_at = now

    @property
    def is_final(self) -> bool:
        """Nothing more will happen to it."""
        return self.status in FINAL_STATUSES

    @property
    def at(self) -> Coordinates:
        """Where the van must go for it."""
        if self.place.lat is not None and self.place.lon is not None:
            return Coordinates(self.place.lat, self.place.lon)
        return Coordinates(self.lat, self.lon)

    @property
    def window(self) -> TimeWindow | None:
        """What the planner must keep."""
        if self.window_start is None or self.window_end is None:
            return None
        return TimeWindow(self.window_start, self.window_end)

    @property
    def promised(self) -> TimeWindow | None:
        """What the recipient was last told."""
        if self.promised_start is None or self.promised_end is None:
            return None
        return TimeWindow(self.promised_start, self.promised_end)

    @property
    def largest_compartment(self) -> CompartmentSize:
        """The compartment size that takes its largest parcel."""
        sizes = list(CompartmentSize)
        return max((parcel.compartment for parcel in self.parcels), key=sizes.index)

    @property
    def value_minor(self) -> int:
        """What its parcels are worth together, in the minor unit of their currency."""
        return sum(parcel.value_minor for parcel in self.parcels)

    @property
    def weight_g(self) -> int:
        """The weight of its heaviest parcel."""
        return max(parcel.weight_g for parcel in self.parcels)

    @property
    def requires_age_check(self) -> bool:
        """Somebody's age must be checked at the door."""
        return any(parcel.requires_age_check for parcel in self.parcels)

    @property
    def requires_signature(self) -> bool:
        """Somebody must sign for it."""
        return any(parcel.requires_signature for parcel in self.parcels)

    @property
    def is_dangerous(self) -> bool:
        """It holds dangerous goods."""
        return any(parcel.is_dangerous for parcel in self.parcels)

    def keep_to(self, window: TimeWindow) -> None:
        """Make the window a constraint of the planner."""
        self.window_start, self.window_end = window.start, window.end

    def promise(self, window: TimeWindow) -> None:
        """Note what the recipient is told."""
        self.promised_start, self.promised_end = window.start, window.end

    def move_to(self, status: DeliveryStatus, *, now: datetime) -> None:
        """Change the status; a final one stays.

        What was told in confidence for the door is forgotten once nobody goes there any more.
        """
        if not self.is_final:
            self.status, self.status_at = status, now
        if self.is_final or status is DeliveryStatus.READY_FOR_PICKUP:
            self.access_ciphertext = None
