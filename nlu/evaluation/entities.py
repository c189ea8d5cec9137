"""Measures what is found named in messages: right is only the exact span with the exact value."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rasa.shared.nlu.training_data.loading import load_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

# (entity, start, end, value)
Named = tuple  # type: ignore[type-arg]
# Told of the whole message, and measured with the intents.
_NOT_NAMED = frozenset({"language"})


@dataclass(frozen=True)
class Message:
    """A message, and everything it names."""

    text: str
    language: str
    named: frozenset[Named]


def annotated(folder: Path) -> list[Message]:
    """Return the messages of ``<language>.yml`` in the folder, with what is marked in them."""
    return [
        Message(str(each.get("text")), path.stem, named(each.get("entities") or []))
        for path in sorted(folder.glob("*.yml"))
        for each in load_data(str(path)).intent_examples
    ]


def named(entities: Iterable[dict[str, object]]) -> frozenset[Named]:
    """Return entities, as Rasa has them, in a form that can be compared."""
    return frozenset(
        (each["entity"], each["start"], each["end"], each["value"])
        for each in entities
        if each["entity"] not in _NOT_NAMED
    )


def exact_f1(answers: Sequence[tuple[Message, frozenset[Named]]]) -> dict[str, float]:
    """Return the F1 of each entity, and of ``all`` together, between 0 and 1."""
    hits: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for message, answered in answers:
        for counts, pieces in ((hits, message.named & answered), (marked, message.named), (found, answered)):
            counts.update(piece[0] for piece in pieces)
            counts["all"] += len(pieces)
    return {
        entity: 2 * hits[entity] / (marked[entity] + found[entity])
        for entity in sorted(marked | found)
    }


def mistakes(answers: Sequence[tuple[Message, frozenset[Named]]]) -> list[str]:
    """Return a line for each message in which something was missed or found wrongly."""
    return [
        f"{message.text!r}: missed {_spelt(message.named - answered)}, wrongly {_spelt(answered - message.named)}"
        for message, answered in answers
        if message.named != answered
    ]


def _spelt(pieces: frozenset[Named]) -> str:
    return ", ".join(f"{entity}={value}" for entity, _, _, value in sorted(pieces)) or "nothing"
