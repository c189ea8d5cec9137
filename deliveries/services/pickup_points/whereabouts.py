"""Where a place is that somebody names: from what the network itself knows, asking nobody outside.

Pickup points' names and addresses, and the streets and postcodes of the depot's own deliveries.
"""

import re
import unicodedata
from collections.abc import Iterator
from statistics import fmean

from deliveries.model.delivery import Delivery
from deliveries.ports import UnitOfWork

type Position = tuple[float, float]

# What people say of any place or pickup point, which tells none from another.
SAYING_NOTHING = {
    "en": "a an the my our your his her i im we at by in on of to from for and or is near nearest "
    "nearby closest close next beside one some any around here there please can could it that "
    "locker lockers shop shops store point pickup pick-up up collection collect parcel place work "
    "workplace office job school gym near street",
    "de": "ein eine einen einem einer der die das den dem mein meine meiner meinem meinen ich bin "
    "am an bei beim in im zu zur zum von und oder ist nahe naehe nahen nachsten naechsten "
    "naechste nachste hier da bitte kann es packstation paketfach schliessfach shop laden "
    "filiale abholpunkt abholung paket arbeit arbeitsplatz buero buro job schule strasse",
    "es": "un una unos el la los las mi mis su yo en de del al a por para y o es esta estoy cerca "
    "cercano cercana proximo proxima aqui alli favor puede taquilla taquillas tienda punto "
    "recogida recoger paquete trabajo oficina curro escuela colegio calle lo",
    "fr": "un une des le la les l d mon ma mes je suis a au aux en dans de du pres proche chez et "
    "ou est plus ici la-bas svp peut consigne consignes casier magasin point relais retrait "
    "retirer colis travail bureau boulot ecole rue",
}
HOME = {
    "en": "home me here house",
    "de": "zuhause hause mir hier daheim",
    "es": "casa mi aqui hogar",
    "fr": "maison moi ici domicile",
}
_NOISE = frozenset(" ".join(SAYING_NOTHING.values()).split())
_HOME = frozenset(" ".join(HOME.values()).split())
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LETTERS_THAT_TELL = 3


def telling_words(text: str) -> frozenset[str]:
    """Return the words that tell a place from others, without accents and capitals."""
    return frozenset(_words(text)) - _NOISE - _HOME


def is_home(text: str) -> bool:
    """Say whether the words mean the recipient's own address, or no place in particular."""
    return not telling_words(text)


def find_place(work: UnitOfWork, delivery: Delivery, text: str) -> Position | None:
    """Return where a place is, if the network knows it.

    A postcode goes before a name: it says exactly where. Of names, the one that shares most words
    counts; a street is where the deliveries on it are on average.
    """
    known = list(_known(work, delivery))
    plain = "".join(_words(text))
    in_area = [at for _, postcode, at in known if _is_named(postcode, text, plain)]
    if in_area:
        return _middle(in_area)
    wanted = telling_words(text)
    best, found = 0, list[Position]()
    for name, _, at in known:
        shared = len({w for w in wanted & telling_words(name) if len(w) >= _LETTERS_THAT_TELL})
        if shared > best:
            best, found = shared, []
        if shared and shared == best:
            found.append(at)
    return _middle(found) if found and best * 2 >= len(_names_in(wanted)) else None


def _known(work: UnitOfWork, delivery: Delivery) -> Iterator[tuple[str, str, Position]]:
    """Yield name, postcode and position of what the network serves that day."""
    for point in work.pickup_points.all():
        yield f"{point.name} {point.address}", "", (point.lat, point.lon)
    for other in work.deliveries.of_day(delivery.depot_id, delivery.date):
        street = " ".join(word for word in other.address_line.split() if not _has_digit(word))
        yield street, other.postcode, (other.lat, other.lon)


def _is_named(postcode: str, text: str, plain: str) -> bool:
    """Say whether a text names the postcode, or the outer half of one that has two."""
    whole = "".join(_words(postcode))
    if not whole:
        return False
    if whole in plain:
        return True
    outer, _, inner = postcode.lower().partition(" ")
    return bool(inner) and outer in _words(text)


def _names_in(words: frozenset[str]) -> frozenset[str]:
    """Return the words without house numbers, which no street has."""
    return frozenset(word for word in words if not word.isdecimal())


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return _WORD.findall(bare.replace("'", " "))


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _middle(positions: list[Position]) -> Position:
    return fmean(lat for lat, _ in positions), fmean(lon for _, lon in positions)
