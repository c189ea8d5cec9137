"""Places and choices as sayings, so that every message names them alike."""

from collections.abc import Mapping
from datetime import date, datetime

from deliveries.model.delivery import Place, PlaceKind
from deliveries.model.offer import OptionKind
from deliveries.model.saying import Fact, Saying, day_fact, window_fact
from deliveries.model.window import TimeWindow

SPOTS = ("spot_porch", "spot_shed", "spot_garage", "spot_reception")


def place_saying(place: Place) -> Saying:
    """Name the place a delivery goes to."""
    match place.kind:
        case PlaceKind.NEIGHBOUR if place.name:
            return Saying(
                "place_neighbour_named", {"name": place.name, "number": place.house_number or ""}
            )
        case PlaceKind.NEIGHBOUR:
            return Saying("place_neighbour", {"number": place.house_number or ""})
        case PlaceKind.SAFE_PLACE:
            return Saying("place_safe", {"words": spot_fact(place.words or "")})
        case PlaceKind.PICKUP_POINT:
            return Saying("place_pickup_point", {"name": place.name or ""})
        case PlaceKind.ADDRESS:
            return Saying("place_address")


# Choices that need no more than their name.
PLAIN_CHOICES: Mapping[OptionKind, str] = {
    OptionKind.RESTORE: "choice_restore",
    OptionKind.SIGNATURE: "choice_signature",
    OptionKind.TRY_AGAIN: "choice_try_again",
    OptionKind.REFUSE: "choice_refuse",
}


def choice_saying(kind: OptionKind, details: Mapping[str, Fact], *, day: date, zone: str) -> Saying:
    """Name what was chosen, with its day or window, and its price if it has one."""
    named = _named(kind, details, day=day, zone=zone)
    price = details.get("price")
    return Saying("choice_priced", {"what": inline(named), "price": price}) if price else named


def _named(kind: OptionKind, details: Mapping[str, Fact], *, day: date, zone: str) -> Saying:
    if kind in PLAIN_CHOICES:
        return Saying(PLAIN_CHOICES[kind])
    if kind is OptionKind.WINDOW:
        start, end = str(details["start"]), str(details["end"])
        window = TimeWindow(datetime.fromisoformat(start), datetime.fromisoformat(end))
        return Saying("choice_window", {"window": window_fact(window, zone)})
    if kind is OptionKind.DOOR:
        return Saying("choice_door", {"needs": door_facts(details.get("door"))})
    is_named = kind is OptionKind.NEIGHBOUR and details.get("name")
    return Saying(
        f"choice_{kind.value}_named" if is_named else f"choice_{kind.value}",
        {
            "name": details.get("name") or "",
            "number": details.get("house_number") or "",
            "words": spot_fact(str(details.get("words") or "")),
            "address": address_line(details.get("address")),
            "day": day_fact(date.fromisoformat(str(details.get("day") or day)), zone),
        },
    )


def inline(saying: Saying) -> dict[str, Fact]:
    """Return a saying as a fact of another, to be worded inside it."""
    return {"type": "saying", "name": saying.name, "facts": saying.facts}


def spot_fact(words: str) -> Fact:
    """Return a safe place's words as a fact; a spot of our list in the reader's language."""
    return inline(Saying(words)) if words in SPOTS else words


def address_line(address: Fact) -> str:
    """Return an address as it is written on one line."""
    if not isinstance(address, Mapping):
        return ""
    rest = f"{address.get('postcode') or ''} {address.get('city') or ''}".strip()
    return ", ".join(part for part in (str(address.get("line") or ""), rest) if part)


def door_facts(door: Fact) -> list[Fact]:
    """Return what is needed at a door, as a list of its parts."""
    if not isinstance(door, Mapping):
        return []
    facts: list[Fact] = []
    if door.get("minutes"):
        facts.append(inline(Saying("door_minutes", {"minutes": door["minutes"]})))
    needs = door.get("needs")
    facts += [inline(Saying(str(each))) for each in needs] if isinstance(needs, list) else []
    return [*facts, door["words"]] if door.get("words") else facts
