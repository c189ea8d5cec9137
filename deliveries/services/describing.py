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


def choice_saying(kind: OptionKind, details: Mapping[str, Fact], *, day: date, zone: str) -> Saying:
    """Name what was chosen, with its day or window."""
    match kind:
        case OptionKind.WINDOW:
            start, end = str(details["start"]), str(details["end"])
            window = TimeWindow(datetime.fromisoformat(start), datetime.fromisoformat(end))
            return Saying("choice_window", {"window": window_fact(window, zone)})
        case OptionKind.NEIGHBOUR if details.get("name"):
            name = "choice_neighbour_named"
        case OptionKind.NEIGHBOUR:
            name = "choice_neighbour"
        case OptionKind.SAFE_PLACE:
            name = "choice_safe_place"
        case OptionKind.PICKUP_POINT:
            name = "choice_pickup_point"
        case OptionKind.RESTORE:
            return Saying("choice_restore")
        case _:
            return Saying("choice_refuse")
    return Saying(
        name,
        {
            "name": details.get("name") or "",
            "number": details.get("house_number") or "",
            "words": spot_fact(str(details.get("words") or "")),
            "day": day_fact(date.fromisoformat(str(details.get("day") or day)), zone),
        },
    )


def inline(saying: Saying) -> dict[str, Fact]:
    """Return a saying as a fact of another, to be worded inside it."""
    return {"type": "saying", "name": saying.name, "facts": saying.facts}


def spot_fact(words: str) -> Fact:
    """Return a safe place's words as a fact; a spot of our list in the reader's language."""
    return inline(Saying(words)) if words in SPOTS else words
