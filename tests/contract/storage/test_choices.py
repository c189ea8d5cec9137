from datetime import timedelta

import pytest

from deliveries.errors import ConflictError
from deliveries.model.offer import HoldState
from deliveries.model.preference import ChangeState, PlannerChange, PreferenceState
from integrations.storage import Storage
from tests.builders import (
    NOW,
    a_change,
    a_delivery,
    a_hold,
    a_preference,
    a_window,
    an_offer,
    at,
    keep,
)

ROOM = "compartment:pp-1:M"


def test_holds_never_take_more_than_there_is(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.holds.set_capacity(ROOM, 3)
        taken = [
            work.holds.take(a_hold(id=f"h-{index}", quantity=quantity))
            for index, quantity in enumerate((2, 2, 1, 1))
        ]
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        assert taken == [True, False, True, False]
        assert work.holds.room(ROOM) == 0
        assert [hold.id for hold in work.holds.of_offer("of-1")] == ["h-0", "h-2"]


def test_a_resource_without_a_capacity_has_no_limit_but_is_counted(store: Storage) -> None:
    with store.unit_of_work() as work:
        before = work.holds.room("slot:any")
        taken = [
            work.holds.take(a_hold(id=f"h-{number}", resource="slot:any")) for number in range(3)
        ]
        unlimited = work.holds.room("slot:any")
        work.holds.set_capacity("slot:any", 4)
        limited = work.holds.room("slot:any")
        work.holds.set_capacity("slot:any", 2)
        lowered = work.holds.room("slot:any")
        taken.append(work.holds.take(a_hold(id="h-3", resource="slot:any")))

    assert (before, unlimited, limited, lowered) == (None, None, 1, 0)
    assert taken == [True, True, True, False]


def test_a_hold_is_committed_in_time_and_once(store: Storage) -> None:
    keep(store, a_hold(expires_at=at(10)), a_hold(id="h-2", expires_at=at(10)))

    with store.unit_of_work() as work:
        hold = work.holds.get("h-1")
        committed = [
            work.holds.commit("h-1", now=at(9, 59)),
            work.holds.commit("h-1", now=at(11)),
            work.holds.commit("h-2", now=at(10)),
            work.holds.commit("h-404", now=at(9)),
        ]

        assert committed == [True, True, False, False]
        assert hold.state is HoldState.COMMITTED
        assert [ended.id for ended in work.holds.ended(now=at(10), limit=9)] == ["h-2"]
        assert work.holds.ended(now=at(9, 59), limit=9) == []


def test_capacity_is_given_back_once_whether_held_or_used(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.holds.set_capacity(ROOM, 5)
        for number in (1, 2):
            work.holds.take(a_hold(id=f"h-{number}", quantity=2))
        work.holds.commit("h-1", now=NOW)
        rooms = [work.holds.room(ROOM)]
        for id_ in ("h-1", "h-1", "h-2", "h-404"):
            work.holds.release(id_)
            rooms.append(work.holds.room(ROOM))

        assert rooms == [1, 3, 3, 5, 5]
        assert work.holds.get("h-2").state is HoldState.RELEASED
        assert not work.holds.commit("h-2", now=NOW)


def test_a_hold_that_is_not_committed_to_the_database_takes_nothing(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.holds.set_capacity(ROOM, 1)
        work.commit()
    with store.unit_of_work() as work:
        work.holds.take(a_hold())

    with store.unit_of_work(read_only=True) as work:
        assert work.holds.room(ROOM) == 1
        assert work.holds.find("h-1") is None


def test_the_live_choice_is_the_pending_or_confirmed_one(store: Storage) -> None:
    keep(
        store,
        a_preference(id="pref-1", version=1, state=PreferenceState.CONFIRMED),
        a_preference(id="pref-2", version=2, state=PreferenceState.REJECTED),
    )

    with store.unit_of_work(read_only=True) as work:
        live, latest = work.preferences.live_of("d-1"), work.preferences.latest_of("d-1")
        assert (live and live.id, latest and latest.id) == ("pref-1", "pref-2")
        assert latest is not None
        assert work.preferences.before(latest) is live
        assert live is not None
        assert work.preferences.before(live) is None
        assert work.preferences.live_of("d-2") is None


def test_two_choices_of_one_version_are_a_conflict(store: Storage) -> None:
    keep(store, a_preference())

    with pytest.raises(ConflictError):
        keep(store, a_preference(id="pref-2"))


def a_later_change(number: int, delivery_id: str = "d-1") -> PlannerChange:
    return a_change(
        id=f"ch-{number}", delivery_id=delivery_id, idempotency_key=f"{delivery_id}:{number}"
    )


def test_the_oldest_open_change_of_each_delivery_is_claimed(store: Storage) -> None:
    keep(
        store,
        a_delivery(id="d-2", reference="R2"),
        a_preference(),
        a_later_change(1),
        a_later_change(2),
        a_later_change(3, "d-2"),
    )

    with store.unit_of_work() as work:
        first = work.changes.claim_due(by="w-1", now=NOW, until=at(10), limit=9)
        again = work.changes.claim_due(by="w-2", now=NOW, until=at(10), limit=9)
        claims = [(change.id, change.claimed_by, change.claimed_until) for change in first]
        first[0].state = ChangeState.ACCEPTED
        first[1].claimed_until = None
        first[1].next_attempt_at = at(9, 30)
        later = work.changes.claim_due(by="w-2", now=at(9, 29), until=at(10), limit=9)
        ends = work.changes.claim_due(by="w-3", now=at(10), until=at(11), limit=1)

        assert claims == [("ch-1", "w-1", at(10)), ("ch-3", "w-1", at(10))]
        assert again == []
        assert [change.id for change in later] == ["ch-2"]
        assert [change.id for change in ends] == ["ch-2"]
        assert work.changes.open_count() == 2
        newest = work.changes.of_preference("pref-1")
        assert (newest and newest.id) == "ch-3"


def test_a_change_is_written_once_per_key(store: Storage) -> None:
    keep(store, a_preference(), a_change(next_attempt_at=NOW + timedelta(hours=1)))

    with pytest.raises(ConflictError):
        keep(store, a_change(id="ch-2"))
    with store.unit_of_work() as work:
        assert work.changes.claim_due(by="w", now=NOW, until=at(10), limit=9) == []


def test_what_is_sought_is_taken_once_the_oldest_first_and_not_after_its_time(
    store: Storage,
) -> None:
    windows = (a_window(), a_window(at(15), minutes=30))
    ages = {"of-late": 1, "of-early": 3, "of-old": 9}
    keep(
        store,
        an_offer(id="of-none"),
        *(
            an_offer(id=id_, created_at=NOW - timedelta(minutes=age), sought=windows)
            for id_, age in ages.items()
        ),
    )

    taken = []
    for limit in (1, 5, 5):
        with store.unit_of_work() as work:
            found = work.offers.take_sought(since=NOW - timedelta(minutes=5), limit=limit)
            taken.append({id_: tuple(sought) for id_, sought in found.items()})
            work.commit()

    assert taken == [{"of-early": windows}, {"of-late": windows}, {}]
    with store.unit_of_work(read_only=True) as work:
        assert work.offers.get("of-early").sought is None
        assert work.offers.get("of-old").sought == windows
