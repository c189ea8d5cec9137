"""Finds the names of neighbours and of other people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlu.entities.finding import Finding, from_group
from nlu.entities.words import NOT_A_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

_TITLE = (
    r"(?:mr|mrs|ms|miss|mx|dr|prof|rev|sir|auntie|aunty|uncle|old mr|old mrs|frau|herrn?|fam\.|familie|famille|familia|dr"
    r"|mme|mlle|m\.|madame|monsieur|mademoiselle|docteur"
    r"|(?:la |el )?senora?|(?:la )?sra\.?|(?:el )?sr\.?|don|dona|dna\.)\.?"
)
_WORD = r"[^\W\d_](?:[^\W\d_]|['-](?=[^\W\d_]))*"
_NAME = rf"({_WORD}(?: (?:(?:de la|de|del|van|von|da|le|la|y|&|and|und|et) )?{_WORD}){{0,2}})"
_TITLED = re.compile(
    rf"(?<!\w)((?:{_TITLE} (?:(?:and|und|et|y|&) (?={_TITLE} ))?)+(?:(?:de la|de|del|van|von|da) )?{_WORD}(?: (?:de la|de|del|van|von|da)(?= ))?(?:[ -]{_WORD})?(?: {_WORD})?)"
)
_NEIGHBOUR = r"(?:next[- ]?door neighbou?r|neighbou?r|nachbarin|nachbarn?|voisine?|vecin[oa])"
_NEIGHBOURS = [
    re.compile(pattern)
    for pattern in (
        rf"\b{_NEIGHBOUR}(?: at (?:no\.?|number)? ?\d+\w?)?,? (?:is |are )?(?:called |named |ist |heisst |namens |s'appelle "
        rf"|nomme |es |se llama |llamad[oa] )?{_NAME}",
        rf"\b{_NEIGHBOUR}(?:'?s)? (?:name|nombre) (?:is|es) {_NAME}",
        rf"(?:^|[\s,.(]){_NAME},? (?:who lives |lives |que vive |der |die )?(?:next[- ]?door|across the (?:road|street|hall|way)"
        r"|over the (?:road|street)|opposite|upstairs|downstairs|down the (?:road|street|hall)|up the road"
        r"|(?:at|from|in) (?:no\.?|number|nr\.?|num\.?|flat|apartment|apt\.?|house|the flat) ?\d"
        r"|at \d{1,4}[a-f]? (?:will|can|is|would|said|has|take|have|hold|sign|keep)\b|auf (?:nr\.?|nummer|hausnummer) ?\d|nebenan|gegenuber|von (?:gegenuber|nebenan|oben|unten)\b|im (?:ersten|zweiten|dritten|vierten|erdgeschoss|\d)|(?:von|aus|in) (?:der )?(?:nr\.?|nummer|hausnummer) ?\d"
        r"|d'a cote|a cote|d'en face|en face|du dessus|du dessous|au (?:numero |n° ?|no\.? ?)?\d|du \d"
        r"|(?:de |la de |el de )?(?:al lado|enfrente|arriba|abajo|del \d|en el (?:numero )?\d))",
        rf"\b(?:leave|left|drop|hand|give|take|deliver|pass|put)\b[^.!?]{{0,30}}? (?:with|to|at) {_NAME}",
        rf"\b(?:gebt?|geben|abgeben|lasst?|lassen|abzugeben|stellt?)\b[^.!?]{{0,30}}? (?:bei|an) {_NAME}",
        rf"\b(?:with|bei|beim) (?:the |der |dem )?{_NAME}",
        rf"\b(?:chez|a) {_NAME}",
        rf"\b(?:con|a|donde) {_NAME}",
        rf"\b{_NAME} (?:will|can|is going to|kann|wird|peut|puede|va a) (?:take|accept|receive|sign|annehmen|nehmen|prendre"
        r"|recevoir|recoger|recibir|coger)\b",
    )
]
_NEIGHBOUR_SAID = re.compile(
    rf"\b(?:bei|beim|chez|con|with|to) (?:la |el |les? )?(?={_TITLE} )|\b{_NEIGHBOUR}|next[- ]?door|\b(?:leave|left|drop|hand|give|take|deliver|abgeben|nebenan|gegenuber|laisse\w*|deposer?"
    r"|donne\w*|remettre|deja\w*|dejen|entreg\w*|dar|dale|dadle|enfrente|al lado|a cote|en face|arriba|abajo|del? (?:primero|segundo|tercero|cuarto|quinto)"
    r"|stock|au (?:rdc|premier|deuxieme|troisieme|quatrieme)|du (?:dessus|dessous)|upstairs|downstairs|across|opposite|nimmt)\b"
)
_PEOPLE = [
    re.compile(pattern)
    for pattern in (
        rf"\b(?:my name is|my name's|name is|name's|name:|this is|i am|i'm|im|call me|ich hei(?:ss|ß)e|ich bin|hier ist|hier spricht|aqui|ici|c'est moi|c'est|mein name ist|je m'appelle"
        rf"|je suis|mon nom est|me llamo|mi nombre es|soy) {_NAME}",
        r"\b(?:my |mein |meine |mon |ma |mi )?(?:son|daughter|husband|wife|partner|brother|sister|mum|mom|dad|mother|father|friend|flatmate"
        r"|housemate|roommate|colleague|cousin|nephew|niece|aunt|uncle|girlfriend|boyfriend|assistant|carer|cleaner|nurse|lodger|nanny|secretary|grandson|granddaughter|gran|nan|mate|sohn|tochter|mann|frau|bruder"
        r"|schwester|freund|freundin|mutter|vater|kollege|kollegin|fils|fille|mari|femme|frere|soeur|ami|amie|mere|pere|collegue|hijo"
        rf"|hija|marido|mujer|hermano|hermana|amigo|amiga|madre|padre|companer[oa]),? {_NAME}",
        rf"(?:^|[\s,.(]){_NAME} (?:(?:will|can|is going to|'s going to|is|may) (?:collect|fetch|pick|gett?|com|grabb?)(?:e|ing)?|picks|collects|holt|kommt|nimmt"
        r"|l[oe]s? (?:recoge|busca|recupere|prend|retire)|passe|viene|vient|va a (?:recoger|buscar)|vendra|viendra)\b",
    )
]
_JOINING = frozenset({"de", "la", "del", "van", "von", "da", "le", "y", "&", "and", "und", "et"})
_NUMBER_NEXT = re.compile(r",? ?(?:(?:at|in|from|of) )?(?:no\.?|number|nr\.?|flat|#)? ?\d")
_BARE = re.compile(
    rf"^\W*(?:it's |its |it is |to |with |for |bei |chez |con |a |c'est |es )?((?:{_TITLE} )?{_WORD}(?: {_WORD}){{0,2}}?)"
    r"(?:,? (?:at |in |from |no\.? ?|number |nr\.? ?|nummer |flat |au |du |n° ?|en el |del |num\.? ?|numero |next door|nebenan|a cote"
    r"|al lado)*#?(\d{1,4} ?[a-f]?)?)?\W*$"
)


def neighbour_names(text: str, flat: str, *, expected: bool) -> Iterator[Finding]:
    """Yield the names of people said to live nearby or to take the parcel in.

    Args:
        text: The message.
        flat: The same, flat.
        expected: The message is about a neighbour, so a name may stand in small letters.
    """
    if _NEIGHBOUR_SAID.search(flat) or re.search(r"\d", flat):
        for match in _TITLED.finditer(flat):
            yield from _trimmed("neighbour_name", match, text)
    for pattern in _NEIGHBOURS:
        for match in pattern.finditer(flat):
            yield from _trimmed("neighbour_name", match, text, written_small=expected)
            yield from _behind_other_words("neighbour_name", match, text)


def person_names(text: str, flat: str, *, answering: bool) -> Iterator[Finding]:
    """Yield the names of other people.

    Args:
        text: The message.
        flat: The same, flat.
        answering: The message answers a question, so it may be nothing but a name in small letters.
    """
    bare = _BARE.match(flat)
    if bare and (bare[2] or answering or re.match(rf"^\W*{_TITLE} ", flat)):
        found = list(_trimmed("person_name", bare, text, written_small=True))
        if found and found[0].end == bare.end(1):
            yield from found
            return
    for pattern in (*_PEOPLE, _TITLED):
        for match in pattern.finditer(flat):
            yield from _trimmed("person_name", match, text)
            yield from _behind_other_words("person_name", match, text)


def _behind_other_words(entity: str, match: re.Match[str], text: str) -> Iterator[Finding]:
    """Yield the name at the end of words that are none: "ask for Pat at number 6"."""
    words = list(re.finditer(r"\S+", match[1]))
    spelt = [text[match.start(1) + word.start() : match.start(1) + word.end()] for word in words]
    last = len(words)
    while last and not _ends_name(words[last - 1][0]) and spelt[last - 1][:1].isupper():
        last -= 1
    if 0 < last < len(words):
        start, end = match.start(1) + words[last].start(), match.end(1)
        yield Finding(entity, start, end, " ".join(text[start:end].split()).strip(" ,.;:!?"))


def _trimmed(
    entity: str, match: re.Match[str], text: str, *, written_small: bool = False
) -> Iterator[Finding]:
    """Yield the finding without the words that are no part of a name.

    A name in small letters counts behind a title, before a door's number and where names are expected.
    """
    titled = re.match(rf"{_TITLE}(?: (?:(?:and|und|et|y|&) )?{_TITLE})*(?= )", match[1])
    words = list(re.finditer(r"\S+", match[1]))
    first = len(titled[0].split()) if titled else 0
    after_last = first
    for at, word in enumerate(words[first:], first):
        if word[0] in _JOINING and (titled or at > first) and at + 1 < len(words) and not _ends_name(words[at + 1][0]):
            continue
        spelt = text[match.start(1) + word.start() : match.start(1) + word.end()]
        small = written_small or titled or _before_number(match, word)
        if _ends_name(word[0]) or not (spelt[:1].isupper() or (small and at <= first + 1)):
            break
        after_last = at + 1
    if after_last > first:
        start, end = match.start(1), match.start(1) + words[after_last - 1].end()
        yield Finding(entity, start, end, " ".join(text[start:end].split()).strip(" ,.;:!?"))


def _before_number(match: re.Match[str], word: re.Match[str]) -> bool:
    return bool(_NUMBER_NEXT.match(match.string, match.start(1) + word.end()))


def _ends_name(word: str) -> bool:
    plain = word.strip(".,;:!?'\"").removesuffix("'s")
    return len(plain) <= 1 or plain in NOT_A_NAME
