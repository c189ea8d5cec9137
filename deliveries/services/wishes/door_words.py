"""What people write about their door, in four languages: minutes, bells, chairs."""

import re

from deliveries.model.delivery import DoorNeeds

WORDS_LENGTH = 120
WORTH_NOTING = 2
HOUR_MIN = 60

_NUMBERS = {
    word: number
    for number, words in {
        1: "a one ein eine einer un una uno une minute minuto",
        2: "two couple zwei dos par deux",
        3: "three few some drei paar tres unos trois quelques",
        4: "four vier cuatro quatre",
        5: "five fünf fuenf cinco cinq",
        6: "six sechs seis",
        7: "seven sieben siete sept",
        8: "eight acht ocho huit",
        9: "nine neun nueve neuf",
        10: "ten zehn diez dix",
        15: "fifteen fünfzehn quince quinze",
        20: "twenty zwanzig veinte vingt",
    }.items()
    for word in words.split()
}
_MINUTES = re.compile(r"(\d{1,5}|[^\W\d]+)(?:\s+(?:of|de))?[\s-]*min(?:s|ut\w*)?\b", re.IGNORECASE)
_HOURS = re.compile(
    r"(\d{1,3}|[^\W\d]+)[\s-]*(?:hours?|hrs?|stunden?|horas?|heures?)\b", re.IGNORECASE
)
_ALWAYS = re.compile(
    r"\b(always|every time|each time|from now on|immer|jedes mal|ab jetzt|siempre|cada vez"
    r"|toujours|chaque fois|désormais)\b",
    re.IGNORECASE,
)
_RING = r"(?:ring\w*|bell|buzz\w*|klingel\w*|läute\w*|timbre|llam\w*|sonn\w*)"
_NOT = r"\b(?:don'?t|do not|not|no|never|without|nicht|kein\w*|ohne|sin|ne|pas)\b"
_TWICE = r"\b(?:twice|two times|2 ?times|2x|zweimal|zwei mal|dos veces|deux fois)"
_ASLEEP = r"baby.{0,20}(?:sleep|asleep|schläft|duerm|dort)"
_NEEDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("door_no_bell", rf"{_NOT}.{{0,20}}{_RING}|{_RING}.{{0,12}}\b(?:nicht|pas)\b|{_ASLEEP}"),
        ("door_ring_twice", rf"{_RING}.{{0,20}}{_TWICE}|{_TWICE}\b.{{0,20}}{_RING}"),
        ("door_knock", r"\b(?:knock\w*|klopf\w*|anklopf\w*|golpe\w*|frapp\w*|toqu)"),
        ("door_wheelchair", r"wheel\s?chair|rollstuhl\w*|silla de ruedas|fauteuil roulant"),
        ("door_hearing", r"\bdeaf\b|hard of hearing|gehörlos|schwerhörig|\bsord[oa]|\bsourde?\b"),
    )
)
_SLOW = re.compile(
    r"\b(?:wait\w*|slow\w*|patien\w*|longer|more time|extra time|time to|elderly|crutch\w*|walker"
    r"|frame|warte\w*|langsam\w*|gedul\w*|länger|dauert|krücken|espere\w*|lent[oae]\w*|tard\w*"
    r"|pacienc\w*|muletas|attend\w*|béquilles|temps)\b",
    re.IGNORECASE,
)


def read_needs(text: str) -> DoorNeeds:
    """Return what a text says of the door; its own words where we know none of them."""
    needs = tuple(name for name, pattern in _NEEDS if pattern.search(text))
    if "door_no_bell" in needs:
        needs = tuple(each for each in needs if each != "door_ring_twice")
    minutes = read_minutes(text)
    words = " ".join(text.split())[:WORDS_LENGTH]
    is_told = bool(needs or minutes or needs_time(text) or len(words.split()) < WORTH_NOTING)
    return DoorNeeds(minutes, needs, None if is_told else words)


def read_minutes(text: str) -> int:
    """Return the minutes that a text asks for, the most if it names several; 0 if none."""
    found = [_number(each) for each in _MINUTES.findall(text)]
    found += [_number(each) * HOUR_MIN for each in _HOURS.findall(text)]
    return max(found, default=0)


def needs_time(text: str) -> bool:
    """Say whether a text asks the driver to wait, however long."""
    return bool(_SLOW.search(text)) or "door_wheelchair" in {
        name for name, pattern in _NEEDS if pattern.search(text)
    }


def is_for_always(text: str) -> bool:
    """Say whether a text is about every delivery to come."""
    return bool(_ALWAYS.search(text))


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS.get(word.lower(), 0)
