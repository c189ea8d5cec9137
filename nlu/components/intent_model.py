"""What somebody wants, from what a sentence means and from its very words and letters.

Two linear models stand one behind the other. The quick one answers most messages; where its two likeliest intents lie
close together, the careful one, which knows a second encoder, is asked as well. docs/decisions/0003 has the measurements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from nlu.components.encoders import CarefulEncoder, QuickEncoder
from nlu.components.normalisation import fold, shape

if TYPE_CHECKING:
    from collections.abc import Sequence

OUT_OF_SCOPE = "out_of_scope"
# Below this distance between the two highest scores the quick model is not believed alone.
_SURE_MARGIN = 0.6
# How far the careful model's score is pulled towards the quick one's.
_QUICK_SHARE = 0.33
_REGULARISATION = 0.3
# Liblinear's own is a thousand times finer, takes a third longer and understands nothing better.
_TOLERANCE = 0.1
_QUICK_SCALE = 2.0
_CAREFUL_SCALE = 1.5
_SHARPNESSES = np.linspace(1.0, 8.0, 29)


class NGrams:
    """The words and letters of a message, weighted by how telling they are."""

    def __init__(self) -> None:
        self._words = TfidfVectorizer(
            ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=r"[^\s.,!?]+"
        )
        self._letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True
        )

    def fit(self, texts: Sequence[str]) -> csr_matrix:
        """Learn the weights, and return the features of the same texts."""
        shaped = [fold(shape(text)) for text in texts]
        return hstack([self._words.fit_transform(shaped), self._letters.fit_transform(shaped)]).tocsr()

    def of(self, texts: Sequence[str]) -> csr_matrix:
        """Return the features of new texts."""
        shaped = [fold(shape(text)) for text in texts]
        return hstack([self._words.transform(shaped), self._letters.transform(shaped)]).tocsr()


class Scores:
    """A linear model whose score for each intent is high where it is the one wanted."""

    def __init__(self, vectors: np.ndarray, counts: csr_matrix, intents: np.ndarray) -> None:
        fitted = LinearSVC(C=_REGULARISATION, tol=_TOLERANCE).fit(hstack([csr_matrix(vectors), counts]).tocsr(), intents)
        # liblinear keeps one row of weights where there are two classes.
        weights = fitted.coef_ if len(fitted.classes_) > 2 else np.vstack([-fitted.coef_, fitted.coef_])  # noqa: PLR2004
        offsets = fitted.intercept_ if len(fitted.classes_) > 2 else np.concatenate([-fitted.intercept_, fitted.intercept_])  # noqa: PLR2004
        width = vectors.shape[1]
        self._of_vectors = np.ascontiguousarray(weights[:, :width].T, dtype=np.float32)
        self._of_counts = np.ascontiguousarray(weights[:, width:].T, dtype=np.float32)
        self._offsets = offsets.astype(np.float32)

    def of(self, vectors: np.ndarray, counts: csr_matrix) -> np.ndarray:
        """Return one row per text, one column per intent."""
        return vectors @ self._of_vectors + counts @ self._of_counts + self._offsets


class IntentModel:
    """Says how likely each intent is for a message."""

    def __init__(self, *, careful_examples: int, out_of_scope_lead: float) -> None:
        """Make an untrained model.

        Args:
            careful_examples: How many examples, the hardest first, the careful model learns from at most:
                each costs about 10 ms of training.
            out_of_scope_lead: What is added to the score of ``out_of_scope``: to act on a message that is none
                of ours is worse than to ask once more.
        """
        self._careful_examples = careful_examples
        self._out_of_scope_lead = out_of_scope_lead
        self._quick_encoder = QuickEncoder()
        self._careful_encoder = CarefulEncoder()
        self._ngrams = NGrams()
        self.intents: list[str] = []

    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> None:
        """Learn from texts whose intents are known."""
        self.intents = sorted(set(intents))
        wanted = np.searchsorted(self.intents, intents)
        vectors = _QUICK_SCALE * self._quick_encoder.encode(texts)
        counts = self._ngrams.fit(texts)
        self._quick = Scores(vectors, counts, wanted)
        unseen = _scores_unseen(vectors, counts, wanted)
        self._sharpness = _best_sharpness(unseen, wanted)
        hard = np.argsort(_leads(unseen, wanted))[: self._careful_examples]
        encoded = self._careful_encoder.encode([texts[at] for at in hard])
        self._middle = encoded.mean(axis=0)
        self._careful = Scores(self._side_by_side(vectors[hard], encoded), counts[hard], wanted[hard])

    def probabilities(self, text: str) -> np.ndarray:
        """Return how likely each of ``intents`` is, in their order."""
        vectors = _QUICK_SCALE * self._quick_encoder.encode([text])
        counts = self._ngrams.of([text])
        scores = self._quick.of(vectors, counts)
        second, first = np.sort(scores[0])[-2:]
        if first - second < _SURE_MARGIN:
            both = self._side_by_side(vectors, self._careful_encoder.encode([text]))
            careful = self._careful.of(both, counts)
            scores = (1 - _QUICK_SHARE) * careful + _QUICK_SHARE * scores
        if OUT_OF_SCOPE in self.intents:
            scores[0, self.intents.index(OUT_OF_SCOPE)] += self._out_of_scope_lead
        return _probabilities(scores, self._sharpness)[0]

    def _side_by_side(self, quick: np.ndarray, careful: np.ndarray) -> np.ndarray:
        """Return both encoders' vectors as one; E5's all point much the same way until centred."""
        centred = careful - self._middle
        centred /= np.linalg.norm(centred, axis=1, keepdims=True) + 1e-9
        return np.hstack([_CAREFUL_SCALE / _QUICK_SCALE * quick, _CAREFUL_SCALE * centred])

    def __getstate__(self) -> dict[str, object]:
        return {name: part for name, part in self.__dict__.items() if not name.endswith("_encoder")}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._quick_encoder = QuickEncoder()
        self._careful_encoder = CarefulEncoder()


def _scores_unseen(vectors: np.ndarray, counts: csr_matrix, wanted: np.ndarray) -> np.ndarray:
    """Return scores for each example by a model that did not learn from it."""
    scores = np.zeros((len(wanted), int(wanted.max()) + 1), dtype=np.float32)
    for learnt, left_out in StratifiedKFold(2, shuffle=True, random_state=0).split(vectors, wanted):
        model = Scores(vectors[learnt], counts[learnt], wanted[learnt])
        scores[left_out] = model.of(vectors[left_out], counts[left_out])
    return scores


def _leads(scores: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Return by how much the wanted intent leads the best other one."""
    rows = np.arange(len(wanted))
    others = scores.copy()
    others[rows, wanted] = -np.inf
    return scores[rows, wanted] - others.max(axis=1)


def _best_sharpness(scores: np.ndarray, wanted: np.ndarray) -> float:
    """Return the factor that makes of scores the probabilities that fit what is known best."""
    rows = np.arange(len(wanted))
    surprise = [
        -np.log(_probabilities(scores, sharpness)[rows, wanted] + 1e-9).mean() for sharpness in _SHARPNESSES
    ]
    return float(_SHARPNESSES[int(np.argmin(surprise))])


def _probabilities(scores: np.ndarray, sharpness: float) -> np.ndarray:
    raised = np.exp(sharpness * (scores - scores.max(axis=1, keepdims=True)))
    return raised / raised.sum(axis=1, keepdims=True)
