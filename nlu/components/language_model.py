"""Which of the trained languages a message is written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from nlu.components.normalisation import shape

if TYPE_CHECKING:
    from collections.abc import Sequence


class LanguageModel:
    """Tells languages apart by the letters of their words."""

    def __init__(self) -> None:
        self._letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), min_df=3, sublinear_tf=True)
        self._classifier: LogisticRegression | None = None

    def fit(self, texts: Sequence[str], languages: Sequence[str]) -> None:
        """Learn from texts whose language is known; with one language there is nothing to tell apart."""
        if len(set(languages)) > 1:
            features = self._letters.fit_transform([shape(text) for text in texts])
            self._classifier = LogisticRegression(C=20.0, solver="liblinear").fit(features, languages)

    def language_of(self, text: str) -> tuple[str, float] | None:
        """Return the likeliest language and how sure that is, or None when there are no letters to go by."""
        shaped = shape(text)
        if self._classifier is None or not any(character.isalpha() for character in shaped):
            return None
        likely = self._classifier.predict_proba(self._letters.transform([shaped]))[0]
        best = int(likely.argmax())
        return str(self._classifier.classes_[best]), float(likely[best])
