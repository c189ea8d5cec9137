"""What asks for a person by its words alone, whatever it was written about."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from unicodedata import combining, normalize

from deliveries.model.conversation import Conversation
from deliveries.ports import UnitOfWork
from deliveries.services.handoffs.alarm_words import ANGER, LEGAL, SAFETY

# Anger twice in so many messages, and within so long.
LOOKED_BACK = 5
_REMEMBERED_FOR = timedelta(hours=24)
_GAP = r"(?:\S+ ){0,3}?"


def alarm_in(
    work: UnitOfWork, conversation: Conversation, text: str, *, now: datetime
) -> str | None:
    """Return why a person is needed at once, if the words say so.

    Args:
        work: The caller's unit of work; what the person wrote is in it.
        conversation: Theirs.
        text: What they have just written.
        now: The day's time.
    """
    if _has(text, "safety"):
        return "safety"
    if _has(text, "legal"):
        return "legal"
    if not _has(text, "anger"):
        return None
    lately = [
        message
        for message in work.inbound.of(conversation.id)[-LOOKED_BACK:]
        if message.received_at > now - _REMEMBERED_FOR
    ]
    angry = sum(_has(message.text, "anger") for message in lately)
    return "anger" if angry > 1 else None


def _has(text: str, kind: str) -> bool:
    return _pattern(kind).search(f" {_folded(text)} ") is not None


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    tables: Mapping[str, Mapping[str, str]] = {"safety": SAFETY, "legal": LEGAL, "anger": ANGER}
    phrases = [
        _written(" ".join(phrase.split()))
        for table in tables[kind].values()
        for phrase in table.split(",")
    ]
    return re.compile(rf"(?<= )(?:{'|'.join(phrases)})(?= )")


def _written(phrase: str) -> str:
    words = [
        re.escape(_folded(word.removesuffix("*")).strip()) + (r"\S*" if word.endswith("*") else "")
        for word in phrase.split(" ")
    ]
    return " ".join(words).replace("_ ", _GAP)


def _folded(text: str) -> str:
    """Return words in small letters without accents, with one space between them."""
    plain = "".join(
        letter for letter in normalize("NFKD", text.casefold()) if not combining(letter)
    )
    return " ".join(re.sub(r"[^\w']+", " ", plain.replace("\u2019", "'")).split())
