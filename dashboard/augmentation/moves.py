"""A move makes one draft into another, or finds nothing to do; techniques are made of moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from dashboard.augmentation.drafts import Draft
from dashboard.augmentation.keeping import fits

Move = Callable[[Draft, Random], Draft | None]
Weighted = tuple[Move, int]


def shuffled(moves: Sequence[Weighted], rng: Random) -> list[Move]:
    """The moves in a random order in which heavier ones tend to come first."""
    drawn = [(rng.random() ** (1 / weight), index) for index, (_, weight) in enumerate(moves)]
    return [moves[index][0] for _, index in sorted(drawn, reverse=True)]


def applied(draft: Draft, moves: Sequence[Move], count: int, rng: Random) -> Draft | None:
    """The draft after the first `count` moves that find something to do; None if none does."""
    made = 0
    for move in moves:
        if made == count:
            break
        after = move(draft, rng)
        if after is not None and after.message != draft.message and fits(after):
            draft, made = after, made + 1
    return draft if made else None
