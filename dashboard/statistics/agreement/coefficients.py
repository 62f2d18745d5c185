"""The coefficients of agreement, each for many resamples at once.

`draws` is resamples × patterns: how often each pattern of the table counts. A coefficient gives
one value per resample, NaN where it is not defined. Scales enter as `weights` of agreement
(`weights.py`) or, for Krippendorff, as `differences`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dashboard.statistics.agreement.tables import Floats, Table
from dashboard.statistics.agreement.weights import Weights, identity

Differences = Callable[[Floats, Floats], Floats]


def percent_agreement(table: Table, draws: Floats, weights: Weights = identity) -> Floats:
    """The share of agreeing pairs of answers within an item, averaged over items.

    Items with one answer have no pair and are left out; every other item counts the same,
    however many answered it (Fleiss 1971; Gwet 2014, ch. 2).
    """
    counts, answers = table.counts, table.answers
    agreeing = (counts * (counts @ weights(table.positions) - 1)).sum(axis=1)
    shares = _ratio(agreeing, answers * (answers - 1))[table.is_paired]
    paired = draws[:, table.is_paired]
    return _ratio(paired @ shares, paired.sum(axis=1))


def gwet_ac(table: Table, draws: Floats, weights: Weights = identity) -> Floats:
    """AC1 with identity weights, AC2 with others.

    Gwet (2008), Br. J. Math. Stat. Psychol. 61, 29-48; with weights and missing answers Gwet
    (2014), ch. 3 and 5. Items with a single answer count toward the categories' shares, not
    toward observed agreement. Categories nobody used count too, if they were offered.
    """
    categories = len(table.positions)
    shares = _category_shares(table, draws)
    spread = weights(table.positions).sum() / (categories * (categories - 1))
    expected = spread * (shares * (1 - shares)).sum(axis=1)
    return _beyond_chance(percent_agreement(table, draws, weights), expected)


def fleiss_kappa(table: Table, draws: Floats) -> Floats:
    """Fleiss' kappa, generalized to items with unequal numbers of answers; Scott's pi for two.

    Fleiss (1971), Psychol. Bull. 76, 378-382, wants the same number of raters for every item.
    Experts share the work, so their numbers differ, and this is the form of Gwet (2014), ch. 2
    and 5 (as in R's irrCAC): equal to Fleiss's where the numbers are equal. Items with a single
    answer count toward the categories' shares only.
    """
    expected = (_category_shares(table, draws) ** 2).sum(axis=1)
    return _beyond_chance(percent_agreement(table, draws), expected)


def cohen_kappa(table: Table, draws: Floats, weights: Weights = identity) -> Floats:
    """Cohen's kappa of a table with two raters, weighted or not, over items both answered.

    Cohen (1960), Educ. Psychol. Meas. 20, 37-46; weighted Cohen (1968), Psychol. Bull. 70,
    213-220. Each rater keeps their own shares of the categories.
    """
    near = weights(table.positions)
    first, second = table.patterns[table.is_paired].T
    paired = draws[:, table.is_paired]
    total = paired.sum(axis=1)
    observed = _ratio(paired @ near[first, second], total)
    each = np.eye(len(table.positions))
    one = _ratio(paired @ each[first], total[:, None])
    other = _ratio(paired @ each[second], total[:, None])
    return _beyond_chance(observed, ((one @ near) * other).sum(axis=1))


def krippendorff_alpha(table: Table, draws: Floats, differences: Differences) -> Floats:
    """Krippendorff's alpha, 1 - observed / expected disagreement, from the coincidence matrix.

    Krippendorff (2011), *Computing Krippendorff's Alpha-Reliability*; (2019), *Content Analysis*,
    4th ed., ch. 12. Items with fewer than two answers are dropped entirely.
    Memory grows with the square of the categories: meant for ratings, not for measurements.
    """
    categories = len(table.positions)
    paired, counts = draws[:, table.is_paired], table.counts[table.is_paired]
    within = counts[:, :, None] * (counts[:, None, :] - np.eye(categories))
    within /= table.answers[table.is_paired, None, None] - 1
    coincidences = (paired @ within.reshape(-1, categories**2)).reshape(-1, categories, categories)
    totals = coincidences.sum(axis=2)
    apart = np.broadcast_to(differences(totals, table.positions), coincidences.shape)
    observed = np.einsum("dck,dck->d", coincidences, apart)
    expected = np.einsum("dc,dk,dck->d", totals, totals, apart)
    return 1 - _ratio((totals.sum(axis=1) - 1) * observed, expected)


def nominal_differences(totals: Floats, positions: Floats) -> Floats:
    """Two categories are the same or not."""
    return 1 - np.eye(len(positions))


def ordinal_differences(totals: Floats, positions: Floats) -> Floats:
    """Squared number of answers between the middles of two categories; depends on the resample."""
    middles = totals.cumsum(axis=1) - totals / 2
    apart: Floats = (middles[:, :, None] - middles[:, None, :]) ** 2
    return apart


def interval_differences(totals: Floats, positions: Floats) -> Floats:
    """Squared distance between two values."""
    apart: Floats = (positions[:, None] - positions[None, :]) ** 2
    return apart


def _category_shares(table: Table, draws: Floats) -> Floats:
    within = table.counts / table.answers[:, None]
    return _ratio(draws @ within, draws.sum(axis=1)[:, None])


def _beyond_chance(observed: Floats, expected: Floats) -> Floats:
    return _ratio(observed - expected, 1 - expected)


def _ratio(top: Floats, bottom: Floats) -> Floats:
    known = np.broadcast_to(bottom > 0, top.shape)
    quotient: Floats = np.divide(top, bottom, out=np.full(top.shape, np.nan), where=known)
    return quotient
