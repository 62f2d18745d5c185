"""The study's eight descriptive figures."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from dashboard.domain.scores import Description


def describe(values: Sequence[float]) -> Description:
    """Count, mean, std (n - 1; None for one value), min, quartiles by linear interpolation, max.

    Equal to `pandas.Series.describe`. Raises ValueError for no values.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("nothing to describe")
    return Description(
        count=len(ordered),
        mean=statistics.fmean(ordered),
        std=statistics.stdev(ordered) if len(ordered) > 1 else None,
        min=ordered[0],
        q1=_quantile(ordered, 0.25),
        median=_quantile(ordered, 0.5),
        q3=_quantile(ordered, 0.75),
        max=ordered[-1],
    )


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = math.ceil(place)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
