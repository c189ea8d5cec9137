"""Rows of a day as operators write them: checked by field, every problem named by its line."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers

from deliveries.errors import InvalidInputError
from deliveries.model.delivery import Parcel
from deliveries.model.network import Break, CompartmentSize, Coordinates, PickupPointKind
from deliveries.model.personal import ContactAddress
from deliveries.model.rules_form import FORBIDDABLE, read_rules
from deliveries.services.pickup_points.opening import opening_hours

SERVICE_MINUTES = 3
POINT_SERVICE_MINUTES = 3
YES_OR_NO = {"yes": True, "no": False, "true": True, "false": False}
LANGUAGES = ("en", "es", "de", "fr")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field of one line; never the value itself."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        """Read like a compiler's message."""
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


@dataclass(frozen=True)
class Source:
    """One line of one file, as names and raw values."""

    file: str
    line: int
    values: Mapping[str, object]


@dataclass(frozen=True)
class ShipperRow:
    """A shipper as written.

    Attributes:
        rules: Only what the line sets; the rest of what is known stays.
    """

    id: str
    name: str
    country: str
    rules: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class DepotRow:
    """A depot as written."""

    id: str
    name: str
    at: Coordinates
    zone: str


@dataclass(frozen=True)
class VehicleRow:
    """A vehicle as written."""

    id: str
    depot_id: str
    driver_name: str
    capacity: int
    shift_start: time
    shift_end: time
    breaks: tuple[Break, ...]


@dataclass(frozen=True)
class PointRow:
    """A pickup point as written."""

    id: str
    kind: PickupPointKind
    name: str
    address: str
    at: Coordinates
    zone: str
    opening_hours: str
    compartments: Mapping[str, int]
    service_duration_s: int


@dataclass(frozen=True)
class DeliveryRow:
    """A delivery as written; times are local at the address.

    Attributes:
        recipient_zone: Where the recipient lives by the clock, if not by the address's.
    """

    reference: str
    shipper_id: str
    depot_id: str
    parcel: Parcel
    recipient_name: str
    phone: ContactAddress
    more_phones: tuple[ContactAddress, ...]
    language: str
    recipient_zone: str | None
    address_line: str
    postcode: str
    city: str
    at: Coordinates
    day: date
    window: tuple[time, time] | None
    load: int
    service_duration_s: int
    forbidden_options: tuple[str, ...]
    requires_pin: bool


class RowReader:
    """Reads the fields of one line and collects what is wrong with them."""

    def __init__(self, source: Source) -> None:
        """Read a line."""
        self._source = source
        self.problems: list[Problem] = []

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there."""
        value = self._raw(name)
        if value is None and default is None:
            self.complain(name, "is missing")
        return default or "" if value is None else value

    def whole(self, name: str, default: int | None = None) -> int:
        """Return a whole number above zero."""
        return self._parsed(name, _whole, default, 1)

    def amount(self, name: str) -> int:
        """Return a whole number; none where nothing is written."""
        return self.whole(name) if self.text(name, "0") != "0" else 0

    def yes_or_no(self, name: str) -> bool:
        """Return whether it says yes, or true as JSON has it; nothing written is no."""
        word = self.text(name, "no").lower()
        if word not in YES_OR_NO:
            self.complain(name, f"is none of {', '.join(YES_OR_NO)}")
        return YES_OR_NO.get(word, False)

    def one_of(self, name: str, allowed: Sequence[str], default: str | None = None) -> str:
        """Return one of the allowed words."""
        value = self.text(name, default)
        if value and value not in allowed:
            self.complain(name, f"is none of {', '.join(allowed)}")
            return allowed[0]
        return value or allowed[0]

    def hour(self, name: str) -> time:
        """Return a local hour, ``HH:MM``."""
        return self._parsed(name, time.fromisoformat, None, time())

    def optional_hour(self, name: str) -> time | None:
        """Return a local hour, if there is one."""
        return None if self._raw(name) is None else self.hour(name)

    def day(self, name: str, default: date) -> date:
        """Return a day, ``YYYY-MM-DD``."""
        return self._parsed(name, date.fromisoformat, default, default)

    def at(self) -> Coordinates:
        """Return the point in the fields ``lat`` and ``lon``."""
        lat = self._parsed("lat", float, None, 0.0)
        lon = self._parsed("lon", float, None, 0.0)
        try:
            return Coordinates(lat, lon)
        except ValueError:
            self.complain("lat", "is off the globe, or longitude is")
            return Coordinates(0.0, 0.0)

    def zone(self, name: str) -> str:
        """Return an IANA zone."""
        return self._parsed(name, lambda value: ZoneInfo(value).key, None, "UTC")

    def optional_zone(self, name: str) -> str | None:
        """Return an IANA zone, if there is one."""
        return None if self._raw(name) is None else self.zone(name)

    def phone(self, name: str, country: str) -> ContactAddress:
        """Return a number in E.164.

        Numbers reserved for fiction are possible but never assigned, so "valid" is not asked for.
        """
        return self._parsed(
            name, lambda value: ContactAddress(_e164(value, country)), None, ContactAddress("")
        )

    def phones(self, names: Sequence[str], country: str) -> tuple[ContactAddress, ...]:
        """Return further numbers in E.164: columns of one each, or a list as JSON writes it."""
        found: dict[ContactAddress, None] = {}
        for name in names:
            for value in self._several(name):
                try:
                    found[ContactAddress(_e164(value, country))] = None
                except (ValueError, phonenumbers.NumberParseException):
                    self.complain(name, "cannot be read")
        return tuple(found)

    def opening_hours(self, name: str) -> str:
        """Return opening hours in OpenStreetMap's syntax."""
        value = self.text(name)
        try:
            opening_hours(value)
        except InvalidInputError:
            self.complain(name, "is not in OpenStreetMap's opening_hours syntax")
        return value

    def words(self, name: str, allowed: Sequence[str]) -> tuple[str, ...]:
        """Return words set apart by blanks or commas."""
        words = tuple((self._raw(name) or "").replace(",", " ").split())
        if not set(words) <= set(allowed):
            self.complain(name, f"has a word that is none of {', '.join(allowed)}")
        return words

    def complain(self, name: str, message: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self._source.file, self._source.line, name, message))

    def _raw(self, name: str) -> str | None:
        value = self._source.values.get(name)
        text = "" if value is None else str(value).strip()
        return text or None

    def _several(self, name: str) -> list[str]:
        """Return the values of a list of texts or of objects with a ``phone``, or the one text."""
        value = self._source.values.get(name)
        if not isinstance(value, list | tuple):
            text = self._raw(name)
            return [text] if text else []
        given = [each.get("phone") if isinstance(each, Mapping) else each for each in value]
        return [str(each).strip() for each in given]

    def _parsed[T](self, name: str, parse: Callable[[str], T], default: T | None, blank: T) -> T:
        value = self._raw(name)
        if value is None:
            if default is None:
                self.complain(name, "is missing")
            return blank if default is None else default
        try:
            return parse(value)
        except (ValueError, ZoneInfoNotFoundError, phonenumbers.NumberParseException):
            self.complain(name, "cannot be read")
            return blank


def read_shipper(reader: RowReader) -> ShipperRow:
    """Read a shipper."""
    return ShipperRow(
        id=reader.text("id"),
        name=reader.text("name"),
        country=reader.text("country", "GB"),
        rules=_rules(reader),
    )


def read_depot(reader: RowReader) -> DepotRow:
    """Read a depot."""
    return DepotRow(reader.text("id"), reader.text("name"), reader.at(), reader.zone("zone"))


def read_vehicle(reader: RowReader) -> VehicleRow:
    """Read a vehicle; a break is written as minutes and the local hours it may start between."""
    start, end = reader.hour("shift_start"), reader.hour("shift_end")
    if start >= end:
        reader.complain("shift_end", "is not after shift_start")
    breaks: tuple[Break, ...] = ()
    if reader.text("break_minutes", "0") != "0":
        pause = reader.whole("break_minutes") * 60
        breaks = (Break(pause, reader.hour("break_earliest"), reader.hour("break_latest")),)
    return VehicleRow(
        reader.text("id"),
        reader.text("depot_id"),
        reader.text("driver_name"),
        reader.whole("capacity"),
        start,
        end,
        breaks,
    )


def read_point(reader: RowReader) -> PointRow:
    """Read a pickup point; ``compartments_s`` and so on say how many parcels of a size it takes."""
    sizes = {
        size.value: int(count)
        for size in CompartmentSize
        if (count := reader.text(f"compartments_{size.value.lower()}", "0")).isdecimal()
    }
    if len(sizes) < len(CompartmentSize):
        reader.complain("compartments", "are not whole numbers")
    return PointRow(
        id=reader.text("id"),
        kind=PickupPointKind(reader.one_of("kind", [kind.value for kind in PickupPointKind])),
        name=reader.text("name"),
        address=reader.text("address"),
        at=reader.at(),
        zone=reader.zone("zone"),
        opening_hours=reader.opening_hours("opening_hours"),
        compartments=sizes,
        service_duration_s=reader.whole("service_minutes", POINT_SERVICE_MINUTES) * 60,
    )


def read_delivery(reader: RowReader, *, country: str, service_day: date) -> DeliveryRow:
    """Read a delivery.

    Args:
        reader: The line.
        country: Region of numbers written without a country code.
        service_day: The day, where the line names none.
    """
    start, end = reader.optional_hour("window_start"), reader.optional_hour("window_end")
    if (start is None) != (end is None) or (start and end and start >= end):
        reader.complain("window_end", "needs a window_start before it")
        start = end = None
    return DeliveryRow(
        reference=reader.text("reference"),
        shipper_id=reader.text("shipper_id"),
        depot_id=reader.text("depot_id"),
        parcel=_parcel(reader),
        recipient_name=reader.text("recipient_name"),
        phone=reader.phone("phone", country),
        more_phones=reader.phones(("phone_2", "phone_3", "contacts"), country),
        language=reader.one_of("language", LANGUAGES, "en"),
        recipient_zone=reader.optional_zone("recipient_zone"),
        address_line=reader.text("address"),
        postcode=reader.text("postcode", ""),
        city=reader.text("city"),
        at=reader.at(),
        day=reader.day("date", service_day),
        window=(start, end) if start and end else None,
        load=reader.whole("load", 1),
        service_duration_s=reader.whole("service_minutes", SERVICE_MINUTES) * 60,
        requires_pin=reader.yes_or_no("requires_pin"),
        forbidden_options=reader.words("forbidden_options", FORBIDDABLE),
    )


def _parcel(reader: RowReader) -> Parcel:
    currency = reader.text("currency", "")
    value_minor = reader.amount("value_minor")
    if value_minor and not currency:
        reader.complain("currency", "is missing beside a value")
    return Parcel(
        tracking_number=reader.text("tracking_number"),
        description=reader.text("description", ""),
        compartment=CompartmentSize(
            reader.one_of("compartment", [size.value for size in CompartmentSize], "M")
        ),
        value_minor=value_minor,
        currency=currency,
        weight_g=reader.amount("weight_g"),
        requires_age_check=reader.yes_or_no("age_check"),
        requires_signature=reader.yes_or_no("signature"),
        is_dangerous=reader.yes_or_no("dangerous"),
    )


def _rules(reader: RowReader) -> dict[str, object]:
    """Read a shipper's rules: all of them as JSON, and the commonest from columns of their own."""
    rules: dict[str, object] = {}
    forbidden = reader.words("forbidden_options", FORBIDDABLE)
    if forbidden:
        rules["forbidden"] = list(forbidden)
    if reader.text("days_ahead", ""):
        rules["days_ahead"] = reader.whole("days_ahead")
    try:
        written = json.loads(reader.text("rules", "{}"))
        rules = {**read_rules(written).written, **rules}
        read_rules(rules)
    except InvalidInputError as error:
        reader.complain("rules", str(error))
    except ValueError:
        reader.complain("rules", "is no JSON")
    return rules


def _whole(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError(value)
    return number


def _e164(value: str, country: str) -> str:
    number = phonenumbers.parse(value, country)
    if not phonenumbers.is_possible_number(number):
        raise ValueError(country)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
