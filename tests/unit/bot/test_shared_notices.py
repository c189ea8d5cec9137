"""One message about several parcels, at the gate, after something befell one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest

from bot.departure import Departure, Network
from bot.departures import Departures
from bot.pacing import Pacing
from bot.wording.catalogue import Catalogue, read_sources
from bot.wording.render import Wording
from deliveries.model.delivery import DeliveryStatus
from deliveries.model.message import OutboxState
from deliveries.model.offer import Offer
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from deliveries.services.messages.sending import give_up
from integrations.storage import Storage
from tests.builders import a_contact, a_delivery, a_parcel, a_stocked_storage, at
from tests.unit.deliveries.services.round import YESTERDAY, Round, a_stop_for

WORDING = Wording(Catalogue(read_sources()))
EVENING = at(17, day=YESTERDAY)


@dataclass
class SetClock:
    """The time is given."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant


class Unused(Network):
    """A network that is there and never called in these tests."""


@pytest.fixture
def drive() -> Iterator[Round]:
    """A round with two parcels for one door; nothing that is written leaves by itself."""
    parcel = a_parcel(tracking_number="TRK-2", description="running shoes")
    store = a_stocked_storage(a_delivery(id="d-2", reference="ORDER-2", parcels=(parcel,)))
    drive = Round(store, sends=False)
    drive.plan(a_stop_for(1, delivery_ids=("d-1", "d-2")))
    yield drive
    store.close()


def leave(store: Storage, now: datetime) -> list[Departure]:
    """Let what is due pass the gate; each has left then."""
    clock = SetClock(now)
    networks = {channel: Unused() for channel in Channel}  # type: ignore[abstract]  # never called
    departures = Departures("g-1", WORDING, networks, clock, clock, Pacing({}, clock))
    left: list[Departure] = []
    while True:
        with store.unit_of_work() as work:
            claimed = departures.claim(work, limit=9)
            for each in claimed.departures:
                departures.note_sent(work, each, f"SM{each.message_id}")
            work.commit()
        left += claimed.departures
        if not claimed.count:
            return left


def silence(drive: Round, *ids: str) -> None:
    with drive.store.unit_of_work() as work:
        for id_ in ids:
            work.deliveries.get(id_).notices_stopped_at = at(16, day=YESTERDAY)
        work.commit()


def end(drive: Round, id_: str, status: DeliveryStatus) -> None:
    with drive.store.unit_of_work() as work:
        work.deliveries.get(id_).status = status
        work.commit()


def rows(drive: Round) -> list[tuple[str | None, str | None, str, str | None]]:
    """Return of which parcel each notice is, its kind, and what became of it."""
    return sorted(
        (each.delivery_id, each.notice, each.state.value, each.reason) for each in drive.messages()
    )


def offer(drive: Round) -> Offer:
    [saying] = next(each for each in drive.messages() if each.text).sayings
    with drive.store.unit_of_work(read_only=True) as work:
        return work.offers.get(saying.offer_id or "")


def test_tells_of_both_where_both_are_still_wanted(drive: Round) -> None:
    drive.tick(EVENING)

    [left] = leave(drive.store, EVENING)

    assert "2 parcels" in left.rendered.text
    assert rows(drive) == [
        ("d-1", "A1", "sent", None),
        ("d-2", "A1", "suppressed", "told_together"),
    ]


@pytest.mark.parametrize(
    ("silenced", "other", "named"),
    [("d-1", "d-2", "running shoes"), ("d-2", "d-1", "kettle")],
)
def test_one_that_is_silenced_is_not_told_of_and_the_other_is(
    drive: Round, silenced: str, other: str, named: str
) -> None:
    with drive.store.unit_of_work() as work:
        work.deliveries.get("d-1").parcels = (a_parcel(description="kettle"),)
        work.commit()
    drive.tick(EVENING)
    silence(drive, silenced)

    [left] = leave(drive.store, EVENING)
    again = drive.tick(at(17, 1, day=YESTERDAY))

    assert named in left.rendered.text
    assert "2 parcels" not in left.rendered.text
    assert offer(drive).delivery_ids == (other,)
    assert (again, leave(drive.store, EVENING)) == (0, [])
    assert rows(drive) == sorted(
        [(other, "A1", "sent", None), (silenced, "A1", "suppressed", "parcel_opted_out")]
    )


def test_nothing_leaves_where_both_are_silenced(drive: Round) -> None:
    drive.tick(EVENING)
    silence(drive, "d-1", "d-2")

    assert leave(drive.store, EVENING) == []
    assert {each.reason for each in drive.messages()} == {"parcel_opted_out"}


@pytest.mark.parametrize("gone", ["d-1", "d-2"])
@pytest.mark.parametrize("status", [DeliveryStatus.DELIVERED, DeliveryStatus.CANCELLED])
def test_one_that_is_over_is_not_told_of_and_the_other_is(
    drive: Round, gone: str, status: DeliveryStatus
) -> None:
    drive.report("departed", at=at(9, 30))
    drive.tick(at(9, 31))
    end(drive, gone, status)

    [left] = leave(drive.store, at(9, 32))

    assert "2 parcels" not in left.rendered.text
    told = [each.delivery_id for each in drive.messages() if each.state is OutboxState.SENT]
    assert told == [({"d-1", "d-2"} - {gone}).pop()]
    assert (gone, "A3", "suppressed", "overtaken") in rows(drive)


def test_a_notice_about_what_is_over_does_not_leave(drive: Round) -> None:
    drive.report("departed", at=at(9, 30))
    drive.tick(at(9, 31))
    end(drive, "d-1", DeliveryStatus.CANCELLED)
    end(drive, "d-2", DeliveryStatus.CANCELLED)

    assert leave(drive.store, at(9, 32)) == []
    assert {each.reason for each in drive.messages()} == {"overtaken"}


@pytest.mark.parametrize("changed", ["d-1", "d-2"])
def test_newer_news_of_one_takes_its_place_and_the_other_is_still_told(
    drive: Round, changed: str
) -> None:
    drive.tick(EVENING)
    drive.expect(at(15), changed)
    drive.report("departed", at=at(9, 30))
    other = ({"d-1", "d-2"} - {changed}).pop()
    with drive.store.unit_of_work() as work:
        work.deliveries.get(other).eta_at = None
        work.commit()
    drive.tick(at(9, 31))

    waiting = [
        (each.delivery_id, each.notice)
        for each in drive.messages()
        if each.state is OutboxState.QUEUED
    ]

    assert sorted(waiting) == sorted([(other, "A1"), (changed, "A6")])
    [left] = leave(drive.store, EVENING)
    assert "2 parcels" not in left.rendered.text


def test_an_outcome_of_one_leaves_the_other_told_of_theirs(drive: Round) -> None:
    drive.report("departed", at=at(9, 30))
    drive.tick(at(9, 31))
    drive.report("delivered", stop="st-1", delivery="d-1", at=at(9, 33))
    drive.report("returned", at=at(9, 34))

    left = leave(drive.store, at(9, 35))

    assert all("2 parcels" not in each.rendered.text for each in left)
    assert ("d-1", "A3", "suppressed", "overtaken") in rows(drive)


def test_the_chat_follows_the_van_for_the_one_that_is_told_of(drive: Round) -> None:
    with drive.store.unit_of_work() as work:
        chat = a_contact(id="k-9", channel=Channel.TELEGRAM, address=ContactAddress("1001"))
        work.contacts.add(chat)
        work.commit()
    drive.report("departed", at=at(9, 30))
    drive.tick(at(9, 31))
    silence(drive, "d-1")

    [left] = leave(drive.store, at(9, 32))

    with drive.store.unit_of_work(read_only=True) as work:
        view = work.live_views.find("d-2")
        assert (view.message_id if view else None) == left.message_id


def test_what_goes_to_the_other_contact_still_tells_of_the_one_that_is_wanted(
    drive: Round,
) -> None:
    with drive.store.unit_of_work() as work:
        chat = a_contact(id="k-9", channel=Channel.TELEGRAM, address=ContactAddress("1001"))
        work.contacts.add(chat)
        work.commit()
    drive.report("departed", at=at(9, 30))
    drive.tick(at(9, 31))
    [first] = leave(drive.store, at(9, 32))
    with drive.store.unit_of_work() as work:
        give_up(work, work.outbox.get(first.message_id), "blocked", now=at(9, 33))
        work.commit()
    silence(drive, "d-1")

    [second] = leave(drive.store, at(9, 33))

    assert "running shoes" in second.rendered.text
    assert drive.tick(at(9, 34)) == 0
