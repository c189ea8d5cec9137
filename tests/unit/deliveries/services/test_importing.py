"""Rows of a day: all problems at once, nothing half taken in, and again without harm."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliveries.model.delivery import DeliveryStatus, Parcel
from deliveries.model.recipient import Channel
from deliveries.services.days.importing import DayRows, DaySources, read_day, take_in
from deliveries.services.days.rows import Source
from integrations.storage import Storage
from tests.builders import NOW, in_memory_storage

DAY = date(2026, 7, 1)
SHIPPER = {"id": "lark", "name": "Larkfield Books", "country": "GB"}
DEPOT = {"id": "east", "name": "East", "lat": "51.5", "lon": "-0.1", "zone": "Europe/London"}
VEHICLE = {
    "id": "van-1",
    "depot_id": "east",
    "driver_name": "Ines",
    "capacity": "60",
    "shift_start": "08:00",
    "shift_end": "18:00",
    "break_minutes": "30",
    "break_earliest": "12:00",
    "break_latest": "14:00",
}
POINT = {
    "id": "locker-1",
    "kind": "locker",
    "name": "Market",
    "address": "1 Market Row",
    "lat": "51.5",
    "lon": "-0.1",
    "zone": "Europe/London",
    "opening_hours": "Mo-Su 06:00-23:00",
    "compartments_s": "2",
    "compartments_m": "1",
    "compartments_l": "0",
}
DELIVERY = {
    "reference": "A-1",
    "tracking_number": "LB1",
    "shipper_id": "lark",
    "depot_id": "east",
    "recipient_name": "Robin Vale",
    "phone": "07700 900123",
    "address": "12 Harbour Street",
    "city": "London",
    "lat": "51.51",
    "lon": "-0.12",
    "window_start": "14:00",
    "window_end": "16:00",
}


def sources(**different: object) -> DaySources:
    return DaySources(
        shippers=[Source("shippers.csv", 2, SHIPPER)],
        depots=[Source("depots.csv", 2, DEPOT)],
        vehicles=[Source("vehicles.csv", 2, VEHICLE)],
        pickup_points=[Source("pickup_points.csv", 2, POINT)],
        deliveries=[Source("deliveries.csv", 7, {**DELIVERY, **different})],
    )


def read(store: Storage, day: DaySources) -> DayRows:
    with store.unit_of_work() as work:
        return read_day(work, day, service_day=DAY)


def import_day(store: Storage, day: DaySources) -> None:
    with store.unit_of_work() as work:
        rows = read_day(work, day, service_day=DAY)
        assert rows.problems == ()
        take_in(work, rows, now=NOW)
        work.commit()


def test_a_day_is_taken_in_with_its_people_and_capacities() -> None:
    store = in_memory_storage()
    import_day(store, sources())
    with store.unit_of_work() as work:
        contact = work.contacts.by_address(Channel.SMS, "+447700900123")
        assert contact is not None
        (delivery,) = work.deliveries.open_of_person(contact.person_id)
        assert (delivery.date, delivery.zone) == (DAY, "Europe/London")
        # Summer time in London.
        assert delivery.window_start == datetime(2026, 7, 1, 13, tzinfo=UTC)
        assert work.holds.room("compartment:locker-1:M") == 1
        assert work.conversations.of_person(contact.person_id) is not None


def test_again_it_updates_and_adds_nobody() -> None:
    store = in_memory_storage()
    import_day(store, sources())
    import_day(store, sources(window_start="09:00", window_end="11:00", recipient_name="R. Vale"))
    with store.unit_of_work() as work:
        (delivery,) = work.deliveries.page(after=None, limit=10)
        assert delivery.recipient_name == "R. Vale"
        assert delivery.window_start == datetime(2026, 7, 1, 8, tzinfo=UTC)


def test_what_is_on_its_way_keeps_its_window() -> None:
    store = in_memory_storage()
    import_day(store, sources())
    with store.unit_of_work() as work:
        (delivery,) = work.deliveries.page(after=None, limit=10)
        delivery.status = DeliveryStatus.OUT_FOR_DELIVERY
        work.commit()
    import_day(store, sources(window_start="09:00", window_end="11:00"))
    with store.unit_of_work() as work:
        (delivery,) = work.deliveries.page(after=None, limit=10)
        assert delivery.window_start == datetime(2026, 7, 1, 13, tzinfo=UTC)


def test_a_recipients_own_zone_is_kept_until_another_is_named() -> None:
    store = in_memory_storage()
    zones = []
    for named in ({}, {"recipient_zone": "America/Chicago"}, {}, {"reference": "A-2"}):
        import_day(store, sources(**named))
        with store.unit_of_work() as work:
            contact = work.contacts.by_address(Channel.SMS, "+447700900123")
            assert contact is not None
            zones.append(work.people.get(contact.person_id).zone)
    assert zones == [None, *["America/Chicago"] * 3]


def test_two_parcels_to_one_number_are_one_persons() -> None:
    store = in_memory_storage()
    import_day(store, sources())
    import_day(store, sources(reference="A-2", tracking_number="LB2", phone="+44 7700 900123"))
    with store.unit_of_work() as work:
        people = {each.person_id for each in work.deliveries.page(after=None, limit=10)}
        assert len(people) == 1


def test_a_number_that_was_wrong_is_not_written_to_again() -> None:
    store = in_memory_storage()
    import_day(store, sources())
    with store.unit_of_work() as work:
        contact = work.contacts.by_address(Channel.SMS, "+447700900123")
        assert contact is not None
        contact.unlinked_at = NOW
        work.commit()
    import_day(store, sources(reference="A-2", tracking_number="LB2"))
    with store.unit_of_work() as work:
        second = work.deliveries.by_reference("lark", "A-2")
        assert second is not None
        assert list(work.contacts.of_person(second.person_id)) == []


@pytest.mark.parametrize(
    ("different", "field"),
    [
        ({"phone": "12"}, "phone"),
        ({"phone": ""}, "phone"),
        ({"lat": "north"}, "lat"),
        ({"lat": "95"}, "lat"),
        ({"window_start": "16:00", "window_end": "14:00"}, "window_end"),
        ({"window_start": "", "window_end": "14:00"}, "window_end"),
        ({"window_start": "25:00"}, "window_start"),
        ({"date": "tomorrow"}, "date"),
        ({"load": "-1"}, "load"),
        ({"compartment": "XL"}, "compartment"),
        ({"language": "xx"}, "language"),
        ({"shipper_id": "nobody"}, "shipper_id"),
        ({"depot_id": "nowhere"}, "depot_id"),
        ({"forbidden_options": "teleport"}, "forbidden_options"),
        ({"recipient_name": " "}, "recipient_name"),
        ({"value_minor": "9.99"}, "value_minor"),
        ({"value_minor": "999"}, "currency"),
        ({"weight_g": "heavy"}, "weight_g"),
        ({"age_check": "perhaps"}, "age_check"),
        ({"recipient_zone": "Mars/Olympus"}, "recipient_zone"),
        ({"recipient_zone": "../../etc/passwd"}, "recipient_zone"),
    ],
)
def test_a_bad_field_is_named_by_file_line_and_column(
    different: dict[str, str], field: str
) -> None:
    rows = read(in_memory_storage(), sources(**different))
    assert field in [problem.field for problem in rows.problems]
    assert str(rows.problems[0]).startswith("deliveries.csv:7: ")
    assert rows.deliveries == ()


def test_what_rules_ask_of_a_parcel_is_taken_in() -> None:
    store = in_memory_storage()
    facts = {"value_minor": "64900", "currency": "GBP", "weight_g": "900", "signature": "yes"}
    import_day(store, sources(**facts, age_check=True, dangerous="no"))
    with store.unit_of_work() as work:
        (delivery,) = work.deliveries.page(after=None, limit=10)
        assert delivery.parcels == (
            Parcel(
                "LB1",
                value_minor=64900,
                currency="GBP",
                weight_g=900,
                requires_age_check=True,
                requires_signature=True,
            ),
        )


def of_shipper(**different: str) -> DaySources:
    return DaySources(shippers=[Source("shippers.csv", 2, {**SHIPPER, **different})])


def test_a_shippers_line_changes_only_the_rules_that_it_sets() -> None:
    store = in_memory_storage()
    import_day(store, of_shipper(rules='{"limits": {"changes": 3}}', days_ahead="5"))
    import_day(store, of_shipper(days_ahead="4"))
    import_day(store, of_shipper())
    with store.unit_of_work() as work:
        rules = work.shippers.get("lark").rules
        assert (rules.changes, rules.days_ahead) == (3, 4)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"rules": "{"}, "is no JSON"),
        ({"rules": '{"days_ahead": "soon"}'}, "days_ahead: is no number"),
        ({"days_ahead": "90"}, "days_ahead: is not between 0 and 60"),
    ],
)
def test_rules_that_cannot_be_used_are_named_with_their_path(
    written: dict[str, str], message: str
) -> None:
    (problem,) = read(in_memory_storage(), of_shipper(**written)).problems
    assert str(problem) == f"shippers.csv:2: rules: {message}"


def test_no_problem_repeats_what_was_written() -> None:
    rows = read(in_memory_storage(), sources(phone="0770x SECRET", lat="SECRET", date="SECRET"))
    assert rows.problems
    assert "SECRET" not in " ".join(str(problem) for problem in rows.problems)


@given(
    st.dictionaries(
        st.sampled_from(sorted(DELIVERY)), st.one_of(st.none(), st.text(max_size=20)), max_size=6
    )
)
def test_no_text_breaks_the_reading(different: dict[str, object]) -> None:
    store = in_memory_storage()
    rows = read(store, sources(**different))
    assert len(rows.deliveries) == (0 if rows.problems else 1)
