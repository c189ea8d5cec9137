"""A parcel at a shop or locker: its code, more time, collected, full, or sent back."""

import re
from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import Any

import pytest

from tests.e2e.conftest import Newcomer
from tests.e2e.processes import wait_until
from tests.e2e.recipients import Bubble, Recipient, TelegramRecipient
from tests.e2e.town import LONDON

TOWN = "lockers"
_events = count()


def at_a_point(someone: Recipient) -> dict[str, Any]:
    """Let somebody choose the nearest pickup point; return their delivery."""
    offer = someone.ask("where is the nearest pickup point?")
    someone.choose(offer.labels[0])
    assert someone.hear().text.startswith(f"Confirmed for {someone.parcel}: ")
    return someone.delivery()


def drive(someone: Recipient, kind: str, **facts: str) -> None:
    """Let the driver report something about somebody's delivery."""
    delivery = someone.delivery()
    event = {
        "id": f"lockers-{next(_events)}",
        "kind": kind,
        "at": someone.town.now().isoformat(),
        "route_id": delivery["route_id"],
        "stop_id": delivery["stop_id"],
        "delivery_id": delivery["id"],
        **facts,
    }
    told = someone.town.api("/driver-events", method="POST", json={"events": [event]})
    assert told["accepted"] == 1


def code_in(bubble: Bubble) -> str:
    found = re.search(r"\bCode (\d{6})\.", bubble.text)
    assert found, bubble.text
    return found[1]


@pytest.mark.conversation("B10", "Longer at a shop or locker, with the code told again")
def test_the_code_comes_with_the_parcel_and_more_time_when_asked_for(newcomer: Newcomer) -> None:
    someone = newcomer()
    delivery = at_a_point(someone)

    drive(someone, "delivered", handed_to="pickup_point")
    ready = someone.hear()
    code = code_in(ready)
    again = someone.ask("where is my parcel?")
    longer = someone.ask("I need more time to collect it")

    assert "you can collect " in ready.text
    assert code_in(again) == code
    assert " you can collect " in longer.text
    kept = [each.text for each in someone.town.outbox(someone.channel, someone.address)]
    assert not any(code in (text or "") for text in kept)
    collected = {"id": f"c-{code}", "at": someone.town.now().isoformat(), "code": code}
    path = f"/deliveries/{delivery['id']}/collected"
    assert someone.town.api(path, method="POST", json=collected) == {"is_new": True}
    assert someone.town.api(path, method="POST", json=collected) == {"is_new": False}
    assert " somebody collected " in someone.hear().text
    assert someone.delivery()["status"] == "delivered"


def test_a_full_locker_leaves_the_choice_to_the_recipient(newcomer: Newcomer) -> None:
    someone = newcomer()
    at_a_point(someone)

    # The clock stands still, and what is chosen in the instant of a failure came before it.
    someone.town.set_clock(jump_s=5)
    drive(someone, "failed", reason="locker_full")
    told = someone.hear()

    assert "no free compartment" in told.text
    assert "Another day or time" in told.labels
    first = told.labels[0]
    noted = someone.choose(first)
    if "open" in first:
        assert noted.text.startswith("Noted: ")
        assert someone.hear().text.startswith(("Confirmed for ", "Sorry, "))


@pytest.mark.conversation("B14", "Somebody else collects")
def test_somebody_else_gets_a_code_and_the_driver_a_note(newcomer: Newcomer) -> None:
    someone = newcomer()

    asked = someone.ask("can someone else collect it")
    given = someone.ask("Anna Vale")
    code = re.search(r"the code (\d{6})\.", given.text)
    delivery = someone.delivery()
    notes = [
        stop["note"]
        for route in someone.town.routes()
        for stop in route["stops"]
        if stop["id"] == delivery["stop_id"]
    ]

    assert asked.text.startswith("Who may collect ")
    assert code is not None
    assert notes == ["May be handed to Anna Vale, who tells a code"]
    path = f"/deliveries/{delivery['id']}/codes/check"
    checked = someone.town.api(path, method="POST", json={"code": code[1]})
    assert checked == {"kind": "collector", "name": "Anna Vale"}
    someone.ask("someone else collects")
    assert "not valid any more" in someone.choose("Take the code back").text
    assert someone.town.api_status(path, method="POST", json={"code": code[1]}) == 403


@pytest.mark.conversation("B6", "Collecting near another place")
def test_a_place_that_is_unknown_is_asked_for_and_a_street_found(newcomer: Newcomer) -> None:
    someone = newcomer()

    lost = someone.ask("can I collect it near the opera house?")
    found = someone.ask("Quarry Steps")

    assert lost.text.startswith("I do not know that place.")
    assert found.text.startswith(f"You can collect {someone.parcel} here.")


def test_a_shared_location_is_looked_around(chatter: Callable[[], TelegramRecipient]) -> None:
    someone = chatter()
    someone.ask("can I collect it near the opera house?")

    someone.do(location={"lat": 51.45398, "lon": -2.61910})
    found = someone.hear()

    assert found.text.startswith(f"You can collect {someone.parcel} here.")
    assert "Clifton News" in found.labels[0]


def test_what_is_not_collected_goes_back_after_a_reminder_and_a_warning(texter: Newcomer) -> None:
    someone = texter()
    at_a_point(someone)
    drive(someone, "delivered", handed_to="pickup_point")
    code_in(someone.hear())

    # In the days that are left out no van drives, and nobody else is told of it all at once.
    someone.town.sandbox("/api/drivers", json={"on": False})
    someone.town.set_clock(jump_to=datetime(2026, 3, 16, 9, 1, tzinfo=LONDON))
    reminder = someone.hear()
    someone.town.set_clock(jump_to=datetime(2026, 3, 17, 9, 1, tzinfo=LONDON))
    warning = someone.hear()
    someone.town.set_clock(jump_to=datetime(2026, 3, 18, 9, 1, tzinfo=LONDON))
    ended = someone.hear()

    assert "remember to collect" in reminder.text
    assert reminder.labels == ["More time to collect it"]
    assert "last day to collect" in warning.text
    assert "is going back to the sender" in ended.text
    wait_until(lambda: someone.delivery()["status"] == "return_to_sender", "the way back")
