"""How far a mean may be off: Student's t interval (Student 1908), honest for few rows."""

from __future__ import annotations

import math

from dashboard.domain.scores import Description


def half_width(description: Description, repeats: int = 1, level: float = 0.95) -> float | None:
    """Half the interval around a mean; None for fewer than two rows.

    Repeats of one row are not independent, so only rows count, as if repeats taught nothing.
    """
    from scipy.special import stdtrit

    rows = description.count // repeats
    if rows < 2 or description.std is None:
        return None
    quantile = float(stdtrit(rows - 1, (1 + level) / 2))
    return quantile * description.std / math.sqrt(rows)
