"""Deliveries in and out over the API."""

from typing import Any

from deliveries.model.history import HistoryEntry
from deliveries.model.personal import ContactAddress
from deliveries.model.recipient import Channel
from tests.builders import (
    a_contact,
    a_delivery,
    a_preference,
    an_inbound_message,
    an_outbox_message,
    at,
    keep,
)
from tests.unit.bot.api.conftest import Office


def a_row(**different: Any) -> dict[str, Any]:
    usual = {
        "reference": "ORDER-7",
        "shipper_id": "s-1",
        "depot_id": "dep-1",
        "tracking_number": "LB7",
        "recipient_name": "Kit Moss",
        "phone": "+447700900007",
        "address": "4 Quay Lane",
        "postcode": "E1 6AN",
        "city": "London",
        "lat": 51.5,
        "lon": -0.06,
        "date": "2026-03-11",
    }
    return {**usual, **different}


def test_shows_a_delivery_with_what_a_dispatcher_needs(office: Office) -> None:
    keep(
        office.store,
        a_contact(id="c-2", channel=Channel.TELEGRAM, address=ContactAddress("7001")),
    )

    (shown,) = office.call("GET", "/api/v1/deliveries").json()["deliveries"]

    assert shown == office.call("GET", "/api/v1/deliveries/d-1").json()
    assert (shown["phone"], shown["telegram_user_id"]) == ("+447700900001", 7001)
    assert (shown["route_id"], shown["stop_id"]) == ("r-1", "st-1")
    assert shown["eta"] == "2026-03-10T12:00:00Z"
    assert shown["address"] == "12 Harbour Street, E1 6AN London"
    assert shown["place"]["kind"] == "address"
    assert (shown["status"], shown["loaded"]) == ("pending", False)


def test_turns_pages_until_there_is_no_next(office: Office) -> None:
    keep(office.store, *(a_delivery(id=f"d-{n}", reference=f"O-{n}") for n in range(2, 6)))

    seen, query = list[str](), "limit=2"
    while query:
        page = office.call("GET", f"/api/v1/deliveries?{query}").json()
        seen += [each["id"] for each in page["deliveries"]]
        query = f"limit=2&cursor={page['next']}" if page["next"] else ""

    assert seen == ["d-1", "d-2", "d-3", "d-4", "d-5"]


def test_says_that_a_delivery_is_not_known(office: Office) -> None:
    response = office.call("GET", "/api/v1/deliveries/d-99")

    assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")


def test_takes_in_the_good_ones_and_names_what_is_wrong_with_the_others(office: Office) -> None:
    rows = [a_row(), a_row(reference="ORDER-8", shipper_id="s-9"), a_row(reference="X", lat=95)]

    answer = office.call("POST", "/api/v1/deliveries", json={"deliveries": rows}).json()

    assert (answer["created"], answer["updated"]) == (1, 0)
    assert {(each["index"], each["field"]) for each in answer["errors"]} >= {(1, "shipper_id")}
    assert {each["index"] for each in answer["errors"]} == {1, 2}


def test_brings_a_known_delivery_up_to_date(office: Office) -> None:
    office.call("POST", "/api/v1/deliveries", json={"deliveries": [a_row()]})

    again = office.call(
        "POST", "/api/v1/deliveries", json={"deliveries": [a_row(city="Leeds")]}
    ).json()

    assert (again["created"], again["updated"], again["errors"]) == (0, 1, [])
    shown = office.call("GET", f"/api/v1/deliveries/{again['ids'][0]}").json()
    assert shown["address"] == "4 Quay Lane, E1 6AN Leeds"


def test_tells_what_happened_in_order_and_without_words(office: Office) -> None:
    keep(
        office.store,
        HistoryEntry("left_depot", at(11), "driver", delivery_id="d-1"),
        a_preference(details={"words": "behind the shed"}, chosen_at=at(9, 30)),
        an_inbound_message(text="behind the shed please", received_at=at(9, 29)),
        an_outbox_message(
            delivery_id="d-1", notice="A3", text="secret words", created_at=at(11, 1)
        ),
        an_outbox_message(id="m-2", delivery_id="d-2", created_at=at(11, 2)),
    )

    response = office.call("GET", "/api/v1/deliveries/d-1/history")

    assert [(each["source"], each["kind"]) for each in response.json()["entries"]] == [
        ("heard", "message_received"),
        ("choice", "safe_place"),
        ("history", "left_depot"),
        ("told", "A3"),
    ]
    assert [each["text"] for each in response.json()["entries"]] == [
        "Wrote on sms.",
        "Chose a safe place (pending).",
        "Left the depot.",
        "Told: out for delivery (queued).",
    ]
    assert "shed" not in response.text
    assert "secret words" not in response.text


def test_makes_a_link_into_telegram(office: Office) -> None:
    response = office.call("POST", "/api/v1/deliveries/d-1/telegram-link")

    assert response.status_code == 201
    assert response.json()["url"].startswith("https://t.me/doorstep_bot?start=")


def test_offers_and_chooses_as_the_recipient_would(office: Office) -> None:
    offered = office.call("GET", "/api/v1/deliveries/d-1/offers?kind=window").json()

    first = offered["offer"]["options"][0]
    chosen = office.call("POST", "/api/v1/deliveries/d-1/choices", json={"option_id": first["id"]})

    assert first["kind"] == "window"
    assert chosen.status_code == 200
    assert [each["name"] for each in chosen.json()["sayings"]] == ["choice_noted"]
    with office.store.unit_of_work(read_only=True) as work:
        preference = work.preferences.live_of("d-1")
        assert preference is not None
        assert preference.details["start"] == first["details"]["start"]


def test_refuses_an_option_that_was_taken_already(office: Office) -> None:
    offer = office.call("GET", "/api/v1/deliveries/d-1/offers?kind=window").json()["offer"]
    option = {"option_id": offer["options"][0]["id"]}
    office.call("POST", "/api/v1/deliveries/d-1/choices", json=option)

    again = office.call("POST", "/api/v1/deliveries/d-1/choices", json=option)

    assert (again.status_code, again.json()["error"]["code"]) == (409, "offer_expired")


def test_knows_no_option_of_another_delivery(office: Office) -> None:
    keep(office.store, a_delivery(id="d-2", reference="O-2"))
    offer = office.call("GET", "/api/v1/deliveries/d-1/offers?kind=window").json()["offer"]

    response = office.call(
        "POST",
        "/api/v1/deliveries/d-2/choices",
        json={"option_id": offer["options"][0]["id"]},
    )

    assert response.status_code == 404


def test_names_the_kinds_that_can_be_offered(office: Office) -> None:
    response = office.call("GET", "/api/v1/deliveries/d-1/offers?kind=moon")

    assert response.status_code == 422
    assert "neighbour" in response.json()["error"]["message"]
