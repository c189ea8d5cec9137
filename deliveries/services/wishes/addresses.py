"""Another or corrected address: found, its limit and day said, and then into the plan."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from deliveries.model.address import AddressWords
from deliveries.model.delivery import Delivery
from deliveries.model.network import Coordinates
from deliveries.model.offer import OptionKind
from deliveries.model.route import Plan
from deliveries.model.saying import Fact, Saying, day_fact, distance_fact, local_day
from deliveries.model.window import TimeWindow
from deliveries.ports import Located, Visit, WantedWindow
from deliveries.services.committing.offering import Choice
from deliveries.services.committing.rules import days_ahead
from deliveries.services.conversing.closing import with_menu
from deliveries.services.conversing.describing import address_line
from deliveries.services.conversing.scenes import Scene, enter
from deliveries.services.conversing.turns import Answer, Desk, Matter
from deliveries.services.days.planning import blank_plan
from deliveries.services.etas.pacing import learned_paces
from deliveries.services.wishes.address_words import (
    LINE_LENGTH,
    read_address,
    street_of,
    with_flat,
    with_number,
)

SAME_PLACE_M = 100


@dataclass(frozen=True)
class _Address:
    """Where it shall go.

    Attributes:
        distance_m: From where it goes now.
    """

    line: str
    postcode: str
    city: str
    at: Coordinates
    distance_m: float = 0.0

    def fact(self) -> dict[str, Fact]:
        """Return it as a choice's detail."""
        return {
            "line": self.line,
            "postcode": self.postcode,
            "city": self.city,
            "lat": self.at.lat,
            "lon": self.at.lon,
        }


def change_address(desk: Desk, matter: Matter) -> Answer:
    """Find the address named, see when the van can come there, and have both confirmed.

    Raises:
        UnavailableError: If the planner cannot be reached.
    """
    matter = _with_pin(matter)
    with desk.unit_of_work(read_only=True) as work:
        scene = enter(work, matter)
        first = scene.deliveries[0]
        closed = scene.is_closed(OptionKind.ADDRESS)
        most_m = 1000 * work.shippers.get(first.shipper_id).rules.address_km
    pinned = _pin(matter)
    words = read_address(matter.heard.text)
    if closed:
        return _say_closed(desk, matter)
    if pinned is not None and not words.number and matter.text_of("asked") != "address_at_pin":
        return _ask(desk, matter, "ask_address_at_pin", asked="address_at_pin")
    address = _found(desk, first, matter, words, pinned)
    if address is None:
        asked_before = matter.text_of("asked") == "address"
        is_named = bool(words.postcode or words.streets)
        name = "address_unknown" if asked_before or is_named else "ask_address"
        return _ask(desk, matter, name, asked="address")
    if address.distance_m > most_m:
        return _say_too_far(desk, matter, address, most_m)
    day = _first_day(desk, matter, address)
    return _confirm(desk, matter, address, day, most_m)


def _with_pin(matter: Matter) -> Matter:
    if matter.heard.location is None:
        return matter
    lat, lon = matter.heard.location
    return matter.with_gathered(lat=lat, lon=lon, asked=None)


def _pin(matter: Matter) -> Coordinates | None:
    lat, lon = matter.gathered.get("lat"), matter.gathered.get("lon")
    if isinstance(lat, int | float) and isinstance(lon, int | float):
        return Coordinates(lat, lon)
    return None


def _found(
    desk: Desk, delivery: Delivery, matter: Matter, words: AddressWords, pinned: Coordinates | None
) -> _Address | None:
    """Return the address meant; nothing if we cannot place it."""
    here = Coordinates(delivery.lat, delivery.lon)
    if pinned is not None:
        line = " ".join(matter.heard.text.split())[:LINE_LENGTH]
        return _Address(line, "", "", pinned, _metres(desk, here, pinned))
    if _is_elsewhere(delivery, words):
        located = desk.geocoder.locate(words, near=here) if desk.geocoder else None
        return _of(desk, delivery, words, located) if located is not None else None
    line = delivery.address_line
    if words.number and (words.number != words.postcode):
        line = with_number(line, words.number)
    if words.flat:
        line = with_flat(line, words.flat)
    if line == delivery.address_line:
        return None
    return _Address(line[:LINE_LENGTH], delivery.postcode, delivery.city, here)


def _is_elsewhere(delivery: Delivery, words: AddressWords) -> bool:
    """Say whether another street or postcode is named, and not just a number or flat."""
    own = delivery.postcode.replace(" ", "").upper()
    if words.postcode and words.postcode.replace(" ", "") != own:
        return True
    street = street_of(delivery.address_line)
    return bool(words.streets) and all(street_of(name) not in street for name, _ in words.streets)


def _of(desk: Desk, delivery: Delivery, words: AddressWords, located: Located) -> _Address:
    number = f"{words.number} " if words.number else ""
    line = located.line or f"{number}{delivery.address_line}"
    if words.flat:
        line = with_flat(line, words.flat)
    here = Coordinates(delivery.lat, delivery.lon)
    distance_m = _metres(desk, here, located.at)
    return _Address(line[:LINE_LENGTH], located.postcode, located.city, located.at, distance_m)


def _metres(desk: Desk, here: Coordinates, there: Coordinates) -> float:
    return desk.geography.distance_m((here.lat, here.lon), (there.lat, there.lon))


def _first_day(desk: Desk, matter: Matter, address: _Address) -> date | None:
    """Return the first day on which a van can come there: the parcel's own, if that can be."""
    with desk.unit_of_work(read_only=True) as work:
        deliveries = work.deliveries.many(matter.delivery_ids)
        first = deliveries[0]
        depot = work.depots.get(first.depot_id)
        vehicles = work.vehicles.of_depot(depot.id)
        last = local_day(matter.now, depot.zone) + timedelta(
            days=days_ahead(work.shippers.get(first.shipper_id))
        )
        start = max(first.date, local_day(matter.now, depot.zone))
        days = [start + timedelta(days=ahead) for ahead in range((last - start).days + 1)]
        plans = {day: work.plans.of_day(depot.id, day) for day in days}
        paces = learned_paces(work, depot.id)
    if address.distance_m < SAME_PLACE_M and first.date in days:
        return first.date
    for day in days:
        plan = plans[day] or blank_plan(depot, vehicles, day, paces)
        if all(_can_come(desk, plan, each, address, matter) for each in deliveries):
            return day
    return None


def _can_come(
    desk: Desk, plan: Plan, delivery: Delivery, address: _Address, matter: Matter
) -> bool:
    ends = [route.shift_end for route in plan.routes]
    if not ends or max(ends) <= matter.now:
        return False
    starts = min(route.shift_start for route in plan.routes)
    window = TimeWindow(max(starts, matter.now), max(ends))
    if plan.date == delivery.date and delivery.window is not None:
        window = delivery.window
    visit = Visit(
        delivery.id,
        address.at.lat,
        address.at.lon,
        delivery.service_duration_s,
        delivery.load,
        window,
    )
    quotes = desk.planner.quote(plan, [WantedWindow("there", visit, window)], now=matter.now)
    return bool(quotes)


def _confirm(
    desk: Desk, matter: Matter, address: _Address, day: date | None, most_m: int
) -> Answer:
    with desk.unit_of_work() as work:
        scene = enter(work, matter)
        first = scene.deliveries[0]
        if day is None:
            return _with_menu(scene, "address_no_room")
        there = address.fact()
        agree = Choice(
            OptionKind.ADDRESS,
            Saying("option_address"),
            {"address": there, "day": day.isoformat()},
            words=("agree", "ok"),
        )
        keep = Choice(OptionKind.DISMISS, Saying("option_keep_as_is"), words=("keep",))
        facts: dict[str, Fact] = {
            "address": address_line(there),
            "distance": distance_fact(address.distance_m),
            "limit": distance_fact(most_m),
            "day": day_fact(day, scene.zone),
        }
        name = "confirm_address_later" if day != first.date else "confirm_address"
        if address.distance_m < SAME_PLACE_M:
            name = "confirm_address_corrected"
        saying = scene.offered(name, [agree, keep], **facts)
        return scene.say(saying, draft=scene.draft(asked="confirm"))


def _ask(desk: Desk, matter: Matter, name: str, *, asked: str) -> Answer:
    with desk.unit_of_work() as work:
        scene = enter(work, matter)
        return scene.say(Saying(name, scene.facts()), draft=scene.draft(asked=asked))


def _say_too_far(desk: Desk, matter: Matter, address: _Address, most_m: int) -> Answer:
    with desk.unit_of_work() as work:
        scene = enter(work, matter)
        facts: dict[str, Fact] = {
            "distance": distance_fact(address.distance_m),
            "limit": distance_fact(most_m),
        }
        return _with_menu(scene, "address_too_far", facts)


def _say_closed(desk: Desk, matter: Matter) -> Answer:
    with desk.unit_of_work() as work:
        return cast("Answer", enter(work, matter).closed(OptionKind.ADDRESS))


def _with_menu(scene: Scene, name: str, facts: dict[str, Fact] | None = None) -> Answer:
    saying = Saying(name, scene.facts() | (facts or {}))
    return scene.say(
        with_menu(scene.work, scene.conversation, scene.deliveries, saying, now=scene.matter.now)
    )
