"""Places found by what was delivered before: postcodes and streets of the deliveries we keep."""

from collections.abc import Sequence
from statistics import fmean

from deliveries.model.address import AddressWords
from deliveries.model.delivery import Delivery
from deliveries.model.network import Coordinates
from deliveries.ports import Geocoder, Geography, Located, UnitOfWorkFactory
from deliveries.services.wishes.address_words import read_address, street_of, with_number

STREET_M = 2000.0


class KnownPlaces:
    """Finds addresses without a map: no request leaves the house."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, geography: Geography) -> None:
        self._unit_of_work = unit_of_work
        self._geography = geography

    def locate(self, words: AddressWords, *, near: Coordinates) -> Located | None:
        """Return where an address is: its street's nearest number known, else its postcode."""
        with self._unit_of_work(read_only=True) as work:
            for name, number in words.streets:
                # Its longest word alone is looked for: "Harbour St" may be stored in full.
                alike = work.deliveries.on_street(max(name.split(), key=len).rstrip("."))
                on_it = [each for each in alike if _is_on(each, name, words.postcode)]
                if on_it:
                    return self._beside(on_it, number, words.postcode, near)
            if words.postcode is None:
                return None
            there = work.deliveries.near_postcode(words.postcode)
            return _middle(there, words) if there else None

    def _beside(
        self, known: Sequence[Delivery], number: str, postcode: str | None, near: Coordinates
    ) -> Located:
        """Return the place of the house with the nearest number, in the street meant.

        Of several streets of that name it is the one with the postcode, else the nearest by.
        """
        there = [each for each in known if _code(each.postcode) == _code(postcode)] or known
        street = min(there, key=lambda each: self._metres(each, near))
        same = [each for each in there if self._metres_apart(each, street) <= STREET_M]
        best = min(same, key=lambda each: abs(_number(each) - _leading(number)))
        line = with_number(best.address_line, number)
        return Located(line, best.postcode, best.city, Coordinates(best.lat, best.lon))

    def _metres_apart(self, one: Delivery, other: Delivery) -> float:
        return self._metres(one, Coordinates(other.lat, other.lon))

    def _metres(self, delivery: Delivery, near: Coordinates) -> float:
        return self._geography.distance_m((delivery.lat, delivery.lon), (near.lat, near.lon))


def _code(postcode: str | None) -> str:
    return (postcode or "").replace(" ", "").upper()


def _is_on(delivery: Delivery, name: str, postcode: str | None) -> bool:
    wanted, own = street_of(name), street_of(delivery.address_line)
    is_there = bool(wanted) and wanted == own
    if postcode is None or not is_there:
        return is_there
    return _code(delivery.postcode)[:2] == _code(postcode)[:2]


def _middle(there: Sequence[Delivery], words: AddressWords) -> Located:
    line = f"{words.streets[0][1]} {words.streets[0][0]}" if words.streets else ""
    at = Coordinates(fmean(each.lat for each in there), fmean(each.lon for each in there))
    return Located(line, there[0].postcode, there[0].city, at)


def _number(delivery: Delivery) -> int:
    return _leading(read_address(delivery.address_line).number or "0")


def _leading(number: str) -> int:
    digits = "".join(each if each.isdecimal() else " " for each in number).split()
    return int(digits[0]) if digits else 0


_: type[Geocoder] = KnownPlaces
