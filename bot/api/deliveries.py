"""Deliveries as operators see them: in bulk in, by page out, and each with what happened to it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from bot.api.dependencies import Dependencies
from bot.wording.happenings import Happenings
from deliveries.errors import ConflictError, NotFoundError
from deliveries.model.delivery import Delivery, Parcel, Place
from deliveries.model.recipient import Channel, Contact
from deliveries.ports import UnitOfWork
from deliveries.services.days.importing import DaySources, read_day, take_in
from deliveries.services.days.rows import Source
from deliveries.services.identity.linking import invite
from deliveries.services.messages.timelines import timeline

PAGE = 500
AT_ONCE = 2000

type _Day = date


class PlaceOut(BaseModel):
    """To whom or where the parcels go."""

    kind: str
    name: str | None
    house_number: str | None
    words: str | None
    pickup_point_id: str | None


class ParcelOut(BaseModel):
    """One physical item."""

    tracking_number: str
    description: str
    compartment: str


class DeliveryOut(BaseModel):
    """A delivery; instants are UTC, ``zone`` is the address's."""

    id: str
    reference: str
    shipper_id: str
    depot_id: str
    tracking_number: str
    parcels: list[ParcelOut]
    recipient_name: str
    phone: str | None
    telegram_user_id: int | None
    status: str
    status_at: datetime | None
    date: date
    address: str
    lat: float
    lon: float
    zone: str
    window_start: datetime | None
    window_end: datetime | None
    promised_start: datetime | None
    promised_end: datetime | None
    eta: datetime | None
    route_id: str | None
    stop_id: str | None
    place: PlaceOut
    loaded: bool
    attempts: int
    failed_reason: str | None
    handed_to: str | None
    proof_url: str | None
    notices_stopped_at: datetime | None


class DeliveriesOut(BaseModel):
    """A page; ``next`` is what to pass as ``after`` for the one behind it."""

    deliveries: list[DeliveryOut]
    next: str | None


class DeliveriesIn(BaseModel):
    """Deliveries as rows, with the columns of the day's files; ``date`` for rows that name none."""

    deliveries: Annotated[list[dict[str, Any]], Field(max_length=AT_ONCE)]
    date: _Day | None = None


class ProblemOut(BaseModel):
    """What is wrong with one field of one delivery, by its index in the request."""

    index: int
    field: str
    message: str


class TakenInOut(BaseModel):
    """What became of a bulk upsert: the good ones are kept, whatever is wrong with the others."""

    created: int
    updated: int
    ids: list[str]
    errors: list[ProblemOut]


class TimelineOut(BaseModel):
    """What happened, oldest first; no message texts."""

    entries: list[dict[str, Any]]


class LinkOut(BaseModel):
    """A one-time link."""

    url: str


def add_delivery_routes(router: APIRouter, dependencies: Dependencies) -> None:
    """Add the routes about deliveries."""
    _add_bulk(router, dependencies)
    _add_single(router, dependencies)
    _add_link(router, dependencies)


def _add_bulk(router: APIRouter, dependencies: Dependencies) -> None:
    @router.get("/deliveries", tags=["deliveries"])
    def get_deliveries(
        limit: Annotated[int, Query(ge=1, le=PAGE)] = 100,
        after: str | None = None,
        cursor: str | None = None,
        date: date | None = None,
    ) -> DeliveriesOut:
        """Return deliveries by id; ``cursor`` is another name for ``after``."""
        with dependencies.unit_of_work(read_only=True) as work:
            page = work.deliveries.page(after=after or cursor, limit=limit + 1, day=date)
            shown = page[:limit]
            return DeliveriesOut(
                deliveries=_shown(work, shown),
                next=shown[-1].id if len(page) > limit else None,
            )

    @router.post("/deliveries", tags=["deliveries"])
    def post_deliveries(given: DeliveriesIn) -> TakenInOut:
        """Take deliveries in; one known by shipper and reference is brought up to date."""
        now = dependencies.clock.now()
        day = given.date or now.date() + timedelta(days=1)
        try:
            return _take_in(dependencies, given.deliveries, day, now)
        except ConflictError:
            return _take_in(dependencies, given.deliveries, day, now)


def _add_single(router: APIRouter, dependencies: Dependencies) -> None:
    happenings = Happenings()

    @router.get("/deliveries/{delivery_id}", tags=["deliveries"])
    def get_delivery(delivery_id: str) -> DeliveryOut:
        """Return one delivery."""
        with dependencies.unit_of_work(read_only=True) as work:
            return _shown(work, [work.deliveries.get(delivery_id)])[0]

    @router.get("/deliveries/{delivery_id}/history", tags=["deliveries"])
    def get_history(delivery_id: str) -> TimelineOut:
        """Return what happened to a delivery, what was chosen and what was told, and how."""
        with dependencies.unit_of_work(read_only=True) as work:
            entries = timeline(work, work.deliveries.get(delivery_id))
            return TimelineOut(
                entries=[{**each.to_json(), "text": happenings.say(each)} for each in entries]
            )


def _add_link(router: APIRouter, dependencies: Dependencies) -> None:
    @router.post("/deliveries/{delivery_id}/telegram-link", status_code=201, tags=["deliveries"])
    def post_telegram_link(delivery_id: str) -> LinkOut:
        """Make a one-time link by which the recipient goes on in Telegram."""
        username = dependencies.bot_username()
        if not username:
            raise NotFoundError("no Telegram bot is connected")
        with dependencies.unit_of_work() as work:
            delivery = work.deliveries.get(delivery_id)
            token = invite(work, delivery.person_id, now=dependencies.clock.now())
            work.commit()
        return LinkOut(url=f"https://t.me/{username}?start={token}")


def _take_in(
    dependencies: Dependencies, rows: Sequence[dict[str, Any]], day: date, now: datetime
) -> TakenInOut:
    sources = [Source("deliveries", index, row) for index, row in enumerate(rows)]
    with dependencies.unit_of_work() as work:
        read = read_day(work, DaySources(deliveries=sources), service_day=day)
        summary = take_in(work, read, now=now)
        work.commit()
    return TakenInOut(
        created=summary.new_deliveries,
        updated=summary.known_deliveries,
        ids=summary.delivery_ids,
        errors=[
            ProblemOut(index=each.line, field=each.field, message=each.message)
            for each in read.problems
        ],
    )


def _shown(work: UnitOfWork, deliveries: Sequence[Delivery]) -> list[DeliveryOut]:
    contacts: dict[str, Sequence[Contact]] = {}
    for delivery in deliveries:
        if delivery.person_id not in contacts:
            contacts[delivery.person_id] = work.contacts.of_person(delivery.person_id)
    return [_delivery(each, contacts[each.person_id]) for each in deliveries]


def _delivery(delivery: Delivery, contacts: Sequence[Contact]) -> DeliveryOut:
    telegram = _address(contacts, Channel.TELEGRAM)
    return DeliveryOut(
        id=delivery.id,
        reference=delivery.reference,
        shipper_id=delivery.shipper_id,
        depot_id=delivery.depot_id,
        tracking_number=delivery.parcels[0].tracking_number,
        parcels=[_parcel(each) for each in delivery.parcels],
        recipient_name=delivery.recipient_name,
        phone=_address(contacts, Channel.SMS),
        telegram_user_id=int(telegram) if telegram else None,
        status=delivery.status.value,
        status_at=delivery.status_at,
        date=delivery.date,
        address=f"{delivery.address_line}, {delivery.postcode} {delivery.city}",
        lat=delivery.lat,
        lon=delivery.lon,
        zone=delivery.zone,
        window_start=delivery.window_start,
        window_end=delivery.window_end,
        promised_start=delivery.promised_start,
        promised_end=delivery.promised_end,
        eta=delivery.eta_at,
        route_id=delivery.route_id,
        stop_id=delivery.stop_id,
        place=_place(delivery.place),
        loaded=delivery.loaded_at is not None,
        attempts=delivery.attempts,
        failed_reason=delivery.failed_reason,
        handed_to=delivery.handed_to,
        proof_url=delivery.proof_url,
        notices_stopped_at=delivery.notices_stopped_at,
    )


def _parcel(parcel: Parcel) -> ParcelOut:
    return ParcelOut(
        tracking_number=parcel.tracking_number,
        description=parcel.description,
        compartment=parcel.compartment.value,
    )


def _place(place: Place) -> PlaceOut:
    return PlaceOut(
        kind=place.kind.value,
        name=place.name,
        house_number=place.house_number,
        words=place.words,
        pickup_point_id=place.pickup_point_id,
    )


def _address(contacts: Sequence[Contact], channel: Channel) -> str | None:
    return next(
        (
            each.address.reveal()
            for each in contacts
            if each.channel is channel and _is_theirs(each)
        ),
        None,
    )


def _is_theirs(contact: Contact) -> bool:
    return contact.unlinked_at is None
