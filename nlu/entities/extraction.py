"""Finds everything a message names that a choice may need."""

from __future__ import annotations

from nlu.entities.doors import access_codes, house_numbers
from nlu.entities.finding import Finding, flat, without_overlaps
from nlu.entities.numbers import phone_numbers, tracking_numbers
from nlu.entities.parcels import parcels_meant
from nlu.entities.people import neighbour_names, person_names
from nlu.entities.places import pickup_points, places_nearby, safe_places

# The intents of messages that answer a question of ours.
_ANSWERS = frozenset({"inform", "leave_with_neighbour", "authorise_collector"})


def entities_in(text: str, *, intent: str | None = None) -> list[Finding]:
    """Return what the message names, in the order of the text, no two overlapping.

    Times are none of these: the delivery windows in a text have their own reader.

    Args:
        text: The message as it arrived.
        intent: What it was understood to want, where that is known.
    """
    flattened = flat(text)
    found = [
        *phone_numbers(text, flattened),
        *access_codes(text, flattened),
        *tracking_numbers(text, flattened),
        *pickup_points(text, flattened),
        *safe_places(text, flattened),
        *places_nearby(text, flattened),
        *house_numbers(text, flattened),
        *neighbour_names(text, flattened, expected=intent == "leave_with_neighbour"),
        *person_names(text, flattened, answering=intent in _ANSWERS),
        *parcels_meant(text, flattened),
    ]
    return sorted(without_overlaps(found), key=lambda finding: finding.start)
