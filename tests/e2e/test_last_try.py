"""A shipper's last try at a door: told with what silence means, and kept to."""

from datetime import timedelta

import pytest

from tests.e2e.conftest import Newcomer
from tests.e2e.processes import wait_until
from tests.e2e.recipients import Recipient
from tests.e2e.town import LONDON, Town

TOWN = "last_try"


def fail(town: Town, someone: Recipient) -> None:
    """Let the driver find nobody at somebody's door."""
    delivery = someone.delivery()
    event = {
        "id": f"failed-{delivery['id']}",
        "kind": "failed",
        "at": town.now().isoformat(),
        "route_id": delivery["route_id"],
        "stop_id": delivery["stop_id"],
        "reason": "nobody_home",
    }
    assert town.api("/driver-events", method="POST", json={"events": [event]})["accepted"] == 1


@pytest.fixture(autouse=True)
def sparing(town: Town) -> None:
    """Let every shipper have a parcel tried once; what drivers do is for the tests to say."""
    town.sandbox("/api/drivers", json={"on": False})
    for shipper in ("larkfield", "runwell", "homely", "greenpost", "chronos"):
        rules = {"limits": {"attempts": 1}}
        town.api(f"/shippers/{shipper}/rules", method="PUT", json=rules)


def test_who_answers_in_time_keeps_it(town: Town, texter: Newcomer) -> None:
    someone = texter()
    fail(town, someone)
    someone.hear()

    someone.choose(someone.ask("bring it again on friday").labels[0])

    assert someone.hear().text.startswith(f"Confirmed for {someone.parcel}: Fri 13 Mar")
    assert someone.delivery()["status"] == "in_transit"


@pytest.mark.conversation("A10", "The last try, and what silence means")
def test_silence_after_the_last_try_sends_it_back(town: Town, texter: Newcomer) -> None:
    someone = texter()
    fail(town, someone)
    warned = someone.hear()

    evening = town.now().astimezone(LONDON).replace(hour=22, minute=30, second=30)
    town.set_clock(jump_to=evening)
    wait_until(lambda: someone.delivery()["status"] == "return_to_sender", "it to be sent back")
    town.set_clock(jump_to=evening + timedelta(hours=9, minutes=45))
    # Half the town hears of its morning at the same time.
    someone.patience_s = 300
    told = someone.hear()

    assert "or it goes back to the sender" in warned.text
    assert "nobody told us in time what to do" in told.text
