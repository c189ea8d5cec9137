"""What is longer than the exemption of 47 CFR 64.1200 covers, at the gate."""

import pytest

from deliveries.model.message import OutboxState, Purpose
from deliveries.model.rules_form import read_rules
from deliveries.model.saying import Saying
from tests.builders import NOW, a_stocked_storage, an_outbox_message
from tests.unit.bot.test_shared_notices import leave

LONG = "a garden bench of oak with cushions in three colours, assembled, with a cover against rain"


@pytest.mark.parametrize(
    ("kind", "name", "tasks"),
    [
        ("A3", "notice_out_for_delivery", []),
        ("A7", "notice_failed_nobody_home", ["message_undelivered"]),
    ],
)
def test_what_is_too_long_for_its_ground_stays_and_goes_to_staff_if_it_is_needed(
    kind: str, name: str, tasks: list[str]
) -> None:
    facts = {"shipper": "The Long-Established Garden Company", "parcel": LONG, "window": LONG}
    store = a_stocked_storage(
        an_outbox_message(
            notice=kind,
            purpose=Purpose.NOTICE,
            delivery_id="d-1",
            sayings=(Saying(name, facts=facts),),
        )
    )
    with store.unit_of_work() as work:
        shipper = work.shippers.all()[0]
        shipper.rules = read_rules({"messages": {"legal_basis": "us_exempt"}})
        work.commit()

    assert leave(store, NOW) == []

    with store.unit_of_work(read_only=True) as work:
        message = work.outbox.get("m-1")
        assert (message.state, message.reason) == (OutboxState.SUPPRESSED, "too_long_for_basis")
        assert [each.kind for each in work.tasks.open()] == tasks
