"""How alike a child and its parent are: too much, or too little."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dashboard.augmentation.sieve.children import Case
from dashboard.augmentation.sieve.words import stems, words_of

_SHORT = 3
"""Words up to this length carry little meaning and are left out of the overlap."""
_OFTEN = 2
"""In how many starters a word must stand to be common."""
_SENTENCE_END = re.compile(r"[.!?]+")


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


class Vocabulary:
    """Words that the starters use often enough to be nothing new."""

    def __init__(self, messages: Sequence[str]) -> None:
        seen: Counter[str] = Counter()
        for message in messages:
            seen.update(frozenset().union(*(stems(word) for word in words_of(message))))
        self._common = frozenset(stem for stem, count in seen.items() if count >= _OFTEN)

    def news(self, case: Case) -> int:
        """The most longer words in one sentence that neither parent, inputs nor starters know.

        A paraphrase brings single new words; a sentence full of them says something else, such as
        a reproach or a danger that no list foresees.
        """
        values = " ".join(case.parent.inputs.values())
        own = frozenset().union(*(stems(word) for word in (*case.words_before, *words_of(values))))
        sentences = (_longer(words_of(part)) for part in _SENTENCE_END.split(case.after))
        known = own | self._common
        return max(sum(not stems(word) & known for word in words) for words in sentences)
