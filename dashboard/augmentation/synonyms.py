"""Synonym replacement: other words from the lexicon that people approve, and no others."""

from __future__ import annotations

from random import Random

from dashboard.augmentation.drafts import Draft
from dashboard.augmentation.lexicon import lexicon
from dashboard.augmentation.moves import applied
from dashboard.augmentation.wording import replaced


def with_synonym(draft: Draft, rng: Random) -> Draft | None:
    """One word exchanged for another of the same meaning."""
    return replaced(draft, lexicon("synonyms"), "synonym", rng)


def synonyms(draft: Draft, rng: Random, max_edits: int) -> Draft | None:
    """The technique: up to `max_edits` words exchanged."""
    return applied(draft, [with_synonym] * (max_edits + 2), max_edits, rng)
