"""A day from the evening before to the door, by the sandbox's clock and drivers.

The tests of this file are steps of one day and run in their order.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from deliveries.model.message import OutboxMessage, OutboxState
from deliveries.model.recipient import Channel
from tests.e2e.conftest import Newcomer
from tests.e2e.processes import wait_until
from tests.e2e.recipients import Bubble, Recipient, Understood
from tests.e2e.town import DAY, EVENING, LONDON, Town

pytestmark = pytest.mark.usefixtures("moving")

AT_NETWORK = (OutboxState.SENT, OutboxState.DELIVERED)
# Answers that the network gives to its own words.
NETWORKS_OWN = ("You have successfully been", "Reply STOP to unsubscribe")

# The day's window, which may be another than the one told in the evening.
MORNING = {
    "notice_morning_window": "comes today, ",
    "notice_earlier": "comes earlier than we said: today, ",
    "notice_delay": "It now comes today, ",
}

type Delivery = dict[str, Any]


@pytest.fixture
def moving(town: Town) -> Iterator[None]:
    """Let the clock run for one test; it stands again afterwards."""
    town.set_clock(paused=False, rate=1)
    yield
    town.set_clock(paused=True)


@pytest.fixture
def luck(town: Town) -> Iterator[Callable[[float], None]]:
    """Say how often nobody opens; nobody is out afterwards."""

    def change(fail_share: float) -> None:
        town.sandbox("/api/drivers", json={"fail_share": fail_share})

    change(0)
    yield change
    change(0)


def test_the_evening_before_everybody_is_told_once_and_can_choose_by_digit(
    town: Town, texter: Newcomer
) -> None:
    parcels = Counter(each["phone"] for each in town.deliveries())
    due = {
        each["id"]
        for each in town.deliveries()
        if each["date"] == DAY.isoformat()
        and parcels[each["phone"]] == 1
        and not has_written(town, each["phone"])
    }

    jump(town, EVENING + timedelta(minutes=1))
    wait_for_pre_advice(town, due)
    someone = texter()
    advice = someone.hear()
    offer = someone.choose("Another day or time")

    assert len(due) > 20
    assert {id_: count for id_, count in pre_advised(town).items() if count > 1} == {}
    assert "is planned for tomorrow, Wed 11 Mar" in advice.text
    assert advice.labels[0] == "Another day or time"
    assert someone.understood() == Understood("choose", "action_choose")
    assert offer.text.startswith(f"For {someone.parcel} the van can come at these times.")


@pytest.mark.usefixtures("luck")
def test_in_the_morning_they_hear_the_window_or_that_the_van_has_left(
    town: Town, texter: Newcomer
) -> None:
    jump(town, datetime.combine(DAY, time(8), LONDON))
    wait_until(lambda: vans_have_left(town), "the vans to leave")
    # Whose van leaves now is told that instead of the window.
    later = leaving_later(town)
    leaving = texter(wanted=lambda each: is_expected(town, each, "out_for_delivery", minutes=30))
    waiting = texter(
        wanted=lambda each: (
            each["route_id"] in later and is_expected(town, each, "pending", minutes=120)
        )
    )

    wait_for(town, leaving.phone, "A3")
    wait_for(town, waiting.phone, "A2")

    assert [each.partition(":")[0] for each in leaving.unread()] == [shop(leaving.parcel)] * 2
    assert "is on the van and comes today" in leaving.unread()[1]
    assert MORNING[said(town, waiting.phone, "A2")] in waiting.unread()[1]


@pytest.mark.usefixtures("luck")
def test_shortly_before_the_door_and_at_the_door_they_hear_it_once(
    town: Town, texter: Newcomer
) -> None:
    wait_until(lambda: vans_have_left(town), "the vans to leave")
    someone = texter(wanted=lambda each: is_expected(town, each, "out_for_delivery", minutes=25))

    approach(town, someone.phone)
    near = notice_to(someone, *NEAR).text
    drive_to_the_door(town, someone.phone)
    wait_for(town, someone.phone, "A8")

    assert near.endswith("minutes away.") or "nearly at your door" in near
    delivered = someone.delivery()
    assert delivered["status"] == "delivered"
    # Whoever opens is left to chance: who it was is what is told.
    told = {"recipient": "was handed to you", "household": "to somebody at your address"}
    assert told[delivered["handed_to"]] in notice_to(someone, "A8").text
    assert all(Counter(kinds(town, someone.phone))[kind] <= 1 for kind in NEAR)
    assert Counter(kinds(town, someone.phone))["A8"] == 1


def test_after_a_failed_attempt_they_choose_another_day_in_the_same_breath(
    town: Town, newcomer: Newcomer, luck: Callable[[float], None]
) -> None:
    wait_until(lambda: vans_have_left(town), "the vans to leave")
    someone = newcomer(wanted=lambda each: is_expected(town, each, "out_for_delivery", minutes=20))
    luck(1)
    drive_to_the_door(town, someone.phone)
    wait_for(town, someone.phone, "A7")
    luck(0)
    failed = notice_to(someone, "A7")
    someone.seen = len(someone.received())

    offer = someone.ask("please bring it again on friday")
    asked = someone.understood()
    someone.choose(offer.labels[0])
    confirmed = someone.hear()

    assert "nobody answered" in failed.text
    assert failed.options != ()
    assert asked.intent in {"redeliver", "reschedule"}
    assert confirmed.text.startswith(f"Confirmed for {someone.parcel}: Fri 13 Mar")
    again = someone.delivery()
    assert (again["date"], again["status"], again["attempts"]) == ("2026-03-13", "in_transit", 1)


def test_nobody_was_told_the_same_twice_and_the_network_got_each_message_once(town: Town) -> None:
    town.set_clock(paused=True)
    written, journal = wait_until(lambda: at_rest(town), "everything to leave", every_s=0.5)
    left = [each for each in written if each.provider_id]
    told = Counter((each.delivery_id, each.notice, each.dedupe_key) for each in left if each.notice)
    at_network = Counter(
        each["id"].removeprefix("sms:")
        for each in journal
        if each["direction"] == "out" and not each["text"].startswith(NETWORKS_OWN)
    )

    texted = {each.provider_id for each in left if str(each.provider_id).startswith("SM")}
    assert [key for key, count in told.items() if count > 1] == []
    assert at_network == Counter(texted)


def has_written(town: Town, phone: str) -> bool:
    with town.store.unit_of_work(read_only=True) as work:
        contact = work.contacts.by_address(Channel.SMS, phone)
        conversation = contact and work.conversations.of_person(contact.person_id)
        return bool(conversation and work.inbound.of(conversation.id))


def jump(town: Town, instant: datetime) -> None:
    if town.now() < instant:
        town.set_clock(jump_to=instant)


# Minutes away, or already so near that minutes would be no news.
NEAR = {"A4", "A5"}


def approach(town: Town, phone: str) -> None:
    """Let the day go on until somebody is told that the van is near."""

    def look() -> bool:
        # What is written lives for minutes: it must leave before the day goes on.
        if not any(each.notice in NEAR for each in town.outbox(Channel.SMS, phone)):
            jump(town, expected(town, phone) - timedelta(minutes=13))
        return NEAR & set(kinds(town, phone)) != set()

    wait_until(look, f"the van near {phone}", every_s=1)


def drive_to_the_door(town: Town, phone: str) -> None:
    """Let the day go on until the driver has been there, by the minute once it is near."""

    def look() -> bool:
        if town.delivery(phone)["status"] != "out_for_delivery":
            return True
        town.set_clock(jump_s=60)
        return False

    jump(town, expected(town, phone))
    wait_until(look, f"the van at {phone}", every_s=0.5, patience_s=300)


def notice_to(someone: Recipient, *wanted: str) -> Bubble:
    """Return the first notice of these kinds on somebody's screen, whatever came after it."""
    written = someone.town.outbox(Channel.SMS, someone.phone)
    ids = {str(each.provider_id) for each in written if each.notice in wanted and each.provider_id}
    return next(each for each in someone.received() if each.id.partition(":")[2] in ids)


def expected(town: Town, phone: str) -> datetime:
    return datetime.fromisoformat(town.delivery(phone)["eta"])


def is_expected(town: Town, delivery: Delivery, status: str, *, minutes: int) -> bool:
    """Say whether it stands as wanted and comes in so many minutes at the earliest."""
    if delivery["status"] != status or delivery["eta"] is None:
        return False
    return datetime.fromisoformat(delivery["eta"]) - town.now() >= timedelta(minutes=minutes)


def vans_have_left(town: Town) -> bool:
    """Say whether it is known of every van that should be out by now."""
    later = leaving_later(town, within=timedelta())
    due = [each for each in town.routes() if each["stops"] and each["id"] not in later]
    return due != [] and all(each["state"] != "planned" for each in due)


def leaving_later(town: Town, *, within: timedelta = timedelta(hours=1)) -> set[str]:
    """Return the routes that do not begin yet for so long."""
    begins = {each["id"]: datetime.fromisoformat(each["start_at"]) for each in town.routes()}
    return {id_ for id_, start in begins.items() if start - town.now() > within}


def shop(parcel: str) -> str:
    return parcel.partition(" from ")[2]


def kinds(town: Town, phone: str) -> list[str]:
    """Return which notices reached the network for somebody, oldest first."""
    found = town.outbox(Channel.SMS, phone)
    return [str(each.notice) for each in found if each.notice and each.state in AT_NETWORK]


def said(town: Town, phone: str, kind: str) -> str:
    """Return by which words a notice was told to somebody."""
    found = town.outbox(Channel.SMS, phone)
    return next(each.sayings[0].name for each in found if each.notice == kind)


def wait_for(town: Town, phone: str, kind: str) -> None:
    wait_until(lambda: kind in kinds(town, phone), f"{kind} for {phone}", every_s=0.3)


def wait_for_pre_advice(town: Town, due: set[str]) -> None:
    """Wait until everybody is told; say of whoever is not how their delivery stands."""
    try:
        # Long enough for a message whose first try was cut short and is looked up and sent again.
        wait_until(
            lambda: due <= pre_advised(town).keys(), "the pre-advice", every_s=0.5, patience_s=300
        )
    except AssertionError as error:
        left_out = due - pre_advised(town).keys()
        error.add_note(str([each for each in town.deliveries() if each["id"] in left_out]))
        error.add_note(str([each for each in all_written(town) if each.delivery_id in left_out]))
        raise


def pre_advised(town: Town) -> Counter[str | None]:
    """Count what reached the network about each delivery the evening before."""
    written = all_written(town)
    return Counter(
        each.delivery_id for each in written if each.notice == "A1" and each.state in AT_NETWORK
    )


def all_written(town: Town) -> list[OutboxMessage]:
    with town.store.unit_of_work(read_only=True) as work:
        return list(work.outbox.newest(limit=5000))


def at_rest(town: Town) -> tuple[list[OutboxMessage], list[Delivery]] | None:
    """Return what was written and what the network has, if nothing is due or came between."""
    now, written = town.now(), all_written(town)
    states = (OutboxState.QUEUED, OutboxState.SENDING)
    if any(each.state in states and each.not_before <= now for each in written):
        return None
    journal = town.sandbox("/api/messages", method="GET", params={"channel": "sms"})["messages"]
    is_all = {each.id for each in written} == {each.id for each in all_written(town)}
    return (written, journal) if is_all else None
