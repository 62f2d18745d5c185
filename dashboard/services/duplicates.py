"""Duplicates: examples that say nearly the same, found by comparing every pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.domain.errors import InvalidInput
from dashboard.domain.examples import Example, ExampleFilter
from dashboard.domain.ids import ExampleId
from dashboard.services.checking import Pair
from dashboard.services.stores import Database

COMPARED_LIMIT = 2000
"""Messages that are compared at once; the finder takes some seconds for so many."""
PAIRS_SHOWN = 20


Finder = Callable[[Sequence[str]], Sequence[Pair]]
"""Finds texts that nearly repeat each other, most alike first."""


@dataclass(frozen=True)
class Twins:
    """Two examples that say nearly the same; the first was added earlier."""

    first: ExampleId
    second: ExampleId
    similarity: float


@dataclass(frozen=True)
class Search:
    """What a comparison found: the most alike pairs, how many there are, among how many texts."""

    wanted: ExampleFilter
    twins: tuple[Twins, ...]
    total: int
    compared: int


@dataclass(frozen=True)
class Duplicates:
    """Looks for examples that repeat each other."""

    database: Database
    finder: Finder
    most: int = COMPARED_LIMIT

    def among(self, wanted: ExampleFilter) -> Search:
        """The most alike pairs among matching examples; raises InvalidInput for too many."""
        with self.database.reading() as stores:
            ids = stores.examples.ids(wanted, self.most + 1)
            if len(ids) > self.most:
                raise InvalidInput(
                    "More than {limit} examples match, too many to compare every pair; narrow "
                    "the search first.",
                    limit=self.most,
                )
            examples = stores.examples.some(ids)
        pairs = self.finder([one.message for one in examples])
        twins = tuple(
            Twins(examples[one.first].id, examples[one.second].id, one.similarity)
            for one in pairs[:PAIRS_SHOWN]
        )
        return Search(wanted, twins, len(pairs), len(examples))

    def shown(self, search: Search) -> tuple[tuple[Example, Example, float], ...]:
        """The pairs as they stand now; without those of whom one was retired meanwhile."""
        with self.database.reading() as stores:
            ids = {one for twins in search.twins for one in (twins.first, twins.second)}
            now = {one.id: one for one in stores.examples.some(sorted(ids))}
        standing = (
            (now.get(one.first), now.get(one.second), one.similarity) for one in search.twins
        )
        return tuple(
            (first, second, similarity)
            for first, second, similarity in standing
            if first and second and first.retired == second.retired == search.wanted.retired
        )
