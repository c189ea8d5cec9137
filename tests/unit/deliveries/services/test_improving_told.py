"""What recipients hear of better routes: nothing, unless what they were told really breaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from deliveries.model.personal import ContactAddress
from deliveries.model.route import Plan
from deliveries.model.window import TimeWindow
from deliveries.ports import Improvement
from deliveries.services.days.improving import improve_day
from tests.builders import (
    A_DAY,
    a_contact,
    a_delivery,
    a_person,
    a_stocked_storage,
    at,
)
from tests.unit.deliveries.services.round import Round, a_stop_for

PEOPLE = 4


@dataclass
class Moving:
    """Finds routes on which deliveries are expected when a test says, whatever was promised."""

    etas: Mapping[str, datetime]

    def improve(
        self, plan: Plan, promises: Mapping[str, TimeWindow], *, now: datetime
    ) -> Improvement:
        for route in plan.routes:
            route.revision += 1
            for stop in route.stops:
                stop.arrival_at = stop.service_at = self.etas[stop.delivery_ids[0]]
        return Improvement(saved_s=600, moved=0, changed_van=0)


def a_round_of_four() -> Round:
    """Return a round on which each of four people was told the hour from ten, and is at half past.

    It leaves in two hours: everything may still move.
    """
    more = [
        each
        for n in range(2, PEOPLE + 1)
        for each in (
            a_person(id=f"p-{n}"),
            a_contact(id=f"c-{n}", person_id=f"p-{n}", address=ContactAddress(f"+44770090000{n}")),
            a_delivery(id=f"d-{n}", reference=f"ORDER-{n}", person_id=f"p-{n}"),
        )
    ]
    drive = Round(a_stocked_storage(*more), now=at(8))
    half_past = at(10, 30)
    stops = [
        a_stop_for(n, arrival_at=half_past, service_at=half_past) for n in range(1, PEOPLE + 1)
    ]
    drive.plan(*stops, start_at=at(10))
    with drive.store.unit_of_work() as work:
        for n in range(1, PEOPLE + 1):
            work.deliveries.get(f"d-{n}").promise(TimeWindow(at(10), at(11)))
        work.commit()
    return drive


def move(drive: Round, *etas: datetime, now: datetime) -> None:
    """Let the background find routes with these ETAs, in the order of the deliveries."""
    moving = Moving({f"d-{n}": eta for n, eta in enumerate(etas, start=1)})
    with drive.store.unit_of_work() as work:
        # Somebody's choice came in, so there is a reason to look.
        work.plans.raise_revision("plan-1", expected=work.plans.get("plan-1").revision)
        work.commit()
    assert improve_day(drive.store.unit_of_work, moving, "dep-1", A_DAY, now=now) is not None


def told(drive: Round) -> list[tuple[str | None, str]]:
    """Return who was told what of a broken promise, in order."""
    return [
        (each.delivery_id, each.sayings[0].name) for each in drive.messages() if each.notice == "A6"
    ]


def test_only_whose_promise_breaks_hears_of_better_routes() -> None:
    drive = a_round_of_four()
    # Within the hour; a quarter late and no news yet; late; early.
    move(drive, at(10, 59), at(11, 15), at(11, 50), at(9, 40), now=at(8))
    drive.tick(at(8, 1))
    assert sorted(told(drive)) == [("d-3", "notice_delay"), ("d-4", "notice_earlier")]


def test_nobody_hears_of_it_twice_however_often_it_is_looked_at() -> None:
    drive = a_round_of_four()
    etas = at(10, 30), at(10, 30), at(11, 50), at(10, 30)
    move(drive, *etas, now=at(8))
    for minute in range(1, 4):
        drive.tick(at(8, minute))
    move(drive, *etas, now=at(8, 5))
    drive.tick(at(8, 6))
    assert told(drive) == [("d-3", "notice_delay")]


def test_routes_that_waver_are_no_news_to_who_was_told_anew() -> None:
    drive = a_round_of_four()
    move(drive, at(10, 30), at(10, 30), at(11, 50), at(10, 30), now=at(8))
    drive.tick(at(8, 1))
    promised = drive.delivery("d-3").promised
    assert promised is not None
    for minute, eta in enumerate(
        (promised.end + timedelta(minutes=14), promised.start - timedelta(minutes=14)), start=2
    ):
        move(drive, at(10, 30), at(10, 30), eta, at(10, 30), now=at(8, minute))
        drive.tick(at(8, minute))
    assert told(drive) == [("d-3", "notice_delay")]
    assert drive.delivery("d-3").promised == promised


def test_routes_that_break_the_new_promise_too_are_told_again() -> None:
    drive = a_round_of_four()
    for minute, eta in enumerate((at(11, 50), at(14)), start=1):
        move(drive, at(10, 30), at(10, 30), eta, at(10, 30), now=at(8, minute))
        drive.tick(at(8, minute))
    assert told(drive) == [("d-3", "notice_delay")] * 2
