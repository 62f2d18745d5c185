"""The messages a child must not repeat, in a form that grows and answers fast."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Vector = Any
"""A sparse row; scikit-learn and scipy come without types."""
FEATURES = 2**18
BATCH = 64
"""New rows wait until they are this many before the large matrix is built again."""


class MessageNeighborhood:
    """Messages with their vectors; the weights of n-grams are those of the first messages.

    The exact comparison in `metrics/similarity.py` weighs by all messages at the end; here the
    weights stand still, so that a message costs the same whenever it comes.
    """

    def __init__(self, messages: Sequence[str], background: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

        self._counting = HashingVectorizer(
            analyzer="char_wb",
            ngram_range=(3, 5),
            n_features=FEATURES,
            alternate_sign=False,
            norm=None,
        )
        # A handful of messages says nothing about which n-grams are common.
        counts = self._counting.transform([*messages, *background] or ["."])
        self._weights = TfidfTransformer().fit(counts).idf_
        self._dense = np.zeros(FEATURES)
        self._messages: list[str] = []
        self._sorted: list[str] = []
        self._rows: Vector = None
        self._waiting: list[Vector] = []
        self._extend(messages)

    def add(self, message: str) -> None:
        """One more message to keep clear of."""
        self._extend([message])

    def closest(self, message: str, apart_from: str) -> tuple[float, float]:
        """The highest token-sort ratio (0 to 100) and cosine (0 to 1) to any but one message."""
        if not self._messages:
            return 0.0, 0.0
        from rapidfuzz.distance import Indel
        from rapidfuzz.process import cdist

        theirs = np.array([other != apart_from for other in self._messages])
        order = cdist([sorted_words(message)], self._sorted, scorer=Indel.normalized_similarity)[0]
        cosine = self._cosines(message)
        return float((order * theirs).max()) * 100, float((cosine * theirs).max())

    def _extend(self, messages: Sequence[str]) -> None:
        if not messages:
            return
        self._messages.extend(messages)
        self._sorted.extend(sorted_words(message) for message in messages)
        self._waiting.append(self._vectors(messages))
        if self._rows is None or len(self._waiting) >= BATCH:
            from scipy.sparse import vstack

            kept = [] if self._rows is None else [self._rows]
            self._rows = vstack([*kept, *self._waiting], format="csr")
            self._waiting.clear()

    def _cosines(self, message: str) -> np.ndarray[Any, np.dtype[np.float64]]:
        row = self._vectors([message])
        self._dense[row.indices] = row.data
        parts = [self._rows, *self._waiting]
        found = np.concatenate([np.asarray(part @ self._dense) for part in parts])
        self._dense[row.indices] = 0
        return found

    def _vectors(self, messages: Sequence[str]) -> Vector:
        """Weighted counts of n-grams, of length 1: cheaper by hand than by a transformer."""
        rows = self._counting.transform(messages)
        rows.data *= self._weights[rows.indices]
        squares = np.add.reduceat(np.append(rows.data**2, 0.0), rows.indptr[:-1])
        lengths = np.sqrt(np.where(squares > 0, squares, 1))
        rows.data /= np.repeat(lengths, np.diff(rows.indptr))
        return rows


def sorted_words(message: str) -> str:
    """The words in alphabetical order; an emoji is left of some."""
    from rapidfuzz.utils import default_process

    return " ".join(sorted((default_process(message) or message).split()))
