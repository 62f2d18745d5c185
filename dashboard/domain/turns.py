"""Turns: which technique tries next in a cell, so that the mix is met and nothing goes on forever.

A technique is exhausted in a cell when `PATIENCE` tries in a row have brought no child that was
kept; the others then take over its share.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.domain.augmentation import Fate, Reason, Technique
from dashboard.domain.studies import Cell

PATIENCE = 60
"""Tries of a technique in a cell that may bring nothing, one after the other."""
_SEED_BYTES = 6
"""Every reader of JSON keeps a whole number of 48 bits."""


@dataclass(frozen=True)
class Turn:
    """What a technique has come to in a cell; `fruitless` tries came after the last kept child."""

    tries: int = 0
    fruitless: int = 0
    kept: int = 0

    def after(self, *, kept: int) -> Turn:
        """The same one try later, which brought so many children."""
        fruitless = 0 if kept else self.fruitless + 1
        return Turn(self.tries + 1, fruitless, self.kept + kept)


@dataclass(frozen=True)
class CellWork:
    """How far a run is in a cell; `wanted` children were missing when it began there."""

    cell: Cell
    wanted: int
    turns: Mapping[Technique, Turn] = field(default_factory=dict)
    is_done: bool = False

    @property
    def kept(self) -> int:
        """The children so far."""
        return sum(turn.kept for turn in self.turns.values())

    def turn(self, technique: Technique) -> Turn:
        """What a technique has come to."""
        return self.turns.get(technique, Turn())

    def after(self, technique: Technique, *, kept: int) -> CellWork:
        """The same after one more try of a technique, which brought so many children."""
        turn = self.turn(technique).after(kept=kept)
        return replace(self, turns={**self.turns, technique: turn})

    def next_technique(
        self, mix: Mapping[Technique, int], order: Sequence[Technique]
    ) -> Technique | None:
        """The technique whose turn it is; None when enough is kept or all are exhausted.

        Among those that still owe a part of their share it is the one that has tried least for
        its weight; `order` decides ties.
        """
        living = [one for one in order if mix.get(one, 0) and self.turn(one).fruitless < PATIENCE]
        gone = sum(self.turn(one).kept for one in self.turns if one not in living)
        owed = shares(self.wanted - gone, {one: mix[one] for one in living})
        owing = [one for one in living if self.turn(one).kept < owed[one]]
        return min(owing, key=lambda one: self.turn(one).tries / mix[one], default=None)


@dataclass(frozen=True)
class CellProgress:
    """What a run has done in a cell, as people see it."""

    cell: Cell
    wanted: int
    kept: int
    held: int
    dropped: int
    is_done: bool


@dataclass(frozen=True)
class Yield:
    """How many attempts of a technique in a cell met the same fate for the same first reason."""

    cell: Cell
    technique: Technique
    fate: Fate
    reason: Reason | None
    count: int


def shares(count: int, weights: Mapping[Technique, int]) -> dict[Technique, int]:
    """Whole parts of `count` by weight: largest remainders (Hamilton); earlier ones win ties."""
    total = sum(weights.values())
    if total == 0 or count <= 0:
        return dict.fromkeys(weights, 0)
    parts = {one: count * weight // total for one, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda one: -(count * weights[one] % total))
    for one in by_remainder[: count - sum(parts.values())]:
        parts[one] += 1
    return parts


def rotated(position: int) -> tuple[Technique, ...]:
    """The techniques beginning with another one in every cell, so that none wins every tie."""
    every = tuple(Technique)
    start = position % len(every)
    return every[start:] + every[:start]


def seed_of(plan_seed: int, key: str, technique: Technique, number: int) -> int:
    """The seed of one try; it depends on nothing but these."""
    named = f"{plan_seed}|{key}|{technique.value}|{number}"
    return int.from_bytes(hashlib.sha256(named.encode()).digest()[:_SEED_BYTES])
