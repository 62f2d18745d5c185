"""Children in line: the order in which they enter a version that grows.

A version takes the beginning of the line, so a smaller version is part of a larger one. The line
keeps proportions first, then cells even, then families.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.domain.datasets import Candidate, Recipe
from dashboard.domain.shares import Shares
from dashboard.domain.studies import Cell, Study

Place = tuple[str, Cell]
"""The technique and cell of a child."""


def lot(recipe: Recipe, *drawn: str) -> int:
    """A number that depends on the seed and on what draws it, and on nothing else there is."""
    told = "\x1f".join((str(recipe.seed), *drawn))
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8], "big")


@dataclass
class Line:
    """Children in the order in which they enter; `longest` still keeps the proportions."""

    children: list[Candidate] = field(default_factory=list)
    longest: int = 0


def line_of(
    study: Study,
    originals: Sequence[Candidate],
    stock: Sequence[Candidate],
    recipe: Recipe,
    length: int,
) -> Line:
    """The first `length` children: by turn of technique and value, into the emptiest cell, from
    the family with the fewest."""
    line, stand = Line(), _Stand(study, originals, stock, recipe)
    while len(line.children) < length:
        line.children.append(stand.next())
        if stand.is_even:
            line.longest = len(line.children)
    return line


class _Stand:
    """Children that wait, and what has been taken of every kind."""

    def __init__(
        self,
        study: Study,
        originals: Sequence[Candidate],
        stock: Sequence[Candidate],
        recipe: Recipe,
    ) -> None:
        self.lots = {one.key: lot(recipe, one.key) for one in stock}
        self.waiting: dict[Place, list[Candidate]] = {}
        for one in sorted(stock, key=lambda one: self.lots[one.key]):
            place = (one.technique, study.cell(one.inputs))
            self.waiting.setdefault(place, []).append(one)
        self.cell_lots = {cell: lot(recipe, *cell) for _, cell in self.waiting}
        self.rows = Counter(study.cell(one.inputs) for one in originals)
        self.of_family: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.techniques = Shares(_positive(recipe.techniques), lambda name: (lot(recipe, name),))
        self.values = Shares(_positive(recipe.values), lambda name: (lot(recipe, name),))

    @property
    def is_even(self) -> bool:
        """Whether what was taken keeps the proportions."""
        return self.techniques.is_even and self.values.is_even

    def next(self) -> Candidate:
        """The child whose turn it is."""
        places = self._due()
        cell = min(
            {cell for _, cell in places}, key=lambda cell: (self.rows[cell], self.cell_lots[cell])
        )
        place, one = min(
            ((place, one) for place in places if place[1] == cell for one in self.waiting[place]),
            key=lambda found: (self.of_family[found[1].family], self.lots[found[1].key]),
        )
        self._take(place, one)
        return one

    def _due(self) -> list[Place]:
        """Where the technique and the value wait whose turn it is."""
        places = list(self.waiting)
        if self.techniques.weights:
            technique = self.techniques.next({technique for technique, _ in places})
            places = [place for place in places if place[0] == technique]
        if self.values.weights:
            pairs, made = self.pairs, places[0][0] if self.techniques.weights else ""
            value = self.values.next(
                {cell[0] for _, cell in places},
                lambda name: (pairs[made, name], *self.values.tie(name)),
            )
            places = [place for place in places if place[1][0] == value]
        return places

    def _take(self, place: Place, one: Candidate) -> None:
        technique, cell = place
        self.waiting[place].remove(one)
        if not self.waiting[place]:
            del self.waiting[place]
        self.rows[cell] += 1
        self.of_family[one.family] += 1
        self.pairs[technique if self.techniques.weights else "", cell[0]] += 1
        self.techniques.take(technique)
        self.values.take(cell[0])


def _positive(weights: Mapping[str, int]) -> dict[str, int]:
    return {name: weight for name, weight in weights.items() if weight > 0}
