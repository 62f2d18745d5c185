"""How alike a child and its parent are: too much, or too little."""

from __future__ import annotations

from dashboard.augmentation.sieve.children import Case
from dashboard.augmentation.sieve.words import stems

_SHORT = 3
"""Words up to this length carry little meaning and are left out of the overlap."""


def character_ratio(case: Case) -> float:
    """From 0 to 1, in any case and whatever the emoji: 1 is the same text."""
    from rapidfuzz.fuzz import ratio

    return ratio(case.before.casefold(), case.after.casefold()) / 100


def stem_overlap(case: Case) -> float:
    """The share of longer words with a stem in common; 1 is every word of both."""
    before, after = _longer(case.words_before), _longer(case.words_after)
    if not before or not after:
        return 0.0
    return (_shared(before, after) + _shared(after, before)) / (len(before) + len(after))


def _longer(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word in words if len(word) > _SHORT)


def _shared(words: frozenset[str], others: frozenset[str]) -> int:
    known = frozenset().union(*(stems(other) for other in others))
    return sum(bool(stems(word) & known) for word in words)
