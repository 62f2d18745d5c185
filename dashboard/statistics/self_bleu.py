"""Self-BLEU: how much each text repeats the others (Zhu et al. 2018, "Texygen", section 3.2).

BLEU up to four words (Papineni et al. 2002) of every text against all others as references, with
the closest reference for the length, effective order and exponential smoothing as sacrebleu's
sentence score has them; a test holds values of sacrebleu 2.6.0.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

ORDERS = 4
MOST = 200
"""Texts that are compared; of more, as many at even distances."""

Gram = tuple[str, ...]


def self_bleu(texts: Sequence[Sequence[str]]) -> float | None:
    """The mean, 0 to 1, lower is more diverse; None for fewer than two texts with words."""
    found = _sample([one for one in texts if one])
    if len(found) < 2:
        return None
    counts = [[_counted(one, order) for order in range(1, ORDERS + 1)] for one in found]
    most = [_two_highest([one[order] for one in counts]) for order in range(ORDERS)]
    lengths = [len(one) for one in found]
    scores = [_bleu(place, counts[place], most, lengths) for place in range(len(found))]
    return sum(scores) / len(scores)


def _sample(texts: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The same texts for the same input, from the whole length of it."""
    count = min(MOST, len(texts))
    return [texts[place * len(texts) // count] for place in range(count)]


def _counted(tokens: Sequence[str], order: int) -> Counter[Gram]:
    return Counter(tuple(tokens[start : start + order]) for start in range(len(tokens) - order + 1))


Highest = dict[Gram, tuple[int, int, int]]
"""The highest count of an n-gram in one text, whose it is, and the highest in any other."""


def _two_highest(counts: Sequence[Counter[Gram]]) -> Highest:
    """So that every text can be compared with all others without counting them anew."""
    found: Highest = {}
    for place, one in enumerate(counts):
        for gram, count in one.items():
            first, whose, second = found.get(gram, (0, -1, 0))
            if count > first:
                found[gram] = (count, place, first)
            elif count > second:
                found[gram] = (first, whose, count)
    return found


def _bleu(
    place: int, counts: Sequence[Counter[Gram]], most: Sequence[Highest], lengths: Sequence[int]
) -> float:
    logs, smoothing = list[float](), 1.0
    for mine, highest in zip(counts, most, strict=True):
        total = mine.total()
        if not total:
            break  # effective order: a short text is judged by what it has
        known = (highest[gram] for gram in mine)
        others = [second if whose == place else first for first, whose, second in known]
        matches = sum(min(count, other) for count, other in zip(mine.values(), others, strict=True))
        if not matches:
            if not logs:
                return 0.0  # no word in common at all
            smoothing *= 2
        logs.append(math.log(matches / total if matches else 1 / (smoothing * total)))
    length = lengths[place]
    rest = [one for other, one in enumerate(lengths) if other != place]
    closest = min(rest, key=lambda one: (abs(one - length), one))
    penalty = 1.0 if length >= closest else math.exp(1 - closest / length)
    return penalty * math.exp(sum(logs) / len(logs))
