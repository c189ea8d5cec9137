"""Brings what people type into one form before it is compared with anything."""

import re
import unicodedata

# Longer messages are cut: what somebody wants is said well before this.
MAX_LENGTH = 600

_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
                        "\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]")
# Control characters, and halves of characters, which no encoding takes.
_BROKEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"\S+@\S+\.\w+")
_REPEATED = re.compile(r"([^\W\d])\1{2,}")
_TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2} ?(?:am|pm|uhr|h)\b", re.IGNORECASE)
_LONG_CODE = re.compile(r"\b(?=\w*\d\w*\d\w*\d)[a-z]{0,4}\d[\da-z]{5,}\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"',
                         "«": '"', "»": '"', "–": "-", "—": "-", "…": "..."})


def tidy(text: str) -> str:
    """Return the text cut to size, in one Unicode form, without what cannot be seen."""
    shown = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text[: 4 * MAX_LENGTH]))
    return _SPACE.sub(" ", _BROKEN.sub(" ", shown.translate(_QUOTES))).strip()[:MAX_LENGTH]


def shape(text: str) -> str:
    """Return the text in lower case with its numbers, links and codes as mere shapes.

    Somebody's house number or tracking number says nothing about what they want; that there is one does.
    """
    shaped = _LINK.sub(" link ", tidy(text).lower())
    shaped = _ADDRESS.sub(" email ", shaped)
    shaped = _TIME.sub(" 0time ", shaped)
    shaped = _LONG_CODE.sub(" 0code ", shaped)
    shaped = _REPEATED.sub(r"\1\1", shaped)
    return _SPACE.sub(" ", _NUMBER.sub(lambda found: "0" * min(len(found.group()), 4), shaped)).strip()


def fold(text: str) -> str:
    """Return the text without its accents: many people type without them."""
    decomposed = unicodedata.normalize("NFD", text.replace("ß", "ss"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
