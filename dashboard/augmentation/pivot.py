"""Pivot through a small dictionary: a phrase, its English, and another phrase for that English.

It stands in for back translation where no translator is at hand, and is never called that.
"""

from __future__ import annotations

from random import Random

from dashboard.augmentation.drafts import Draft
from dashboard.augmentation.lexicon import lexicon
from dashboard.augmentation.moves import applied
from dashboard.augmentation.wording import replaced


def pivoted(draft: Draft, rng: Random) -> Draft | None:
    """One phrase there and back."""
    return replaced(draft, lexicon("pivots"), "pivot", rng)


def pivot(draft: Draft, rng: Random, max_edits: int) -> Draft | None:
    """The technique: up to `max_edits` phrases there and back."""
    return applied(draft, [pivoted] * (max_edits + 2), max_edits, rng)
