"""Paraphrase: two or three things at once, so that the message is said anew."""

from __future__ import annotations

from random import Random

from dashboard.augmentation.drafts import Draft
from dashboard.augmentation.insertion import inserting
from dashboard.augmentation.lexicon import lexicon
from dashboard.augmentation.moves import Weighted, applied, shuffled
from dashboard.augmentation.register import shifted
from dashboard.augmentation.swap import reordered
from dashboard.augmentation.templates import changing_emoji, closing, greeting, opening
from dashboard.augmentation.turns import turned
from dashboard.augmentation.vocative import moved_name
from dashboard.augmentation.wording import replaced
from dashboard.domain.studies import Inputs

FEWEST, MOST = 2, 3


def phrased(draft: Draft, rng: Random) -> Draft | None:
    """One phrase said in other words."""
    return replaced(draft, lexicon("phrases"), "phrase", rng)


def paraphrase(draft: Draft, inputs: Inputs, rng: Random, max_edits: int) -> Draft | None:
    """The technique: words first, then what frames them; at least two operations."""
    words: list[Weighted] = [(phrased, 5), (turned, 4), (phrased, 3), (shifted, 2)]
    frame: list[Weighted] = [
        (opening(inputs), 4),
        (closing(inputs), 3),
        (greeting(inputs), 1),
        (reordered, 2),
        (moved_name, 1),
        (inserting(inputs.get("emotion", "")), 2),
        (changing_emoji(inputs), 1),
    ]
    first = applied(draft, shuffled(words, rng), 1, rng) or draft
    count = rng.randint(FEWEST, max(FEWEST, min(MOST, max_edits + 1))) - 1
    return applied(first, shuffled([*words, *frame], rng), count, rng)
