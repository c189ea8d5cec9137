"""Wishes that only a whole route can fulfil, by reply alone on both channels."""

import csv
import re
from datetime import datetime, time
from typing import Any

import pytest

from deliveries.model.route import Plan
from tests.e2e.conftest import Newcomer
from tests.e2e.driving import plan_of, stop_of, undrivable
from tests.e2e.processes import wait_until
from tests.e2e.recipients import Bubble, Recipient, TelegramRecipient, Understood
from tests.e2e.town import DAY, LONDON, SHIPPED_DAY, Town

TOWN = "wishes"
CODE = re.compile(r"your code is (\d{6})")
# What the sandbox says of a van between two stops, and the plan of a stop to come.
ON_TOUR = ("driving", "serving")
AHEAD = ("planned", "arrived")
# Half a minute of the day at each look.
BY_STEPS_S = 300.0


@pytest.mark.conversation("B13", "A need at the door")
def test_minutes_at_the_door_become_time_at_the_stop(town: Town, newcomer: Newcomer) -> None:
    someone = newcomer()
    before = plan_of(town)
    id_ = someone.delivery()["id"]

    offer = someone.ask("I need three minutes to reach the door")
    asked = someone.understood()
    someone.choose("For this time")
    confirmed = someone.hear()

    after = plan_of(town)
    assert asked == Understood("door_needs", "action_door_needs")
    assert "3 more minutes at the door" in offer.text
    assert confirmed.text.startswith(f"Confirmed for {someone.parcel}: 3 more minutes at the door.")
    assert service_s(after, id_) == service_s(before, id_) + 180
    assert shown_stop(town, id_)["note"] == "3 more minutes at the door"
    assert undrivable(after) == []


@pytest.mark.conversation("B5", "Without a signature")
def test_a_signature_is_released_once_the_risk_is_accepted(town: Town, newcomer: Newcomer) -> None:
    someone = newcomer()
    bring(town, someone, signature="yes")

    offer = someone.ask("I don't need to sign for it, no signature please")
    asked = someone.understood()
    someone.choose("I accept, no signature")
    confirmed = someone.hear()

    assert asked == Understood("release_signature", "action_release_signature")
    assert "you accept the risk of loss" in offer.text
    assert confirmed.text.startswith(f"Confirmed for {someone.parcel}: no signature needed.")
    assert shown_stop(town, someone.delivery()["id"])["note"] == "No signature needed"


@pytest.mark.conversation("B7", "Another address")
def test_the_stop_moves_to_another_street(town: Town, newcomer: Newcomer) -> None:
    someone = newcomer()
    there = street_elsewhere(someone)

    offer = someone.ask(
        f"I moved, please send it to {there['address']}, {there['postcode']} instead"
    )
    asked = someone.understood()
    someone.choose("Yes, bring it there")
    confirmed = prove(someone)

    stop = stop_of(plan_of(town, day_of(someone)), someone.delivery()["id"])
    assert asked == Understood("change_address", "action_change_address")
    assert there["address"] in offer.text
    assert "up to 15 km is possible" in offer.text
    assert confirmed.text.startswith(f"Confirmed for {someone.parcel}: to {there['address']}")
    assert stop is not None
    assert (stop.lat, stop.lon) == (float(there["lat"]), float(there["lon"]))


def test_a_house_number_is_corrected(newcomer: Newcomer) -> None:
    someone = newcomer()

    offer = someone.ask("the house number is wrong, it should be 37")
    asked = someone.understood()
    someone.choose("Yes, bring it there")
    prove(someone)

    assert asked == Understood("change_address", "action_change_address")
    assert offer.text.startswith(f"Correct the address of {someone.parcel} to 37 ")
    assert someone.delivery()["address"].startswith("37 ")


def test_a_position_on_telegram_says_where(town: Town, newcomers: Any) -> None:
    someone = newcomers.come(TelegramRecipient)
    was = someone.delivery()

    someone.ask("the address is wrong")
    someone.do(location={"lat": was["lat"] + 0.004, "lon": was["lon"]})
    question = someone.hear()
    someone.ask("4 Chapel Yard")
    someone.choose("Yes, bring it there")
    prove(someone)

    stop = stop_of(plan_of(town, day_of(someone)), was["id"])
    assert question.text.startswith("Thank you. Which house number and street is that")
    assert stop is not None
    assert stop.lat == pytest.approx(was["lat"] + 0.004)


@pytest.mark.conversation("B8", "On holiday")
def test_a_holiday_takes_the_parcel_off_the_route_until_they_are_back(
    town: Town, newcomer: Newcomer
) -> None:
    someone = newcomer()
    id_ = someone.delivery()["id"]

    offer = someone.ask("we are on holiday from the 11th till the 14th, please hold everything")
    asked = someone.understood()
    noted = someone.choose("Hold everything")
    confirmed = someone.hear()

    assert asked == Understood("hold_deliveries", "action_hold_deliveries")
    assert offer.text.startswith("Hold every parcel from tomorrow, Wed 11 Mar to Sat 14 Mar?")
    assert noted.text.startswith("Noted: nothing comes from tomorrow, Wed 11 Mar to Sat 14 Mar.")
    assert "goes on from Sun 15 Mar" in confirmed.text
    assert someone.delivery()["status"] == "on_hold"
    assert stop_of(plan_of(town), id_) is None

    someone.ask("hold my parcels")
    back = someone.choose("I am back, bring everything")

    assert back.text.startswith("Welcome back.")
    wait_until(lambda: stop_of(plan_of(town), id_), "the parcel on tomorrow's plan again")


@pytest.mark.conversation("B11", "The same every time")
def test_a_standing_place_is_used_for_the_next_parcel(town: Town, newcomer: Newcomer) -> None:
    someone = newcomer()

    offer = someone.ask("always leave my parcels in the shed from now on")
    asked = someone.understood()
    someone.choose("I accept, every time")
    someone.hear()
    bring(town, someone, reference=f"NEXT-{someone.phone[-4:]}")

    assert asked == Understood("set_standing_preference", "action_set_standing_preference")
    assert "you accept the risk of loss or damage" in offer.text
    places = [each["place"]["kind"] for each in town.deliveries(someone.phone)]
    assert places == ["safe_place", "safe_place"]


@pytest.mark.conversation("B12", "How to get in")
def test_how_to_get_in_is_kept_nowhere_in_clear(town: Town, newcomer: Newcomer) -> None:
    someone = newcomer()

    answer = someone.ask("the gate code is 4711 and there is a dog")

    assert answer.text == "Thank you. Only the driver sees this, and only around your stop."
    assert someone.last_inbound().text == "***"
    assert "4711" not in str(town.outbox(someone.channel, someone.address))


@pytest.mark.conversation("B16", "Back for a second try")
def test_back_brings_the_van_back_while_it_is_near(town: Town, texter: Newcomer) -> None:
    town.set_clock(jump_to=datetime.combine(DAY, time(9), LONDON))
    town.set_clock(paused=False, rate=1)
    soon = wait_until(lambda: coming_soon(town), "all that the drivers did until now")
    someone = texter(wanted=lambda each: is_at_home(each) and each["stop_id"] in soon)
    town.sandbox("/api/drivers", json={"fail_share": 1})
    wait_until(
        lambda: nobody_was_at_home(someone), "nobody at home", every_s=2, patience_s=BY_STEPS_S
    )
    town.set_clock(paused=True)
    town.sandbox("/api/drivers", json={"fail_share": 0})
    missed = wait_until(
        lambda: next((each for each in unread(someone) if "nobody answered" in each.text), None),
        "word that nobody answered",
    )
    someone.seen = len(someone.received())
    someone.menu = missed

    told = sorted([someone.ask("BACK").text, someone.hear().text])

    assert "reply BACK for a second try" in missed.text
    assert told[0].startswith(f"Confirmed for {someone.parcel}: a second try.")
    assert told[1].startswith("Noted: a second try.")
    assert someone.delivery()["status"] == "out_for_delivery"


def nobody_was_at_home(someone: Recipient) -> bool:
    """Let half a minute pass, and say whether the driver has come in vain by now."""
    someone.town.set_clock(jump_s=30)
    return bool(someone.delivery()["status"] == "delivery_failed")


def prove(someone: Recipient) -> Bubble:
    """Type the code that came to the number the parcel was booked with; return the verdict."""

    def look() -> str | None:
        told = [each["text"] for each in someone.town.messages(someone.phone)]
        found = [match[1] for text in told if (match := CODE.search(text))]
        return found[-1] if found else None

    someone.write(wait_until(look, "a code"))
    heard = someone.hear()
    while not heard.text.startswith("Confirmed"):
        heard = someone.hear()
    return heard


def bring(town: Town, someone: Recipient, **different: str) -> None:
    """Import somebody's shipped parcel again, with something different."""
    row = next(each for each in shipped() if phone_of(each) == someone.phone)
    row |= {"date": DAY.isoformat(), **different}
    town.api("/deliveries", method="POST", json={"deliveries": [row]})


def street_elsewhere(someone: Recipient) -> dict[str, str]:
    """Return a shipped address in another street than theirs, of somebody who stays there.

    Newcomers are taken from the front.
    """
    own = someone.delivery()["address"]
    rows = reversed(shipped())
    return next(each for each in rows if each["address"].split(" ", 1)[1] not in own)


def shipped() -> list[dict[str, str]]:
    with (SHIPPED_DAY / "deliveries.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def phone_of(row: dict[str, str]) -> str:
    return "+44" + row["phone"].replace(" ", "").removeprefix("0")


def day_of(someone: Recipient) -> Any:
    return datetime.fromisoformat(someone.delivery()["date"]).date()


def service_s(plan: Plan, delivery_id: str) -> int:
    stop = stop_of(plan, delivery_id)
    assert stop is not None
    return stop.service_duration_s


def shown_stop(town: Town, delivery_id: str) -> dict[str, Any]:
    """Return a stop as drivers see it."""
    stops = [stop for route in town.routes() for stop in route["stops"]]
    found: dict[str, Any] = next(each for each in stops if delivery_id in each["delivery_ids"])
    return found


def coming_soon(town: Town) -> set[str]:
    """Return the stops that follow each van's next one, once it is known how far all vans are.

    Until then the plan shows stops at which a driver has been long since.
    """
    vans = town.sandbox("/api/state", method="GET")["vans"]
    heading = {each["route_id"]: each["stop_id"] for each in vans if each["phase"] in ON_TOUR}
    ahead = {
        route["id"]: [stop["id"] for stop in route["stops"] if stop["state"] in AHEAD]
        for route in town.routes()
        if route["state"] == "departed"
    }
    is_known = heading == {id_: stops[0] for id_, stops in ahead.items() if stops}
    return {stop for stops in ahead.values() for stop in stops[1:4]} if is_known else set()


def is_at_home(delivery: dict[str, Any]) -> bool:
    is_out = delivery["status"] == "out_for_delivery"
    return is_out and delivery["place"]["kind"] == "address"


def unread(someone: Recipient) -> list[Bubble]:
    return someone.received()[someone.seen :]
