"""A delivery's timeline in sentences, for agents and operators."""

from collections.abc import Mapping

from bot.wording.catalogue import Catalogue, WordingError, read_sources, read_staff_source
from bot.wording.render import Wording
from deliveries.model.recipient import Channel
from deliveries.model.saying import Fact, Saying
from deliveries.services.messages.timelines import Entry

_PREFIXES = {
    "history": "happened",
    "offered": "offered",
    "choice": "chose",
    "told": "told",
    "heard": "heard",
}


class Happenings:
    """Tells what happened, in English."""

    def __init__(self, *, is_strict: bool = False) -> None:
        """Read the words.

        Args:
            is_strict: Raise for what has no words instead of writing its bare name; for tests.
        """
        words = "\n".join([read_sources()["en"], read_staff_source()])
        self._wording = Wording(Catalogue({"en": words}, is_strict=is_strict))
        self._is_strict = is_strict

    def say(self, entry: Entry) -> str:
        """Return one entry in a sentence.

        Raises:
            WordingError: If a strict one has no words for it.
        """
        saying = Saying(f"{_PREFIXES[entry.source]}_{entry.kind}", _readable(entry.facts))
        try:
            # Staff read it on a screen: as in a chat, no plain characters are needed.
            return self._wording.render(
                [saying], None, language="en", channel=Channel.TELEGRAM
            ).text
        except WordingError:
            if self._is_strict:
                raise
            return entry.kind.replace("_", " ").capitalize() + "."


def _readable(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return facts with their codes as words: ``no_answer`` is "no answer"."""
    return {name: _words(fact) for name, fact in facts.items()}


def _words(fact: Fact) -> Fact:
    if isinstance(fact, str):
        return fact.replace("_", " ")
    if isinstance(fact, list):
        return [_words(each) for each in fact]
    return fact
