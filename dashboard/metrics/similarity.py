"""Finds messages that nearly repeat each other, by comparing every pair."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

THRESHOLD = 0.92
TOKEN_SORT = 95.0
"""Out of 100: the same words in another order (rapidfuzz's token-sort ratio)."""
BLOCK = 512


@dataclass(frozen=True)
class Pair:
    """Two texts by their positions, and how alike they are, from 0 to 1."""

    first: int
    second: int
    similarity: float


def near_duplicates(texts: Sequence[str], threshold: float = THRESHOLD) -> list[Pair]:
    """Pairs alike in characters (TF-IDF cosine of 3- to 5-grams) or in words, most alike first.

    Exact, and meant for up to a few thousand texts. Empty texts are like nothing.
    """
    filled = [index for index, text in enumerate(texts) if text.strip()]
    if len(filled) < 2:
        return []
    pairs = _alike([texts[index] for index in filled], threshold)
    found = [Pair(filled[first], filled[second], value) for first, second, value in pairs]
    return sorted(found, key=lambda pair: (-pair.similarity, pair.first, pair.second))


def same_words(
    texts: Sequence[str], others: Sequence[str], degree: float = TOKEN_SORT
) -> Iterator[tuple[int, int]]:
    """Positions of texts and others with nearly the same words in any order, each pair once.

    Every pair is compared but those whose lengths alone rule it out.
    """
    import numpy as np
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import cdist

    mine, theirs = [[_sorted_words(text) for text in some] for some in (texts, others)]
    order = sorted(range(len(theirs)), key=lambda place: len(theirs[place]))
    lengths = [len(theirs[place]) for place in order]
    least = degree / (200 - degree)  # 2 · shorter / (shorter + longer) is the highest ratio
    by_length = sorted(range(len(mine)), key=lambda place: len(mine[place]))
    for start in range(0, len(by_length), BLOCK):
        block = by_length[start : start + BLOCK]
        first = bisect_left(lengths, least * len(mine[block[0]]))
        last = bisect_right(lengths, len(mine[block[-1]]) / least)
        near = order[first:last]
        if near:
            scores = cdist(
                [mine[place] for place in block],
                [theirs[place] for place in near],
                scorer=ratio,
                score_cutoff=degree,
                dtype=np.float32,
            )
            for row, column in np.argwhere(scores >= degree).tolist():
                if texts is not others or block[row] < near[column]:
                    yield block[row], near[column]


def _sorted_words(text: str) -> str:
    from rapidfuzz.utils import default_process

    return " ".join(sorted((default_process(text) or text).split()))


def _alike(texts: Sequence[str], threshold: float) -> Iterator[tuple[int, int, float]]:
    import numpy as np
    from rapidfuzz.fuzz import token_sort_ratio
    from rapidfuzz.process import cdist
    from rapidfuzz.utils import default_process
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5)).fit_transform(texts)
    plain = [default_process(text) or text for text in texts]  # an emoji is left of some
    for start in range(0, len(texts), BLOCK):
        stop = start + BLOCK
        cosine = (vectors[start:stop] @ vectors.T).toarray()
        order = cdist(plain[start:stop], plain, scorer=token_sort_ratio, dtype=np.float32)
        hits = np.argwhere((cosine >= threshold) | (order >= TOKEN_SORT))
        for row, second in hits.tolist():
            if start + row < second:
                value = max(cosine[row, second], order[row, second] / 100)
                yield start + row, second, min(float(value), 1.0)
