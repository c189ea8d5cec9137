"""What short answers to a menu mean: "the second one", "neither", "same as last time".

``read_reply`` is pure, needs no model and never raises. It answers only for texts that consist of
such words and nothing else, in any of our languages and in a mixture of them: whatever else is
said is left to the language understanding. The tables stand apart, one module a language.
"""

from deliveries.replies.reading import (
    Reply,
    asks_back,
    denies,
    is_small_talk,
    menu_number,
    plain_words,
    read_reply,
    speaks_of_two,
)
from deliveries.replies.words import Meaning

__all__ = [
    "Meaning",
    "Reply",
    "asks_back",
    "denies",
    "is_small_talk",
    "menu_number",
    "plain_words",
    "read_reply",
    "speaks_of_two",
]
