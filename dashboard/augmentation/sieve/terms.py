"""Terms of one text with their weights, by a fitted vectorizer but without its cost per call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.int64]]


class Terms:
    """Words and characters of texts, side by side; fitted on texts alone, no label is looked at."""

    def __init__(self, texts: Sequence[str]) -> None:
        from scipy.sparse import hstack
        from sklearn.feature_extraction.text import TfidfVectorizer

        words = TfidfVectorizer(token_pattern=r"\w+|[^\w\s]", ngram_range=(1, 2), sublinear_tf=True)
        characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True)
        self.rows = hstack([words.fit_transform(texts), characters.fit_transform(texts)]).tocsr()
        """The texts' own rows, for training."""
        self._parts = (
            (words.build_analyzer(), words.vocabulary_, words.idf_, 0),
            (
                characters.build_analyzer(),
                characters.vocabulary_,
                characters.idf_,
                len(words.vocabulary_),
            ),
        )

    def of(self, text: str) -> tuple[Places, Array]:
        """The columns a text fills and their values, as the vectorizers would give them."""
        places, values = zip(*(_part(text, *part) for part in self._parts), strict=True)
        return np.concatenate(places), np.concatenate(values)


def _part(
    text: str, analyze: Any, vocabulary: dict[str, int], idf: Array, start: int
) -> tuple[Places, Array]:
    counts = Counter(term for term in analyze(text) if term in vocabulary)
    places = np.array([vocabulary[term] for term in counts], dtype=np.int64)
    values = (1 + np.log(np.array(list(counts.values()), dtype=np.float64))) * idf[places]
    length = float(np.sqrt((values**2).sum()))
    return places + start, values / (length or 1.0)
