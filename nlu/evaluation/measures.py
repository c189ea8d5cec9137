"""Numbers about what was understood."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from nlu.evaluation.examples import OUT_OF_SCOPE, Example

if TYPE_CHECKING:
    from collections.abc import Sequence

# Intents on which nothing is done but to say that it was not understood, or is not ours.
NOT_ACTED_UPON = frozenset({OUT_OF_SCOPE, "nlu_fallback"})


@dataclass(frozen=True)
class Answer:
    """What the model made of one example."""

    example: Example
    intent: str
    confidence: float
    language: str | None
    parse_ms: float

    @property
    def right(self) -> bool:
        return self.intent == self.example.intent

    @property
    def acted_upon(self) -> bool:
        return self.intent not in NOT_ACTED_UPON


@dataclass(frozen=True)
class Measures:
    """Shares between 0 and 1, times in milliseconds.

    Attributes:
        accuracy: Of the messages that want something.
        macro_f1: The same, each intent counting alike.
        sets: The accuracy on each further set of such messages, by the name of its files.
        acted_upon: For each kind of message out of scope, the share on which something would be done.
        language: The share whose language was told and told right.
    """

    messages: int
    accuracy: float
    macro_f1: float
    sets: dict[str, float]
    acted_upon: dict[str, float]
    language: float
    parse_p50_ms: float
    parse_p95_ms: float

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def measure(answers: Sequence[Answer]) -> Measures:
    """Return the numbers for answers in one language."""
    wanted = [answer for answer in answers if answer.example.intent != OUT_OF_SCOPE]
    kinds = sorted({answer.example.kind or "all" for answer in answers if answer.example.intent == OUT_OF_SCOPE})
    times = [answer.parse_ms for answer in answers]
    return Measures(
        messages=len(answers),
        accuracy=_share(answer.right for answer in wanted),
        macro_f1=_macro_f1(wanted),
        sets={
            name: _share(answer.right for answer in wanted if answer.example.kind == name)
            for name in sorted({answer.example.kind for answer in wanted if answer.example.kind})
        },
        acted_upon={kind: _acted_upon(answers, kind) for kind in kinds},
        language=_share(answer.language == answer.example.language for answer in answers),
        parse_p50_ms=float(np.percentile(times, 50)),
        parse_p95_ms=float(np.percentile(times, 95)),
    )


def confusions(answers: Sequence[Answer]) -> list[tuple[str, str, list[str]]]:
    """Return (wanted, understood, messages), the most frequent first."""
    pairs = Counter((each.example.intent, each.intent) for each in answers if not each.right)
    return [
        (wanted, understood, [each.example.text for each in answers
                              if (each.example.intent, each.intent) == (wanted, understood)])
        for (wanted, understood), _ in pairs.most_common()
    ]


def nearest(held: Sequence[Example], trained: Sequence[Example]) -> list[tuple[Example, float]]:
    """Return the nearest training example of each held-out one, with the cosine of their letters.

    The letters' n-grams are counted without weights, so the number does not depend on the rest of the data.
    """
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), use_idf=False)
    known = letters.fit_transform([example.text for example in trained])
    likeness = letters.transform([example.text for example in held]) @ known.T
    best = np.asarray(likeness.argmax(axis=1)).ravel()
    closeness = np.asarray(likeness.max(axis=1).todense()).ravel()
    return [(trained[at], float(close)) for at, close in zip(best, closeness)]


def _acted_upon(answers: Sequence[Answer], kind: str) -> float:
    return _share(
        answer.acted_upon
        for answer in answers
        if answer.example.intent == OUT_OF_SCOPE and (answer.example.kind or "all") == kind
    )


def _macro_f1(answers: Sequence[Answer]) -> float:
    scores = []
    for intent in sorted({answer.example.intent for answer in answers}):
        hits = sum(each.intent == intent and each.right for each in answers)
        found = sum(each.intent == intent for each in answers)
        there = sum(each.example.intent == intent for each in answers)
        scores.append(2 * hits / (found + there) if found + there else 0.0)
    return float(np.mean(scores)) if scores else 0.0


def _share(claims: object) -> float:
    truths = list(claims)  # type: ignore[call-overload]
    return sum(truths) / len(truths) if truths else 0.0
