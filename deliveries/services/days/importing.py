"""Taking in a day: rows into shippers, depots, vehicles, pickup points, people and deliveries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from deliveries.model.conversation import Conversation
from deliveries.model.delivery import Delivery, DeliveryStatus
from deliveries.model.ids import new_id
from deliveries.model.network import Depot, PickupPoint, Shipper, Vehicle
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel, Contact, CoRecipient, Person
from deliveries.model.rules_form import read_rules
from deliveries.ports import UnitOfWork
from deliveries.services.days.rows import (
    DeliveryRow,
    DepotRow,
    PointRow,
    Problem,
    RowReader,
    ShipperRow,
    Source,
    VehicleRow,
    read_delivery,
    read_depot,
    read_point,
    read_shipper,
    read_vehicle,
)
from deliveries.services.wishes.standing import carry_over

DEFAULT_COUNTRY = "GB"


@dataclass(frozen=True)
class DaySources:
    """The lines of a day's files, by what they hold."""

    shippers: Sequence[Source] = ()
    depots: Sequence[Source] = ()
    vehicles: Sequence[Source] = ()
    pickup_points: Sequence[Source] = ()
    deliveries: Sequence[Source] = ()


@dataclass(frozen=True)
class DayRows:
    """A day that was read: what is good of it, and what is wrong with the rest."""

    shippers: tuple[ShipperRow, ...] = ()
    depots: tuple[DepotRow, ...] = ()
    vehicles: tuple[VehicleRow, ...] = ()
    pickup_points: tuple[PointRow, ...] = ()
    deliveries: tuple[DeliveryRow, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class Summary:
    """How many of each were taken in."""

    shippers: int = 0
    depots: int = 0
    vehicles: int = 0
    pickup_points: int = 0
    new_deliveries: int = 0
    known_deliveries: int = 0
    delivery_ids: list[str] = field(default_factory=list)


def read_day(work: UnitOfWork, sources: DaySources, *, service_day: date) -> DayRows:
    """Check every line, against the files themselves and what is known already."""
    problems: list[Problem] = []
    shippers = _read(sources.shippers, read_shipper, problems)
    depots = _read(sources.depots, read_depot, problems)
    countries = {row.id: row.country for row in shippers}
    deliveries = []
    for source in sources.deliveries:
        shipper_id = str(source.values.get("shipper_id") or "").strip()
        known = work.shippers.find(shipper_id)
        reader = RowReader(source)
        country = countries.get(shipper_id) or (known.country if known else DEFAULT_COUNTRY)
        row = read_delivery(reader, country=country, service_day=service_day)
        if shipper_id not in countries and known is None:
            reader.complain("shipper_id", "is not known")
        _require_depot(work, depots, row.depot_id, reader)
        problems += reader.problems
        if not reader.problems:
            deliveries.append(row)
    vehicles = []
    for source in sources.vehicles:
        reader = RowReader(source)
        vehicle = read_vehicle(reader)
        _require_depot(work, depots, vehicle.depot_id, reader)
        problems += reader.problems
        if not reader.problems:
            vehicles.append(vehicle)
    return DayRows(
        tuple(shippers),
        tuple(depots),
        tuple(vehicles),
        tuple(_read(sources.pickup_points, read_point, problems)),
        tuple(deliveries),
        tuple(problems),
    )


def take_in(work: UnitOfWork, day: DayRows, *, now: datetime) -> Summary:
    """Keep the rows; what is known already is brought up to date.

    A delivery that has departed, or that its recipient has changed, keeps its day, window and
    place: only what describes it follows the file.
    """
    summary = Summary()
    for shipper in day.shippers:
        _keep_shipper(work, shipper)
        summary.shippers += 1
    for depot in day.depots:
        _keep_depot(work, depot)
        summary.depots += 1
    for vehicle in day.vehicles:
        _keep_vehicle(work, vehicle)
        summary.vehicles += 1
    for point in day.pickup_points:
        _keep_point(work, point)
        summary.pickup_points += 1
    for row in day.deliveries:
        _keep_delivery(work, row, summary, now=now)
    return summary


def _read[Row](
    sources: Sequence[Source], read: Callable[[RowReader], Row], problems: list[Problem]
) -> list[Row]:
    rows = []
    for source in sources:
        reader = RowReader(source)
        row = read(reader)
        problems += reader.problems
        if not reader.problems:
            rows.append(row)
    return rows


def _require_depot(
    work: UnitOfWork, depots: Sequence[DepotRow], depot_id: str, reader: RowReader
) -> None:
    if all(row.id != depot_id for row in depots) and work.depots.find(depot_id) is None:
        reader.complain("depot_id", "is not known")


def _keep_shipper(work: UnitOfWork, row: ShipperRow) -> None:
    """Keep a shipper; rules that the line does not set stay, whoever set them."""
    known = work.shippers.find(row.id)
    if known is None:
        work.shippers.add(Shipper(row.id, row.name, row.country, read_rules(row.rules)))
        return
    known.name, known.country = row.name, row.country
    if row.rules:
        known.rules = read_rules({**known.rules.written, **row.rules})


def _keep_depot(work: UnitOfWork, row: DepotRow) -> None:
    known = work.depots.find(row.id)
    if known is None:
        work.depots.add(Depot(row.id, row.name, row.at.lat, row.at.lon, row.zone))
        return
    known.name, known.lat, known.lon, known.zone = row.name, row.at.lat, row.at.lon, row.zone


def _keep_vehicle(work: UnitOfWork, row: VehicleRow) -> None:
    known = work.vehicles.find(row.id)
    if known is None:
        work.vehicles.add(
            Vehicle(
                row.id,
                row.depot_id,
                row.driver_name,
                row.capacity,
                row.shift_start,
                row.shift_end,
                row.breaks,
            )
        )
        return
    known.depot_id, known.driver_name, known.capacity = row.depot_id, row.driver_name, row.capacity
    known.shift_start, known.shift_end, known.breaks = row.shift_start, row.shift_end, row.breaks


def _keep_point(work: UnitOfWork, row: PointRow) -> None:
    for size, count in row.compartments.items():
        work.holds.set_capacity(f"compartment:{row.id}:{size}", count)
    known = work.pickup_points.find(row.id)
    if known is None:
        work.pickup_points.add(
            PickupPoint(
                id=row.id,
                kind=row.kind,
                name=row.name,
                address=row.address,
                lat=row.at.lat,
                lon=row.at.lon,
                zone=row.zone,
                opening_hours=row.opening_hours,
                compartments=dict(row.compartments),
                service_duration_s=row.service_duration_s,
            )
        )
        return
    known.kind, known.name, known.address, known.zone = row.kind, row.name, row.address, row.zone
    known.lat, known.lon, known.opening_hours = row.at.lat, row.at.lon, row.opening_hours
    known.compartments = dict(row.compartments)
    known.service_duration_s = row.service_duration_s


def _keep_delivery(work: UnitOfWork, row: DeliveryRow, summary: Summary, *, now: datetime) -> None:
    known = work.deliveries.by_reference(row.shipper_id, row.reference)
    zone = work.depots.get(row.depot_id).zone
    if known is None:
        person, contact_id = _person_of(work, row.phone, row.language)
        person.zone = row.recipient_zone or person.zone
        delivery = _new_delivery(row, person.id, zone, now=now)
        delivery.contact_id = contact_id
        work.deliveries.add(delivery)
        work.flush()
        _keep_others(work, delivery, row)
        carry_over(work, delivery, now=now)
        summary.new_deliveries += 1
        summary.delivery_ids.append(delivery.id)
        return
    summary.known_deliveries += 1
    summary.delivery_ids.append(known.id)
    known.recipient_name = row.recipient_name
    known.parcels = (row.parcel,)
    known.forbidden_options = row.forbidden_options
    known.requires_pin = row.requires_pin
    person = work.people.get(known.person_id)
    person.zone = row.recipient_zone or person.zone
    _keep_others(work, known, row)
    is_fixed = known.status is not DeliveryStatus.PENDING or work.preferences.latest_of(known.id)
    if not is_fixed:
        known.date, known.load, known.service_duration_s = row.day, row.load, row.service_duration_s
        known.address_line, known.postcode, known.city = row.address_line, row.postcode, row.city
        known.lat, known.lon = row.at.lat, row.at.lon
        known.window_start, known.window_end = _window(row, zone)


def _keep_others(work: UnitOfWork, delivery: Delivery, row: DeliveryRow) -> None:
    """Put everybody on the delivery whose number the shipper gave besides the recipient's."""
    for phone in row.more_phones:
        person, contact_id = _person_of(work, phone, row.language)
        if contact_id is not None and person.id != delivery.person_id:
            work.co_recipients.add_once(CoRecipient(delivery.id, person.id, contact_id))


def _new_delivery(row: DeliveryRow, person_id: str, zone: str, *, now: datetime) -> Delivery:
    start, end = _window(row, zone)
    return Delivery(
        id=new_id("d"),
        reference=row.reference,
        shipper_id=row.shipper_id,
        depot_id=row.depot_id,
        person_id=person_id,
        recipient_name=row.recipient_name,
        address_line=row.address_line,
        postcode=row.postcode,
        city=row.city,
        lat=row.at.lat,
        lon=row.at.lon,
        zone=zone,
        date=row.day,
        parcels=(row.parcel,),
        load=row.load,
        service_duration_s=row.service_duration_s,
        status_at=now,
        window_start=start,
        window_end=end,
        booked_at=_booked_at(row.day, now=now),
        requires_pin=row.requires_pin,
        forbidden_options=row.forbidden_options,
    )


def _booked_at(day: date, *, now: datetime) -> datetime:
    """Return when a delivery counts as booked: now, or on the eve of a day that is over by now."""
    eve = datetime.combine(day - timedelta(days=1), time(), tzinfo=UTC)
    return min(now, eve)


def _person_of(work: UnitOfWork, phone: ContactAddress, language: str) -> tuple[Person, str | None]:
    """Return the person at that number and their contact: one number, one person.

    A number whose holder told us that they are somebody else is not written to again: the person
    is kept without a way to reach them.
    """
    contact = work.contacts.by_address(Channel.SMS, phone.reveal())
    if contact is not None and contact.unlinked_at is None:
        known = work.people.get(contact.person_id)
        # A tombstone that an opt-out had kept: there is something to keep of them again.
        known.erased_at = None
        return known, contact.id
    person = Person(new_id("u"), language=language)
    work.people.add(person)
    contact_id = None
    if contact is None:
        contact_id = new_id("a")
        work.contacts.add(Contact(contact_id, person.id, Channel.SMS, phone))
    work.flush()
    work.conversations.add(Conversation(new_id("c"), person.id, last_contact_id=contact_id))
    return person, contact_id


def _window(row: DeliveryRow, zone: str) -> tuple[datetime | None, datetime | None]:
    if row.window is None:
        return None, None
    start, end = (_instant(row.day, hour, zone) for hour in row.window)
    return start, end


def _instant(day: date, hour: time, zone: str) -> datetime:
    return datetime.combine(day, hour, tzinfo=ZoneInfo(zone)).astimezone(UTC)
