"""Whatever is kept comes back as it was."""

from dataclasses import asdict, fields
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy.exc import StatementError

from deliveries.errors import NotFoundError
from deliveries.model.conversation import ConversationState, Draft
from deliveries.model.delivery import DeliveryStatus, Place, PlaceKind
from deliveries.model.history import DriverEvent, StaffTask
from deliveries.model.message import InboundMessage
from deliveries.model.network import Break, CompartmentSize
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from deliveries.model.route import Unassigned
from deliveries.model.rules_form import read_rules
from deliveries.model.saying import Saying
from deliveries.model.standing import StandingKind
from integrations.storage import Storage
from tests.builders import (
    A_DAY,
    NOW,
    a_change,
    a_contact,
    a_conversation,
    a_delivery,
    a_driver_event,
    a_handoff,
    a_history_entry,
    a_hold,
    a_link_token,
    a_note,
    a_parcel,
    a_person,
    a_pickup_point,
    a_plan,
    a_preference,
    a_route,
    a_shipper,
    a_staff_task,
    a_standing_wish,
    a_stop,
    a_turn,
    a_vehicle,
    an_agent,
    an_agent_session,
    an_inbound_message,
    an_offer,
    an_option,
    an_outbox_message,
    at,
    keep,
)


def facts(entity: Any) -> dict[str, Any]:
    """Return an entity's fields as plain values."""
    return {
        field.name: (
            [asdict(item) for item in value]
            if isinstance(value := getattr(entity, field.name), list)
            else value
        )
        for field in fields(entity)
        if field.name != "seq"
    }


FULL = [
    ("shippers", a_shipper(id="s-2", rules={"days_ahead": 7, "forbidden": ["neighbour"]})),
    ("pickup_points", a_pickup_point(id="pp-2", compartments={"S": 0})),
    (
        "vehicles",
        a_vehicle(
            id="v-2", breaks=(Break(600, time(10), time(11, 30)), Break(1, time(0), time(1)))
        ),
    ),
    ("people", a_person(id="p-2", language="de", zone="Europe/Berlin")),
    (
        "standing",
        a_standing_wish(kind=StandingKind.AWAY, first_day=A_DAY, last_day=A_DAY, ended_at=NOW),
    ),
    ("contacts", a_contact(id="c-2", address=ContactAddress("+4930"), opted_out_at=NOW)),
    (
        "deliveries",
        a_delivery(
            id="d-2",
            reference="ORDER-2",
            parcels=(a_parcel(), a_parcel(compartment=CompartmentSize.L)),
            status=DeliveryStatus.DELIVERED,
            place=Place(PlaceKind.NEIGHBOUR, name="Ana", house_number="14", lat=51.0, lon=0.5),
            forbidden_options=("neighbour", "safe_place"),
            access_ciphertext=b"\x00\xff",
            window_start=at(9),
            window_end=at(11),
        ),
    ),
    (
        "plans",
        a_plan(
            unassigned=(Unassigned("d-9", "no_room"),),
            routes=[
                a_route(
                    breaks=(Break(1800, time(12), time(14)),),
                    stops=[
                        a_stop(delivery_ids=("d-1", "d-2"), arrival_at=at(9), not_before=at(9, 5))
                    ],
                )
            ],
        ),
    ),
    (
        "conversations",
        a_conversation(
            id="conv-2",
            person_id="p-1b",
            state=ConversationState.QUEUED,
            focus=("d-1",),
            draft=Draft(
                "divert_to_neighbour",
                ("d-1",),
                asked="neighbour",
                gathered={"name": "Ana", "number": 14, "sure": None},
                wishes=({"goal": "ask_eta", "text": "and when?"},),
            ),
        ),
    ),
    ("handoffs", a_handoff(summary={"reasons": ["damage"], "value": {"amount": 12.5}})),
    ("agents", an_agent()),
    (
        "offers",
        an_offer(
            options=(
                an_option(
                    label=Saying("option", {"n": 1, "w": {"type": "window"}}, "of-1"),
                    cutoff_at=NOW + timedelta(microseconds=1),
                    hold_id="h-1",
                ),
                an_option(id="of-1-2", cutoff_at=None),
            )
        ),
    ),
    ("turns", a_turn(sayings=(Saying("hello"), Saying("bye", {"list": [1, "a", None]})))),
    ("link_tokens", a_link_token()),
    (
        "outbox",
        an_outbox_message(
            dedupe_key="k-1", expires_at=at(12), epoch=3, channel=Channel.SMS, rank=1, lane="-"
        ),
    ),
    ("preferences", a_preference(before={"date": "2026-03-10"})),
]


@pytest.mark.parametrize(("home", "entity"), FULL, ids=[home for home, _ in FULL])
def test_what_is_kept_is_read_again_as_it_was(store: Storage, home: str, entity: Any) -> None:
    # Entities are shared by the three stores, which each keep their own copy.
    mine = type(entity)(
        **{
            field.name: (
                [type(item)(**clean(item)) for item in value]
                if isinstance(value := getattr(entity, field.name), list)
                else value
            )
            for field in fields(entity)
        }
    )
    expected = facts(mine)
    key = getattr(mine, fields(mine)[0].name)
    keep(store, a_person(id="p-1b"), mine)

    with store.unit_of_work(read_only=True) as work:
        found = getattr(work, home).get(key)

        assert facts(found) == expected


def clean(entity: Any) -> dict[str, Any]:
    return {
        field.name: (
            [type(item)(**clean(item)) for item in value]
            if isinstance(value := getattr(entity, field.name), list)
            else value
        )
        for field in fields(entity)
    }


def test_journals_are_read_again_as_they_were(store: Storage) -> None:
    entry = a_history_entry(facts={"reason": "no_room"}, conversation_id="conv-1")
    note = a_note(text="line one\nline two")
    message = an_inbound_message(text="¿dónde? 📦", trace={"intent": "ask_eta", "sure": 0.5})
    task = a_staff_task(facts={"code": 30003})
    kept = [facts(entity) for entity in (entry, note, message, task)]
    keep(store, entry, note, message, task, a_driver_event())

    with store.unit_of_work(read_only=True) as work:
        found = [
            *work.history.of_delivery("d-1"),
            *work.notes.of("conv-1"),
            *work.inbound.of("conv-1"),
            *work.tasks.open(),
        ]

        assert [facts(entity) for entity in found] == kept
        assert found[0] is work.history.of_conversation("conv-1")[0]


def test_an_unknown_id_is_not_found(store: Storage) -> None:
    with store.unit_of_work(read_only=True) as work:
        assert work.deliveries.find("d-404") is None
        with pytest.raises(NotFoundError):
            work.deliveries.get("d-404")
        with pytest.raises(NotFoundError):
            work.plans.route("r-404")


def test_what_was_added_is_found_before_it_is_written(store: Storage) -> None:
    with store.unit_of_work() as work:
        person = a_person(id="p-7")
        work.people.add(person)

        assert work.people.get("p-7") is person


def test_instants_come_back_in_utc_whatever_zone_they_were_told_in(store: Storage) -> None:
    half_past_five = timezone(timedelta(hours=5, minutes=30))
    told = datetime(2026, 3, 10, 14, 30, 0, 7, tzinfo=half_past_five)
    keep(store, a_handoff(requested_at=told))

    with store.unit_of_work(read_only=True) as work:
        read = work.handoffs.get("ho-1").requested_at

    assert (read, read.tzinfo) == (datetime(2026, 3, 10, 9, 0, 0, 7, tzinfo=UTC), UTC)


def test_a_naive_instant_is_refused(store: Storage) -> None:
    naive = datetime(2026, 3, 10, 9, 0)  # noqa: DTZ001 it is what is refused

    with pytest.raises(StatementError, match="naive"):
        keep(store, a_handoff(requested_at=naive))


def test_a_message_with_what_no_database_can_store_is_kept_all_the_same(store: Storage) -> None:
    keep(store, an_inbound_message(text="a\x00b\ud83d c", trace={"said": "\x00\ud83d"}))

    with store.unit_of_work(read_only=True) as work:
        [message] = work.inbound.of("conv-1")
        assert message.text == "a\ufffdb? c"
        assert message.trace == {"said": "\x00\ud83d"}


def test_new_rules_and_what_is_changed_in_place_are_saved(store: Storage) -> None:
    with store.unit_of_work() as work:
        work.shippers.get("s-1").rules = read_rules({"days_ahead": 3})
        work.pickup_points.get("pp-1").compartments["S"] = 4
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        assert work.shippers.get("s-1").rules == read_rules({"days_ahead": 3})
        assert work.pickup_points.get("pp-1").compartments == {"S": 4, "M": 10, "L": 5}


def test_a_session_ends_when_the_agent_signs_out(store: Storage) -> None:
    keep(store, an_agent(), an_agent_session())

    with store.unit_of_work() as work:
        work.agent_sessions.remove("session-1")
        work.agent_sessions.remove("session-1")
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        assert work.agent_sessions.find("session-1") is None
        assert work.agents.by_name("nadia") is not None
        assert work.agents.by_name("nobody") is None


def test_everything_else_is_added_once(store: Storage) -> None:
    task, event, message = a_staff_task(), a_driver_event(), an_inbound_message()
    with store.unit_of_work() as work:
        first = [
            work.tasks.add_once(task),
            work.driver_events.add_once(event),
            work.inbound.add_once(message),
        ]
        again = [
            work.tasks.add_once(StaffTask(**{**clean(task), "id": "t-2"})),
            work.driver_events.add_once(DriverEvent(**clean(event))),
            work.inbound.add_once(InboundMessage(**{**clean(message), "seq": None})),
        ]
        work.commit()

    assert (first, again) == ([True] * 3, [False] * 3)


def test_a_cause_gets_a_new_task_when_its_old_one_is_done(store: Storage) -> None:
    keep(store, a_staff_task())
    with store.unit_of_work() as work:
        [task] = work.tasks.open()
        task.done_at = NOW
        added = work.tasks.add_once(a_staff_task(id="t-2"))
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        assert added
        assert [task.id for task in work.tasks.open()] == ["t-2"]


def test_a_change_and_a_hold_are_read_again_as_they_were(store: Storage) -> None:
    change, hold = a_change(expires_at=at(18)), a_hold()
    kept = [facts(change), facts(hold)]
    keep(store, a_preference(), change, hold)

    with store.unit_of_work(read_only=True) as work:
        assert [facts(work.changes.get("ch-1")), facts(work.holds.get("h-1"))] == kept
