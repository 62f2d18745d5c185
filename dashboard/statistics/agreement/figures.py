"""Agreement on one question, overall and rater by rater, each figure with its evidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np

from dashboard.statistics.agreement.bootstrap import percentile_interval, resampled
from dashboard.statistics.agreement.measures import (
    ESTIMATORS,
    FITTING,
    OF_TWO_RATERS,
    Coefficient,
)
from dashboard.statistics.agreement.tables import (
    MISSING,
    Answer,
    Codes,
    Floats,
    Rater,
    Scale,
    Table,
    categories_of,
    codes_of,
    positions_of,
    raters_of,
    table,
)

SMALL = 10
"""Fewer compared items than this are too few to conclude anything from."""
RESAMPLES = 1000
SEED = 20251


class Undefined(StrEnum):
    """Why there is no value.

    Without variation every compared answer is the same: no coefficient can tell agreement from
    habit then, and a percentage of 100 beside them would say that it can.
    """

    NO_PAIRS = "no_pairs"
    NO_VARIATION = "no_variation"
    NEEDS_TWO_RATERS = "needs_two_raters"


@dataclass(frozen=True)
class Figure:
    """One coefficient of one table; either it has a value or it says why not.

    `low` and `high` bound the 95% percentile bootstrap over items and are None together: where
    there is no value, where fewer than 90% of the resamples were usable, and where all resamples
    were equal. `items` are those with two or more answers, `raters` everyone who answered,
    `pairs` the pairs of answers to the same item. The interval speaks of other items, not of other
    raters.
    """

    coefficient: Coefficient
    items: int
    raters: int
    pairs: int
    resamples: int = 0
    usable_resamples: int = 0
    value: float | None = None
    low: float | None = None
    high: float | None = None
    why_undefined: Undefined | None = None

    @property
    def is_small(self) -> bool:
        """Too few items; the value stands, but concludes nothing."""
        return self.items < SMALL


def agreement(
    answers: Collection[Mapping[Rater, Answer | None]],
    scale: Scale,
    offered: Sequence[Answer] | None = None,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> tuple[Figure, ...]:
    """The coefficients that fit the scale; each item maps its raters to their answers.

    Text or numbers on a nominal scale, numbers otherwise; a rater who is absent or has None did
    not answer. `offered` lists every answer the question allows: AC1, AC2 and weighted kappas
    depend on it, so slices are comparable only if it is the same for all; without it the answers
    given count as offered. Raises ValueError for answers that do not fit.
    """
    codes, _, positions = _coded(answers, scale, offered)
    return _figures(table(codes, positions), scale, resamples, seed)


def pairs(
    answers: Collection[Mapping[Rater, Answer | None]],
    scale: Scale,
    offered: Sequence[Answer] | None = None,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> dict[tuple[Rater, Rater], tuple[Figure, ...]]:
    """The same figures for every two raters, in alphabetical order, on the items both answered.

    Takes and raises what `agreement` does; categories are those of the whole table.
    """
    codes, raters, positions = _coded(answers, scale, offered)
    found = {}
    for first, second in combinations(range(len(raters)), 2):
        two = codes[:, [first, second]]
        both = table(two[(two != MISSING).all(axis=1)], positions)
        found[raters[first], raters[second]] = _figures(both, scale, resamples, seed)
    return found


def _coded(
    answers: Collection[Mapping[Rater, Answer | None]],
    scale: Scale,
    offered: Sequence[Answer] | None,
) -> tuple[Codes, list[Rater], Floats]:
    raters = raters_of(answers)
    categories = categories_of(answers, scale, offered)
    return codes_of(answers, raters, categories), raters, positions_of(categories, scale)


def _figures(counted: Table, scale: Scale, resamples: int, seed: int) -> tuple[Figure, ...]:
    if not counted.items:
        return tuple(_without_value(counted, name, Undefined.NO_PAIRS) for name in FITTING[scale])
    draws = resampled(counted, resamples, seed)
    return tuple(_figure(counted, name, draws) for name in FITTING[scale])


def _figure(counted: Table, coefficient: Coefficient, draws: Floats) -> Figure:
    if not counted.varies:
        return _without_value(counted, coefficient, Undefined.NO_VARIATION)
    if coefficient in OF_TWO_RATERS and counted.raters != 2:
        return _without_value(counted, coefficient, Undefined.NEEDS_TWO_RATERS)
    estimate = ESTIMATORS[coefficient]
    as_seen = counted.times[None, :].astype(np.float64)
    values = estimate(counted, draws)
    low, high = percentile_interval(values) or (None, None)
    return Figure(
        coefficient,
        items=counted.items,
        raters=counted.raters,
        pairs=counted.pairs,
        value=float(estimate(counted, as_seen)[0]),
        low=low,
        high=high,
        resamples=len(values),
        usable_resamples=int(np.isfinite(values).sum()),
    )


def _without_value(counted: Table, coefficient: Coefficient, why: Undefined) -> Figure:
    return Figure(
        coefficient,
        items=counted.items,
        raters=counted.raters,
        pairs=counted.pairs,
        why_undefined=why,
    )
