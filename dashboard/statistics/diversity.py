"""How different texts are from each other and from what they were made of.

Words are compared in small letters, hyphenated ones as one; emoji and marks play no part. Diversity
alone is no quality: nonsense is diverse, so these figures stand beside what experts accept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from dashboard.domain.words import WHOLE_WORD
from dashboard.statistics.self_bleu import self_bleu

OPENER = 2


@dataclass(frozen=True)
class Diversity:
    """Figures of a set of texts, each from 0 to 1; None where there is nothing to compare."""

    texts: int
    distinct_1: float | None
    distinct_2: float | None
    self_bleu: float | None
    type_token_ratio: float | None
    opener_share: float | None


def diversity(texts: Sequence[str]) -> Diversity:
    """All figures that need nothing but the texts."""
    return Diversity(
        texts=len(texts),
        distinct_1=distinct(texts, 1),
        distinct_2=distinct(texts, 2),
        self_bleu=self_bleu([words(one) for one in texts]),
        type_token_ratio=type_token_ratio(texts),
        opener_share=opener_share(texts),
    )


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return WHOLE_WORD.findall(text.casefold())


def distinct(texts: Sequence[str], n: int) -> float | None:
    """Distinct-n: different n-grams of all texts ÷ all of them (Li et al. 2016, section 4.2).

    It falls as texts get more and longer: compare sets of about the same size.
    """
    grams = Counter(gram for text in texts for gram in _grams(words(text), n))
    return len(grams) / grams.total() if grams else None


def type_token_ratio(texts: Sequence[str]) -> float | None:
    """Different words ÷ words within a text, the mean over texts (Johnson 1944).

    Taken text by text, since over a whole set it would be distinct-1.
    """
    found = [words(text) for text in texts]
    ratios = [len(set(one)) / len(one) for one in found if one]
    return sum(ratios) / len(ratios) if ratios else None


def opener_share(texts: Sequence[str]) -> float | None:
    """How many of the texts begin with the most frequent first two words."""
    openers = Counter(tuple(words(text)[:OPENER]) for text in texts)
    return max(openers.values()) / len(texts) if texts else None


def edit_ratio(parent: str, child: str) -> float:
    """Words to insert, delete or replace ÷ words of the longer text (Levenshtein 1966)."""
    from rapidfuzz.distance import Levenshtein

    return float(Levenshtein.normalized_distance(words(parent), words(child)))


def likeness(family: Sequence[str]) -> float | None:
    """The mean over all pairs of a family of 2 · common characters in order ÷ all characters.

    It is the indel similarity, which needs no tokens; None for fewer than two texts.
    """
    from rapidfuzz.distance import Indel

    pairs = [Indel.normalized_similarity(one, other) for one, other in combinations(family, 2)]
    return sum(pairs) / len(pairs) if pairs else None


def _grams(tokens: Sequence[str], n: int) -> list[tuple[str, ...]]:
    return [tuple(tokens[start : start + n]) for start in range(len(tokens) - n + 1)]
