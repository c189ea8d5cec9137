"""An address as somebody wrote it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AddressWords:
    """What a message says of an address.

    Attributes:
        number: The house number.
        streets: What may be the street's name, the likeliest first, each with its number.
        flat: The flat, floor or room, with the word for it.
    """

    postcode: str | None = None
    number: str | None = None
    streets: tuple[tuple[str, str], ...] = ()
    flat: str | None = None
