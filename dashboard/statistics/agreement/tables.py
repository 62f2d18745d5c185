"""Answers as counts: items with the same answers are one pattern that occurs several times."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Answer = str | int
Rater = TypeVar("Rater", bound=str)
Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

MISSING = -1


class Scale(StrEnum):
    """What two different answers mean: only different, further up, or this much further up."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


@dataclass(frozen=True, eq=False)
class Table:
    """The distinct patterns of answers and how many items have each.

    `patterns` is patterns × raters, each cell a category's index or MISSING; `times` counts the
    items of each pattern; `positions` places the categories: values on an interval scale, ranks
    otherwise.
    """

    patterns: Codes
    times: Codes
    positions: Floats

    @cached_property
    def counts(self) -> Floats:
        """Patterns × categories: how many raters gave this answer."""
        categories = np.arange(len(self.positions))
        counts: Floats = (self.patterns[:, :, None] == categories).sum(axis=1).astype(np.float64)
        return counts

    @cached_property
    def answers(self) -> Floats:
        """How many answers each pattern has."""
        answers: Floats = self.counts.sum(axis=1)
        return answers

    @cached_property
    def is_paired(self) -> NDArray[np.bool_]:
        """Whether a pattern has two answers to compare."""
        return self.answers >= 2

    @property
    def items(self) -> int:
        """Items with at least two answers."""
        return int(self.times[self.is_paired].sum())

    @property
    def raters(self) -> int:
        """Everyone who answered at least once."""
        return int(self.patterns.shape[1])

    @property
    def pairs(self) -> int:
        """Pairs of answers to the same item."""
        return int(self.times @ (self.answers * (self.answers - 1) / 2))

    @property
    def varies(self) -> bool:
        """Whether the answers that can be compared fall into more than one category."""
        return int((self.counts[self.is_paired].sum(axis=0) > 0).sum()) > 1


def table(codes: Codes, positions: Floats) -> Table:
    """Count the patterns in items × raters; the order of the items leaves no trace.

    With more than two raters no coefficient asks who gave an answer, so order within an item
    goes too, and few patterns are left.
    """
    answered = codes[(codes != MISSING).any(axis=1)]
    rows = np.sort(answered, axis=1) if codes.shape[1] > 2 else answered
    patterns, times = np.unique(rows, axis=0, return_counts=True)
    return Table(patterns, times, positions)


def raters_of(answers: Collection[Mapping[Rater, Answer | None]]) -> list[Rater]:
    """Everyone who answered at least once, in alphabetical order."""
    return sorted({rater for item in answers for rater in item if item[rater] is not None})


def categories_of(
    answers: Collection[Mapping[Rater, Answer | None]],
    scale: Scale,
    offered: Sequence[Answer] | None,
) -> list[Answer]:
    """The answers offered, or else those given; numbers in order.

    Raises ValueError for an answer that was not offered, and for text on a scale with an order.
    """
    given = {value for item in answers for value in item.values() if value is not None}
    known = given if offered is None else set(offered)
    if given - known:
        raise ValueError(f"answers that were not offered: {sorted(map(str, given - known))}")
    if scale is Scale.NOMINAL:
        return sorted(known, key=str)
    numbers = [value for value in known if isinstance(value, int)]
    if len(numbers) < len(known):
        raise ValueError(f"the {scale} scale needs numbers")
    return sorted(numbers)


def positions_of(categories: Sequence[Answer], scale: Scale) -> Floats:
    """Where each category stands on its scale."""
    places = categories if scale is Scale.INTERVAL else range(len(categories))
    return np.array(places, dtype=np.float64)


def codes_of(
    answers: Collection[Mapping[Rater, Answer | None]],
    raters: Sequence[Rater],
    categories: Sequence[Answer],
) -> Codes:
    """Items × raters: each answer as its category's index."""
    index: dict[Answer | None, int] = {value: code for code, value in enumerate(categories)}
    rows = [[index.get(item.get(rater), MISSING) for rater in raters] for item in answers]
    return np.array(rows, dtype=np.int64).reshape(len(answers), len(raters))
