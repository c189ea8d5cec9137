"""What is kept of people: handed out whole, taken away whole, and not kept for too long."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from deliveries.errors import ConflictError
from deliveries.model.conversation import HandoffState
from deliveries.model.delivery import DeliveryStatus, DoorNeeds, Place, PlaceKind
from deliveries.model.handover import CodeKind, HandoverCode, NeighbourRequest, NeighbourState
from deliveries.model.message import OutboxState
from deliveries.model.personal import ContactAddress, Secret
from deliveries.model.privacy import Copy, Period, Periods
from deliveries.model.rating import Rating
from deliveries.model.recipient import Channel, CoRecipient
from deliveries.model.saying import Saying
from deliveries.model.surface import SurfaceCase
from deliveries.services.privacy.erasing import erase_person, export_person
from deliveries.services.privacy.keeping import forget_old
from integrations.storage import Storage
from integrations.storage.personal import AGEING, TRACES
from integrations.storage.tables import metadata
from integrations.vault import FernetVault
from tests.builders import (
    A_DAY,
    NOW,
    a_contact,
    a_conversation,
    a_delivery,
    a_driver_event,
    a_handoff,
    a_history_entry,
    a_link_token,
    a_note,
    a_parcel,
    a_person,
    a_plan,
    a_preference,
    a_route,
    a_staff_task,
    a_standing_wish,
    a_stop,
    a_turn,
    an_inbound_message,
    an_offer,
    an_option,
    an_outbox_message,
    keep,
)

VAULT = FernetVault("a key for these tests")
NAME = "Zebedee"
PLACE = 12.3456
NUMBER = "+447700900777"
ACT: dict[str, Any] = {"actor": "cli", "now": NOW}
# Of whom nothing can be told from a row: ids, times, places of ours, and what staff do.
ABOUT_NOBODY = {
    "shippers",
    "depots",
    "vehicles",
    "pickup_points",
    "plans",
    "capacities",
    "holds",
    "planner_changes",
    "collections",
    "eta_promises",
    "eta_errors",
    "eta_days",
    "eta_calibrations",
    "own_wordings",
    "canned_replies",
    "sender_rates",
    "planner_spending",
    "surface_members",
    "surface_followers",
    "agents",
    "attendances",
    "recovery_codes",
    "audit_log",
    "audit_head",
}
OWN = {"people", "contacts", "conversations", "deliveries", "stops"}


def everything_about(person: str, name: str, number: str, place: float) -> list[object]:
    """Return a person in every table that holds people, each row with their name or place."""
    mark = f"{person}-"
    said = (Saying("agent_text", {"text": f"hello {name}"}),)
    conversation, contact, delivery = f"{mark}conv", f"{mark}c", f"{mark}d"
    in_chat = {"conversation_id": conversation}
    return [
        a_person(id=person),
        a_contact(id=contact, person_id=person, address=ContactAddress(number)),
        a_conversation(id=conversation, person_id=person, last_contact_id=contact),
        a_link_token(token_hash=f"{mark}hash", person_id=person),
        a_standing_wish(id=f"{mark}w", person_id=person, details={"words": name}),
        a_plan(
            id=f"{mark}plan",
            date=A_DAY if place == PLACE else A_DAY - timedelta(days=1),
            routes=[
                a_route(
                    id=f"{mark}r",
                    stops=[a_stop(id=f"{mark}s", route_id=f"{mark}r", lat=place, lon=place)],
                )
            ],
        ),
        a_delivery(
            id=delivery,
            reference=f"{mark}ref",
            person_id=person,
            status=DeliveryStatus.DELIVERED,
            recipient_name=name,
            address_line=f"{name} House",
            postcode=name,
            city=name,
            lat=place,
            lon=place,
            parcels=(a_parcel(description=f"a present for {name}"),),
            place=Place(PlaceKind.NEIGHBOUR, name=f"a friend of {name}", lat=place, lon=place),
            access_ciphertext=VAULT.seal(Secret(f"gate {name}")),
            door=DoorNeeds(words=name),
            handed_to=name,
            proof_url=f"https://example.org/{name}",
            stop_id=f"{mark}s",
            route_id=f"{mark}r",
        ),
        CoRecipient(delivery, person, contact),
        a_preference(id=f"{mark}pref", delivery_id=delivery, details={"words": name}),
        HandoverCode(f"{mark}code", delivery, CodeKind.PICKUP, b"sealed", NOW, name=name),
        NeighbourRequest(f"{mark}n", ("d-1",), contact, name, NOW, NeighbourState.ASKED),
        an_inbound_message(
            provider_id=f"{mark}SM",
            contact_id=contact,
            text=f"I am {name}",
            pictures=(f"photo-of-{name}",),
            worked_at=NOW,
            **in_chat,
        ),
        an_outbox_message(
            id=f"{mark}m",
            contact_id=contact,
            sayings=said,
            text=f"hello {name}",
            state=OutboxState.DELIVERED,
            **in_chat,
        ),
        a_turn(key=f"{mark}turn", sayings=said, **in_chat),
        a_note(id=f"{mark}note", text=f"{name} is kind", **in_chat),
        an_offer(id=f"{mark}o", options=(an_option(details={"words": name}),), **in_chat),
        a_handoff(
            id=f"{mark}ho",
            summary={"words": name},
            state=HandoffState.CLOSED,
            closed_at=NOW,
            **in_chat,
        ),
        Rating(f"{mark}rate", conversation, NOW, comment=f"{name} liked it", scored_at=NOW),
        a_history_entry(delivery_id=delivery, facts={"words": name}),
        a_history_entry(delivery_id=None, facts={"words": name}, **in_chat),
        a_staff_task(id=f"{mark}t", dedupe_key=f"{mark}t", facts={"name": name}, **in_chat),
        a_driver_event(id=f"{mark}e", delivery_id=delivery, details={"handed_to": name}),
    ]


def everything_kept(store: Storage) -> str:
    """Return every row of every table as text; PostgreSQL moves a row when it is written."""
    with store.engine.connect() as connection:
        rows = [
            dict(row)
            for table in metadata.sorted_tables
            for row in connection.execute(select(table)).mappings()
        ]
    revealed = [
        [each.reveal() if isinstance(each, ContactAddress) else each for each in row.values()]
        for row in rows
    ]
    return "\n".join(sorted(map(repr, revealed)))


@pytest.fixture
def person(store: Storage) -> str:
    keep(store, *everything_about("zeb", NAME, NUMBER, PLACE))
    keep(store, *everything_about("other", "Ophelia", "+447700900778", 9.8765))
    with store.unit_of_work() as work:
        for each in ("zeb", "other"):
            place = f"{each}-77"
            work.surfaces.add_case(
                SurfaceCase(f"{each}-case", "chatwoot", f"{each}-conv", NOW, place=place)
            )
        work.commit()
    return "zeb"


def test_somebody_gets_everything_that_is_kept_of_them_and_nothing_of_others(
    store: Storage, person: str
) -> None:
    with store.unit_of_work() as work:
        found = export_person(work, person, VAULT, **ACT)
        work.commit()

    assert [(each["recipient_name"], each["lat"]) for each in found["deliveries"]] == [
        (NAME, PLACE)
    ]
    assert found["contacts"][0]["address"] == NUMBER
    assert found["inbound"][0]["text"] == f"I am {NAME}"
    assert found["outbox"][0]["sayings"][0]["facts"] == {"text": f"hello {NAME}"}  # type: ignore[index]
    assert found["access_instructions"] == [{"delivery_id": "zeb-d", "words": f"gate {NAME}"}]
    assert {trace.table.name for trace in TRACES} - set(found) == {
        "challenges",
        "chat_views",
        "live_views",
        "outside_tasks",
        "planner_events",
        "reply_drafts",
        "surface_lines",
    }
    assert "Ophelia" not in repr(found)
    with store.unit_of_work(read_only=True) as work:
        [entry] = [each for each in work.audit.walk() if each.action == "person.exported"]
    assert (entry.actor, entry.object_id) == ("cli", person)


def test_after_an_erasure_nothing_in_any_table_tells_who_it_was(
    store: Storage, person: str
) -> None:
    before = everything_kept(store)
    with store.unit_of_work() as work:
        copies = erase_person(work, person, **ACT)
        work.commit()
    after = everything_kept(store)

    for trace in (NAME, NUMBER, str(PLACE)):
        assert (trace in before, trace in after) == (True, False)
    assert after.count("Ophelia") == before.count("Ophelia") > 0
    assert copies == [Copy("chatwoot", "zeb-77")]
    with store.unit_of_work(read_only=True) as work:
        assert work.people.get(person).erased_at == NOW
        assert work.deliveries.get("zeb-d").status is DeliveryStatus.DELIVERED
        assert len(work.deliveries.get("zeb-d").parcels) == 1
        assert work.contacts.by_address(Channel.SMS, NUMBER) is None


def test_an_address_that_opted_out_is_never_forgotten(store: Storage, person: str) -> None:
    with store.unit_of_work() as work:
        work.contacts.get("zeb-c").opted_out_at = NOW
        erase_person(work, person, **ACT)
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        kept = work.contacts.by_address(Channel.SMS, NUMBER)
        assert kept is not None
        assert (kept.opted_out_at, kept.person_id) == (NOW, person)
    assert NAME not in everything_kept(store)


@pytest.mark.parametrize("reason", ["delivery", "chat", "message"])
def test_nobody_is_erased_while_something_is_under_way(
    store: Storage, person: str, reason: str
) -> None:
    with store.unit_of_work() as work:
        if reason == "delivery":
            work.deliveries.get("zeb-d").status = DeliveryStatus.IN_TRANSIT
        elif reason == "chat":
            work.handoffs.get("zeb-ho").state = HandoffState.QUEUED
        else:
            work.outbox.get("zeb-m").state = OutboxState.SENDING
        work.commit()
    before = everything_kept(store)

    with store.unit_of_work() as work, pytest.raises(ConflictError):
        erase_person(work, person, **ACT)

    assert everything_kept(store) == before


def test_what_was_said_goes_first_then_where_it_went_then_who_it_was(
    store: Storage, person: str
) -> None:
    periods = Periods(timedelta(days=10), timedelta(days=20), timedelta(days=5))
    with store.unit_of_work() as work:
        work.neighbour_requests.get("zeb-n").erased_at = NOW
        work.commit()
    kept: list[tuple[bool, bool, bool]] = []
    for days in (1, 11, 41):
        with store.unit_of_work() as work:
            forget_old(work, periods, now=NOW + timedelta(days=days))
            work.commit()
        text = everything_kept(store)
        kept.append((f"I am {NAME}" in text, f"{NAME} House" in text, NUMBER in text))

    assert kept == [(True, True, True), (False, True, True), (False, False, False)]
    with store.unit_of_work() as work:
        assert forget_old(work, periods, now=NOW + timedelta(days=41)) == 0
    assert person


def test_what_waits_is_kept_however_old(store: Storage) -> None:
    keep(store, an_inbound_message(worked_at=None), an_outbox_message(state=OutboxState.QUEUED))

    with store.unit_of_work() as work:
        work.privacy.remove_before(Period.WORDS, NOW + timedelta(days=999), limit=9)
        work.commit()

    with store.unit_of_work(read_only=True) as work:
        assert work.inbound.unworked("conv-1") != []
        assert work.outbox.get("m-1").state is OutboxState.QUEUED


def test_a_batch_is_never_larger_than_asked_for(store: Storage) -> None:
    keep(store, *(a_turn(key=f"turn-{each}") for each in range(5)))
    later = NOW + timedelta(days=1)

    with store.unit_of_work() as work:
        removed = [work.privacy.remove_before(Period.WORDS, later, limit=2) for _ in range(4)]

    assert removed == [2, 2, 1, 0]


def test_every_table_is_about_nobody_or_has_an_end() -> None:
    traced = {trace.table.name for trace in TRACES}
    ageing = {each.table.name for period in AGEING.values() for each in period}

    assert set(metadata.tables) - traced - ageing - OWN == ABOUT_NOBODY
