"""Three deliveries' lives in any order: whatever happens, design.md's invariants hold.

Two people, three parcels and one place in every window and locker. They wish, choose, tap old and
foreign buttons and take back; the planner accepts, refuses, thinks, or answers while they change
their mind; the driver reports what he likes; holds end; cutoffs pass.
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from deliveries.model.delivery import Delivery
from deliveries.model.history import DriverEvent
from deliveries.model.offer import Hold, HoldState
from deliveries.model.personal import ContactAddress
from deliveries.model.preference import (
    LIVE_PREFERENCES,
    OPEN_CHANGES,
    PlannerChange,
    Preference,
    PreferenceState,
    RejectionReason,
    VerdictKind,
)
from deliveries.model.route import Plan
from deliveries.ports import Verdict, Visit
from deliveries.services.committing.holding import release_ended_holds
from deliveries.services.committing.pushing import Pushing
from deliveries.services.days.driving import record_driver_events
from integrations.storage.message_tables import capacities
from tests.builders import (
    A_DAY,
    NOW,
    a_contact,
    a_conversation,
    a_delivery,
    a_parcel,
    a_person,
    a_plan,
    a_route,
    a_stocked_storage,
    a_stop,
    at,
)
from tests.doubles import OpenPlanner
from tests.unit.deliveries.services.talk import Talk

WISHES: dict[str, tuple[str, str, dict[str, str]]] = {
    "tomorrow": ("tomorrow please", "reschedule", {}),
    "afternoon": ("tomorrow after 3", "reschedule", {}),
    "any time": ("another time", "reschedule", {}),
    "neighbour": (
        "Dave at 14",
        "leave_with_neighbour",
        {"neighbour_name": "Dave", "house_number": "14"},
    ),
    "safe place": ("in the shed", "leave_in_safe_place", {"place": "in the shed"}),
    "locker": ("a locker", "collect_from_pickup_point", {}),
    "refuse": ("send it back", "refuse_delivery", {}),
}
VERDICTS = ("accepted", "accepted", "rejected", "pending")
REPORTS = ("departed", "arrived", "delivered", "failed", "returned")
MACHINE = datetime(2026, 5, 5, tzinfo=UTC)


def taken_by(delivery: Delivery) -> str | None:
    """Return the resource that a delivery takes as it stands."""
    if delivery.place.pickup_point_id:
        return f"compartment:{delivery.place.pickup_point_id}:M"
    return f"window:dep-1:{delivery.window_start.isoformat()}" if delivery.window_start else None


def may_come_true(choice: Preference, changes: dict[str, PlannerChange]) -> bool:
    if choice.state is PreferenceState.REPLACED:
        return choice.decided_at is None and changes[choice.id].state in OPEN_CHANGES
    return choice.state is PreferenceState.PENDING


def _said(talk: Talk) -> str | None:
    return talk.answer.sayings[-1].name if talk.answer.sayings else None


class Moody(OpenPlanner):
    """A planner that says what a test wants, while something happens meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.verdict = "accepted"
        self.meanwhile: Callable[[], object] | None = None

    def apply(
        self, plan: Plan, visit: Visit | None, delivery_id: str, *, now: datetime, key: str
    ) -> Verdict:
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        if self.verdict == "rejected":
            return Verdict(VerdictKind.REJECTED, reason=RejectionReason.WINDOW_FULL)
        if self.verdict == "pending":
            return Verdict(VerdictKind.PENDING)
        return super().apply(plan, visit, delivery_id, now=now, key=key)


class Lives(RuleBasedStateMachine):
    """What may happen, and what must hold after it."""

    def __init__(self) -> None:
        super().__init__()
        stops = [
            a_stop(
                id=f"st-{number}",
                position=number - 1,
                delivery_ids=(f"d-{number}",),
                arrival_at=at(11 + number),
                service_at=at(11 + number),
            )
            for number in (1, 2, 3)
        ]
        self.store = a_stocked_storage(
            a_delivery(
                id="d-2",
                reference="ORDER-2",
                parcels=(a_parcel(tracking_number="LB1000000002", description="shoes"),),
            ),
            a_person(id="p-2"),
            a_contact(id="c-2", person_id="p-2", address=ContactAddress("+447700900002")),
            a_conversation(id="conv-2", person_id="p-2"),
            a_delivery(id="d-3", reference="ORDER-3", person_id="p-2"),
            a_plan(routes=[a_route(stops=stops)], planned_at=at(5)),
        )
        with self.store.unit_of_work() as work:
            for day in range(4):
                for hour in range(8, 18):
                    start = at(hour, day=A_DAY + timedelta(days=day - 1))
                    work.holds.set_capacity(f"window:dep-1:{start.isoformat()}", 1)
            work.holds.set_capacity("compartment:pp-1:M", 1)
            for number in (1, 2, 3):
                delivery = work.deliveries.get(f"d-{number}")
                delivery.route_id, delivery.stop_id = "r-1", f"st-{number}"
                delivery.eta_at = at(11 + number)
            work.commit()
        self.planner = Moody()
        self.talks = [
            Talk(self.store, self.planner),
            Talk(self.store, self.planner, conversation_id="conv-2", contact_id="c-2"),
        ]
        self.pushing = Pushing(self.talks[0].desk, jitter=lambda: 0.0)
        self.now = NOW - timedelta(hours=15)
        self.machine = MACHINE
        self.option_ids: list[str] = []
        self.reports = 0

    who = st.integers(0, 1)

    @rule(who=who, wish=st.sampled_from(sorted(WISHES)))
    def wish(self, who: int, wish: str) -> None:
        self._say(who, *WISHES[wish])

    @rule(who=who)
    def mean_all_parcels(self, who: int) -> None:
        self._say(who, "both", "inform", {"which_parcel": "both"})

    @rule(who=who, position=st.integers(0, 3))
    def press(self, who: int, position: int) -> None:
        self._press(who, position)

    @rule(
        who=who,
        wish=st.sampled_from(sorted(WISHES)),
        position=st.integers(0, 3),
        verdict=st.sampled_from((*VERDICTS, None)),
    )
    def choose(self, who: int, wish: str, position: int, verdict: str | None) -> None:
        """Go all the way, the verdict included, so that long lives are lived often enough."""
        self._say(who, *WISHES[wish])
        for _ in range(3):
            self._press(who, position)
            if _said(self.talks[who]) == "choice_noted":
                break
        if verdict is not None:
            self._push(verdict)

    @rule(who=who, which=st.integers(0, 10_000))
    def tap_any_button_ever_shown(self, who: int, which: int) -> None:
        if self.option_ids:
            self._turn(who, lambda talk: talk.tap(self.option_ids[which % len(self.option_ids)]))

    @rule(who=who)
    def take_back(self, who: int) -> None:
        self._say(who, "put it back", "undo_choice")

    @rule(minutes=st.sampled_from((1, 5, 11, 60, 300)))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def let_holds_end(self) -> None:
        with self.store.unit_of_work() as work:
            release_ended_holds(work, now=self.now)
            work.commit()

    @rule(verdict=st.sampled_from(VERDICTS))
    def push(self, verdict: str) -> None:
        self._push(verdict)

    @rule(verdict=st.sampled_from(VERDICTS), who=who, position=st.integers(0, 3))
    def push_while_somebody_chooses(self, verdict: str, who: int, position: int) -> None:
        self.planner.meanwhile = lambda: self._press(who, position)
        self._push(verdict)

    @rule(verdict=st.sampled_from(VERDICTS), who=who)
    def push_while_somebody_takes_back(self, verdict: str, who: int) -> None:
        self.planner.meanwhile = lambda: self._say(who, "put it back", "undo_choice")
        self._push(verdict)

    @rule(kind=st.sampled_from(REPORTS), number=st.integers(1, 3))
    def report(self, kind: str, number: int) -> None:
        self.reports += 1
        at_stop = () if kind in ("departed", "returned") else (f"st-{number}", f"d-{number}")
        event = DriverEvent(f"e-{self.reports}", kind, self.now, "r-1", *at_stop)
        record_driver_events(self.talks[0].desk, [event], now=self.now)

    @invariant()
    def no_delivery_has_two_live_choices(self) -> None:
        live = Counter(
            each.delivery_id for each in self._all(Preference) if each.state in LIVE_PREFERENCES
        )
        assert [each for each, count in live.items() if count > 1] == []

    @invariant()
    def nothing_is_oversold_and_what_is_taken_is_what_holds_say(self) -> None:
        held = Counter[str]()
        for hold in self._all(Hold):
            if hold.state is not HoldState.RELEASED:
                held[hold.resource] += hold.quantity
        with self.store.engine.connect() as connection:
            rows = connection.execute(select(capacities)).all()
        wrong = [
            (row.resource, row.total, row.taken, held[row.resource])
            for row in rows
            if row.taken != held[row.resource] or (row.total is not None and row.taken > row.total)
        ]
        assert wrong == []

    @invariant()
    def no_hold_is_leaked_and_nothing_is_taken_that_nobody_counts(self) -> None:
        committed = {
            each.id: each.resource for each in self._all(Hold) if each.state is HoldState.COMMITTED
        }
        changes = {each.preference_id: each for each in self._all(PlannerChange)}
        needed: list[str] = []
        uncounted: list[str] = []
        with self.store.unit_of_work(read_only=True) as work:
            for id_ in ("d-1", "d-2", "d-3"):
                delivery, choices = work.deliveries.get(id_), work.preferences.of(id_)
                if delivery.is_final:
                    continue
                resource = taken_by(delivery)
                own = {each.hold_id for each in choices if each.hold_id in committed}
                using = [each for each in own if each and committed[each] == resource]
                uncounted += [id_] if resource and not using else []
                needed += using[:1]
                needed += [
                    str(each.hold_id)
                    for each in choices
                    if each.hold_id in own - set(using[:1]) and may_come_true(each, changes)
                ]
        assert uncounted == []
        assert sorted(needed) == sorted(committed)

    @invariant()
    def no_choice_disappears(self) -> None:
        changes = {each.preference_id: each for each in self._all(PlannerChange)}
        with self.store.unit_of_work(read_only=True) as work:
            with_staff = {task.delivery_id for task in work.tasks.open()}
        lost = [
            each.id
            for each in self._all(Preference)
            if each.state is PreferenceState.PENDING
            and changes[each.id].state not in OPEN_CHANGES
            and each.delivery_id not in with_staff
        ]
        assert lost == []

    def teardown(self) -> None:
        with self.store.unit_of_work() as work:
            release_ended_holds(work, now=self.now + timedelta(hours=1))
            work.commit()
        assert [each.id for each in self._all(Hold) if each.state is HoldState.HELD] == []
        self.store.engine.dispose()

    def _say(self, who: int, text: str, intent: str, named: dict[str, str] | None = None) -> None:
        self._turn(who, lambda talk: talk.say(text, intent, **(named or {})))

    def _press(self, who: int, position: int) -> None:
        def press(talk: Talk) -> object:
            offer = talk.offer()
            return talk.press(position % len(offer.options) + 1) if offer else None

        self._turn(who, press)

    def _turn(self, who: int, do: Callable[[Talk], object]) -> None:
        talk = self.talks[who]
        talk.now = self.now
        do(talk)
        offer = talk.offer()
        if offer is not None:
            self.option_ids += [option.id for option in offer.options]

    def _push(self, verdict: str) -> None:
        self.planner.verdict = verdict
        self.machine += timedelta(hours=1)
        self.pushing.push_due(by="worker", now=self.now, technical_now=self.machine)
        self.planner.meanwhile = None

    def _all[T](self, kind: type[T]) -> list[T]:
        with Session(self.store.engine) as session:
            return list(session.scalars(select(kind)))


TestLives = Lives.TestCase
TestLives.settings = settings(max_examples=20, stateful_step_count=25)
