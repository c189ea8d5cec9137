"""What a contact may read that has proved nothing yet: names, house numbers and spots are masked.

A contact is verified once somebody wrote from it, or linked it; until then a message may reach the
wrong hands (a number that was given to somebody else). Every saying is treated alike, by the names
of its facts, so that a new one cannot forget it.
"""

from collections.abc import Callable, Mapping

HIDDEN = "\u2022" * 3
SHORT = 3


def mask_words(text: str) -> str:
    """Return names and streets by their first letters: "12 H••• St"; short words stay."""
    masked = []
    has_number = False
    for word in text.split():
        if any(letter.isdigit() for letter in word):
            masked.append(HIDDEN if has_number else word)
            has_number = True
        else:
            bare = word.strip(".,")
            masked.append(word if len(bare) <= SHORT else f"{word[0]}{HIDDEN}")
    return " ".join(masked)


def _hide(_: str) -> str:
    return HIDDEN


_MASKS: Mapping[str, Callable[[str], str]] = {
    "name": mask_words,
    "recipient": mask_words,
    "collector": mask_words,
    "neighbour": mask_words,
    "address": mask_words,
    "street": mask_words,
    "postcode": _hide,
    "number": _hide,
    "house": _hide,
    "words": _hide,
    "digits": _hide,
}
# Shops and lockers are no secret, and a neighbour must know whose parcel they are asked to take.
_OPEN = (
    "place_pickup_point",
    "choice_pickup_point",
    "option_locker",
    "option_shop",
    "notice_ready_for_pickup",
    "neighbour_asked",
    "neighbour_accepted_thanks",
    "neighbour_declined_thanks",
    "neighbour_withdrawn",
)


def masked(saying: str, facts: Mapping[str, str | int | float]) -> dict[str, str | int | float]:
    """Return a saying's written facts as a contact may read them that is not verified."""
    if saying.startswith(_OPEN):
        return dict(facts)
    return {
        name: _MASKS[name](str(fact)) if name in _MASKS else fact for name, fact in facts.items()
    }
