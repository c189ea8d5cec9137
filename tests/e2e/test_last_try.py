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


@pytest.mark.conversation("A10", "The last try, and what silence means")
def test_after_the_last_try_silence_sends_it_back_and_an_answer_keeps_it(
    town: Town, texter: Newcomer
) -> None:
    for shipper in ("larkfield", "runwell", "homely", "greenpost", "chronos"):
        rules = {"limits": {"attempts": 1}}
        town.api(f"/shippers/{shipper}/rules", method="PUT", json=rules)
    silent, answering = texter(), texter()
    for each in (answering, silent):
        fail(town, each)
    warned = silent.hear()
    answering.hear()

    answering.choose(answering.ask("bring it again on friday").labels[0])
    confirmed = answering.hear()
    evening = town.now().astimezone(LONDON).replace(hour=22, minute=30, second=30)
    town.set_clock(jump_to=evening)
    wait_until(lambda: silent.delivery()["status"] == "return_to_sender", "it to be sent back")
    town.set_clock(jump_to=evening + timedelta(hours=9, minutes=45))
    told = silent.hear()

    assert "or it goes back to the sender" in warned.text
    assert confirmed.text.startswith(f"Confirmed for {answering.parcel}: Fri 13 Mar")
    assert "nobody told us in time what to do" in told.text
    assert answering.delivery()["status"] == "in_transit"
