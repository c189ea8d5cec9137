"""Who may change what: codes for risky changes, everybody told, "not me", wrong numbers."""

import re
from itertools import count
from typing import Any

import pytest

from tests.e2e.conftest import Newcomer
from tests.e2e.processes import wait_until
from tests.e2e.recipients import Bubble, Recipient, TelegramRecipient
from tests.e2e.town import DAY, Town

TOWN = "identity"
_numbers = count(700)
_CODE = re.compile(r"your code is (\d{6})\.")


def codes_to(someone: Recipient) -> list[str]:
    """Return the codes that came to somebody's phone, oldest first."""
    phone = Recipient(someone.town, someone.phone)
    return [found[1] for each in phone.received() if (found := _CODE.search(each.text))]


def code_to(someone: Recipient, *, nth: int = 1) -> str:
    """Return a code once it has come to somebody's phone."""
    codes = wait_until(lambda: found if len(found := codes_to(someone)) >= nth else None, "a code")
    return codes[nth - 1]


def hear(someone: Recipient, beginning: str) -> Bubble:
    """Return the next message that begins so.

    Codes come in their own time, and on a busy machine a verdict may overtake what was noted.
    """
    while True:
        bubble = someone.hear()
        if bubble.text.startswith(beginning):
            return bubble
        is_beside = _CODE.search(bubble.text) or " was changed: " in bubble.text
        assert is_beside or bubble.text.startswith("Noted: "), bubble.text


def divert_twice(someone: Recipient) -> None:
    """Give the parcel to a neighbour, then want it in a shop or locker: that needs a code."""
    someone.ask("please leave it with my neighbour Mrs Jones at number 12")
    choose(someone, "Yes, give it to Mrs Jones at no. 12")
    hear(someone, "Confirmed for ")
    someone.write("where is the nearest pickup point?")
    offer = hear(someone, "You can collect ")
    someone.menu = offer
    choose(someone, offer.labels[0])
    someone.menu = hear(someone, "To protect your parcel ")


def choose(someone: Recipient, words: str) -> None:
    """Choose an option, and leave what comes to be heard."""
    assert someone.menu is not None
    if isinstance(someone, TelegramRecipient):
        someone.tap(someone.menu, someone.menu.option(words))
    else:
        someone.write(someone.menu.option(words))


@pytest.mark.conversation("D1", "A code for a risky change")
def test_a_risky_change_goes_on_with_the_code_that_came_to_the_phone(newcomer: Newcomer) -> None:
    someone = newcomer()
    divert_twice(someone)
    assert someone.delivery()["place"]["kind"] == "neighbour"
    code = code_to(someone)

    someone.write(f"{code[:3]} {code[3:]}")
    hear(someone, "Confirmed for ")

    assert someone.delivery()["place"]["kind"] == "pickup_point"
    assert_nowhere(someone, code)


def assert_nowhere(someone: Recipient, code: str) -> None:
    """Assert that no log, thread or trace holds a code, however it was written."""
    town = someone.town
    # Fractions of seconds and ids have digits of their own.
    written = re.compile(rf"(?<![\w.]){code[:3]} ?{code[3:]}(?!\w)")
    rows: list[Any] = town.inbound(someone.channel, someone.address)
    rows += town.outbox(someone.channel, someone.address)
    kept = str([(row.text, getattr(row, "trace", ""), row) for row in rows])
    logs = [text for name, text in town.processes.logs().items() if name != "sandbox"]
    assert [found[0] for each in (kept, *logs) if (found := written.search(each))] == []


def test_three_wrong_codes_call_a_person_and_change_nothing(newcomer: Newcomer) -> None:
    someone = newcomer()
    divert_twice(someone)
    wrong = "111111" if code_to(someone) != "111111" else "222222"

    someone.write(wrong)
    hear(someone, "That is not the code. You have 2 more tries.")
    someone.write("12345")
    hear(someone, "The code has 6 digits.")
    someone.write(wrong)
    hear(someone, "That is not the code. You have one more try.")
    someone.write(wrong)
    last = hear(someone, "That was not the code either, so nothing has been changed.")

    assert "A colleague will look at this" in last.text
    assert someone.delivery()["place"]["kind"] == "neighbour"


def test_a_new_code_takes_the_place_of_the_old_one_and_one_may_leave_it(
    newcomer: Newcomer,
) -> None:
    someone = newcomer()
    divert_twice(someone)
    old = code_to(someone)

    choose(someone, "Send me a new code")
    someone.menu = hear(someone, "Here comes a new code." if _is_sms(someone) else "I have sent ")
    newer = code_to(someone, nth=2)
    if old != newer:
        someone.write(old)
        someone.menu = hear(someone, "That is not the code.")
    choose(someone, "Leave it as it is")
    hear(someone, "All right, nothing changes for ")
    someone.write(newer)
    hear(someone, "No change is waiting for a code any more.")


def _is_sms(someone: Recipient) -> bool:
    return not isinstance(someone, TelegramRecipient)


def two_on_one_delivery(town: Town) -> tuple[Recipient, Recipient]:
    """Return two people whose numbers a shipper gave for one delivery."""
    first = Recipient(town, f"+447700900{next(_numbers)}")
    second = Recipient(town, f"+447700900{next(_numbers)}", role="the other contact")
    row = {
        "reference": f"TWO-{first.phone[-3:]}",
        "tracking_number": f"TW{first.phone[-6:]}",
        "shipper_id": "runwell",
        "depot_id": "bristol-east",
        "description": "running shoes",
        "recipient_name": "Robin Vale",
        "phone": first.phone,
        "phone_2": second.phone,
        "address": "10 Larkspur Road",
        "postcode": "BS8 3DF",
        "city": "Bristol",
        "lat": 51.45712,
        "lon": -2.61745,
    }
    given = {"deliveries": [row], "date": DAY.isoformat()}
    taken = town.api("/deliveries", method="POST", json=given)
    assert taken["errors"] == []
    return first, second


def choose_friday(someone: Recipient) -> str:
    """Move the delivery to Friday; return what was chosen."""
    offer = someone.ask("can it come on friday?")
    choose(someone, offer.labels[0])
    hear(someone, "Confirmed for ")
    return offer.labels[0]


@pytest.mark.conversation("D3", "It was not me")
def test_a_change_is_told_to_the_other_contact_who_takes_it_back(town: Town) -> None:
    first, second = two_on_one_delivery(town)
    chosen = choose_friday(first)

    told = second.hear()
    thanks = second.ask("NOT ME")

    assert chosen in told.text
    assert told.text.endswith("1 It was not me")
    assert thanks.text.startswith("Thank you for telling us. I am putting ")
    assert " back to how it was before" in hear(first, "Runwell Sports: ").text
    assert first.delivery()["date"] == DAY.isoformat()


@pytest.mark.conversation("N9", "Two choose differently")
def test_two_contacts_who_choose_differently_end_in_one_outcome_that_both_know(
    town: Town,
) -> None:
    first, second = two_on_one_delivery(town)
    offer = second.ask("can it come on thursday?")
    chosen = choose_friday(first)

    told = second.hear()
    second.menu = offer
    asked = second.choose(offer.labels[0])
    choose(second, offer.labels[0])
    confirmed = hear(second, "Confirmed for ")

    assert " was changed: " in told.text
    assert asked.text.startswith("Another contact on this delivery ")
    assert chosen in asked.text
    assert offer.labels[0] in confirmed.text
    assert offer.labels[0] in hear(first, "Runwell Sports: ").text


@pytest.mark.conversation("D6", "Wrong number")
def test_after_wrong_number_nothing_more_comes(town: Town) -> None:
    first, second = two_on_one_delivery(town)

    parting = second.ask("wrong number")
    choose_friday(first)
    second.write("where is my parcel?")
    second.last_inbound()

    assert parting.text.startswith("Thank you for telling us. We have removed your number")
    assert second.unread() == []


@pytest.mark.conversation("D2", "A PIN at the door")
def test_the_driver_needs_the_pin_that_came_when_the_van_left(town: Town, texter: Newcomer) -> None:
    someone = texter()
    delivery = someone.delivery()
    with town.store.unit_of_work() as work:
        work.deliveries.get(delivery["id"]).requires_pin = True
        work.commit()

    report(town, delivery, "departed")
    told = someone.hear()
    while " PIN " not in told.text:
        told = someone.hear()
    pin = re.findall(r"PIN (\d{4}) ", told.text)[0]
    missing = report(town, delivery, "delivered")
    wrong = report(town, delivery, "delivered", pin="0000" if pin != "0000" else "1111")
    right = report(town, delivery, "delivered", pin=pin)

    assert missing["rejected"][0]["error"] == "pin is missing"
    assert wrong["rejected"][0]["error"] == "pin is wrong, 2 tries are left"
    assert right["accepted"] == 1
    assert someone.delivery()["status"] == "delivered"


def report(town: Town, delivery: dict[str, Any], kind: str, **details: str) -> dict[str, Any]:
    """Report something as a driver's device would; return what became of it."""
    event = {
        "id": f"{kind}-{next(_numbers)}",
        "kind": kind,
        "at": town.now().isoformat(),
        "route_id": delivery["route_id"],
        **({} if kind == "departed" else {"delivery_id": delivery["id"]}),
        **details,
    }
    answer: dict[str, Any] = town.api("/driver-events", method="POST", json={"events": [event]})
    return answer
