"""Percentile bootstrap over items (Efron 1979; Efron and Tibshirani 1993, ch. 13)."""

from __future__ import annotations

import numpy as np

from dashboard.statistics.agreement.tables import Floats, Table

LEVEL = 0.95
USABLE_SHARE = 0.9
"""No interval where the coefficient is undefined in more than a tenth of the resamples."""


def resampled(table: Table, resamples: int, seed: int) -> Floats:
    """Resamples × patterns: how often each pattern is drawn when items are drawn anew.

    Drawing items with replacement gives their patterns multinomial counts, so patterns are drawn
    directly. The same seed gives the same draws.
    """
    total = int(table.times.sum())
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(total, table.times / total, size=resamples)
    return drawn.astype(np.float64)


def percentile_interval(values: Floats) -> tuple[float, float] | None:
    """The middle 95% of a coefficient's resampled values; NaN marks an unusable resample.

    None where too few are usable, and where all are equal: one item, or perfect agreement on
    every item, leaves the bootstrap nothing to vary, and a width of zero would claim certainty.
    Too short for few items: with three raters and two categories in an 80:20 split, 1,000
    simulated tables of 15 items gave alpha a coverage of 86%, of 30 items or more 94 to 96%.
    """
    usable = values[~np.isnan(values)]
    if len(usable) == 0 or len(usable) < USABLE_SHARE * len(values) or np.ptp(usable) < 1e-12:
        return None
    low, high = np.quantile(usable, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
