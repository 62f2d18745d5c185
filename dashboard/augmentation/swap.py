"""Random swap: sentences, clauses and the name change places; never single words."""

from __future__ import annotations

from random import Random

from dashboard.augmentation.drafts import Draft
from dashboard.augmentation.moves import Move, applied, shuffled
from dashboard.augmentation.register import shifted
from dashboard.augmentation.sentences import swapped_clauses, swapped_sentences
from dashboard.augmentation.vocative import moved_name, nameless


def reordered(draft: Draft, rng: Random) -> Draft | None:
    """Two sentences or two clauses in the other order; the name steps aside meanwhile."""
    moves: list[Move] = [nameless(swapped_sentences), nameless(swapped_clauses)]
    rng.shuffle(moves)
    return applied(draft, moves, 1, rng)


def swap(draft: Draft, rng: Random, max_edits: int) -> Draft | None:
    """The technique: up to `max_edits` moves.

    With room for more than one edit the register goes over too: the same words in another order
    alone count as a near-duplicate of their parent.
    """
    moved = applied(draft, shuffled([(reordered, 3), (moved_name, 1)], rng), max_edits, rng)
    if moved is None or max_edits == 1:
        return moved
    return applied(moved, [shifted], 1, rng) or moved
