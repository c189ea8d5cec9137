"""N13: what who misses a parcel is told, and what the colleague who looks for it gets."""

from datetime import timedelta

import pytest

from deliveries.model.delivery import DeliveryStatus
from deliveries.model.history import HistoryEntry
from deliveries.services.claims.missing import (
    ANSWERED_WITHIN,
    FAR_M,
    evidence_of,
    what_was_reported,
)
from integrations.storage import Storage
from tests.builders import NOW, a_stocked_storage


def delivered(handed_to: str, off_m: int) -> Storage:
    store = a_stocked_storage()
    with store.unit_of_work() as work:
        delivery = work.deliveries.get("d-1")
        delivery.move_to(DeliveryStatus.DELIVERED, now=NOW)
        delivery.handed_to, delivery.proof_url = handed_to, "https://proofs.example/1.png"
        work.history.add(
            HistoryEntry("delivered", NOW, "driver", delivery_id="d-1", facts={"off_m": off_m})
        )
        work.commit()
    return store


@pytest.mark.parametrize(
    ("handed_to", "off_m", "told"),
    [
        ("recipient", FAR_M, ["missing_reported", "missing_look_around", "missing_case"]),
        ("neighbour", 5, ["missing_reported", "missing_look_neighbour", "missing_case"]),
        (
            "safe_place",
            FAR_M + 1,
            ["missing_reported", "missing_far", "missing_look_around", "missing_case"],
        ),
    ],
)
def test_who_misses_a_parcel_is_told_what_was_reported_and_where_to_look(
    handed_to: str, off_m: int, told: list[str]
) -> None:
    store = delivered(handed_to, off_m)
    with store.unit_of_work(read_only=True) as work:
        sayings = what_was_reported(work, work.deliveries.get("d-1"), now=NOW)
    assert [saying.name for saying in sayings] == told


def test_nothing_is_claimed_of_a_parcel_that_nobody_reported_as_delivered() -> None:
    with a_stocked_storage().unit_of_work(read_only=True) as work:
        assert what_was_reported(work, work.deliveries.get("d-1"), now=NOW) == []


def test_the_case_has_the_evidence_and_a_clock() -> None:
    store = delivered("safe_place", 120)
    now = NOW + timedelta(hours=1)
    with store.unit_of_work(read_only=True) as work:
        evidence = evidence_of(work, work.deliveries.get("d-1"), now=now)
    assert (evidence["off_m"], evidence["has_photo"], evidence["handed_to"]) == (
        120,
        True,
        "safe_place",
    )
    assert evidence["due_at"] == (now + ANSWERED_WITHIN).isoformat()
