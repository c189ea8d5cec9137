"""The form of a language's table of words that answer menus."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Meaning(StrEnum):
    """What such words say."""

    POSITION = "position"
    EVERY = "every"
    NEITHER = "neither"
    OTHER = "other"
    AGAIN = "again"
    EARLIER = "earlier"
    EARLIEST = "earliest"
    LATER = "later"
    LATEST = "latest"
    BEFORE_THESE = "before_these"
    AFTER_THESE = "after_these"
    NEAREST = "nearest"
    CHEAPEST = "cheapest"
    SMALLEST = "smallest"
    BIGGEST = "biggest"
    WHO = "who"
    WHAT = "what"
    WAIT = "wait"


@dataclass(frozen=True)
class Words:
    """One language's words, written as people spell them; case and accents do not matter.

    Attributes:
        ordinals: Positions counted from 1; -1 is the last.
        cardinals: Spelt numbers that stand for a digit of a menu.
        phrases: Phrases by meaning; the longest that fits is taken.
        numbering: Words that stand before a number ("option 2").
        negations: Words after which what follows is not wanted.
        fillers: Words that change nothing beside an answer.
        joiners: Words between two wishes.
        questions: How questions begin that may end without a mark.
        assurances: Phrases that hold a negation and agree all the same.
    """

    ordinals: Mapping[str, int]
    cardinals: Mapping[str, int]
    phrases: Mapping[Meaning, tuple[str, ...]]
    numbering: tuple[str, ...]
    negations: tuple[str, ...]
    fillers: tuple[str, ...]
    joiners: tuple[str, ...]
    questions: tuple[str, ...]
    assurances: tuple[str, ...]


def listed(phrases: str) -> tuple[str, ...]:
    """Return phrases written one after another with commas between them."""
    return tuple(phrases.split(", "))
