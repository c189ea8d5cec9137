"""Chats that follow a van: newer words in place of old ones, and where it is."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from deliveries.model.message import Form, OutboxMessage
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from deliveries.model.route import RouteState
from deliveries.model.rules_form import read_rules
from deliveries.services.notices.following import follow_vans
from tests.builders import a_contact, a_stocked_storage, at
from tests.unit.deliveries.services.round import Round, a_stop_for


@pytest.fixture
def drive() -> Iterator[Round]:
    """A round of one stop at ten for somebody on Telegram, with the van under way."""
    drive = Round(a_stocked_storage())
    drive.plan(a_stop_for(1))
    with drive.store.unit_of_work() as work:
        work.plans.route("r-1").state = RouteState.DEPARTED
        chat = a_contact(id="k-9", channel=Channel.TELEGRAM, address=ContactAddress("1001"))
        work.contacts.add(chat)
        work.shippers.get("s-1").rules = read_rules({"notices": {"live_location": True}})
        work.commit()
    yield drive
    drive.store.close()


def follow(drive: Round, now: datetime) -> list[OutboxMessage]:
    """Let the worker follow; return what it wrote, and let that leave."""
    before = {each.id for each in drive.messages()}
    follow_vans(drive.store.unit_of_work, now=now)
    written = [each for each in drive.messages() if each.id not in before]
    drive.send()
    return written


def van_at(drive: Round, lat: float, when: datetime) -> None:
    with drive.store.unit_of_work() as work:
        route = work.plans.route("r-1")
        route.van_lat, route.van_lon, route.van_at = lat, -0.07, when
        work.commit()


def test_minutes_in_an_old_message_follow_the_eta(drive: Round) -> None:
    drive.tick(at(9, 46))
    drive.expect(at(10, 12))

    (row,) = follow(drive, at(9, 52))

    [told] = [each for each in drive.messages() if each.form is Form.WORDS]
    assert (row.form, row.changes, row.sayings[0].facts["minutes"]) == (Form.EDIT, told.id, 20)


def test_an_eta_that_wavers_changes_nothing(drive: Round) -> None:
    drive.tick(at(9, 46))
    drive.expect(at(10, 4))

    assert follow(drive, at(9, 52)) == []


def test_a_window_stays_as_promised_and_gets_a_line_with_the_eta(drive: Round) -> None:
    drive.tick(at(9, 30))
    drive.expect(at(10, 20))

    (row,) = follow(drive, at(9, 35))

    assert [each.name for each in row.sayings] == ["notice_out_for_delivery", "notice_eta_now"]


def test_a_broken_promise_is_told_and_not_slipped_into_an_old_message(drive: Round) -> None:
    drive.tick(at(9, 30))
    drive.expect(at(12))

    assert follow(drive, at(9, 35)) == []


def test_the_van_is_shown_while_its_stop_is_next_and_no_longer(drive: Round) -> None:
    drive.tick(at(9, 46))
    van_at(drive, 51.500, at(9, 50))
    (shown,) = follow(drive, at(9, 50))
    van_at(drive, 51.5001, at(9, 51))
    stood = follow(drive, at(9, 51))
    van_at(drive, 51.505, at(9, 52))
    (moved,) = follow(drive, at(9, 52))
    drive.now = at(10, 3)
    drive.report("delivered", stop="st-1")
    drive.send()
    (halted,) = follow(drive, at(10, 4))

    assert [shown.form, moved.form, halted.form] == [Form.LIVE, Form.MOVE, Form.HALT]
    assert stood == []
    assert (moved.changes, halted.changes) == (shown.id, shown.id)
    assert follow(drive, at(10, 5)) == []


def test_a_van_is_shown_only_where_its_shipper_allows_it(drive: Round) -> None:
    with drive.store.unit_of_work() as work:
        work.shippers.get("s-1").rules = read_rules({})
        work.commit()
    drive.tick(at(9, 46))
    van_at(drive, 51.500, at(9, 50))

    assert follow(drive, at(9, 50)) == []


def test_what_changes_an_old_message_keeps_no_notice_from_being_told(drive: Round) -> None:
    drive.tick(at(9, 30))
    drive.expect(at(10, 20))
    follow(drive, at(9, 35))
    drive.expect(at(11, 40))
    drive.tick(at(9, 40))

    assert drive.messages()[-1].sayings[0].name == "notice_delay"
    assert "old" in drive.messages()[-1].sayings[0].facts
