"""A share of yes and no with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z = 1.959963984540054
"""The 97.5% quantile of the normal distribution."""


@dataclass(frozen=True)
class Proportion:
    """`hits` of `n`; without any n there is neither a value nor an interval."""

    hits: int
    n: int

    @property
    def value(self) -> float | None:
        """The share, 0 to 1."""
        return self.hits / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95% interval of Wilson (1927), which holds for few and for extreme shares, too."""
        if not self.n:
            return None
        share, weight = self.hits / self.n, Z * Z / self.n
        middle = share + weight / 2
        half = Z * math.sqrt(share * (1 - share) / self.n + weight / (4 * self.n))
        low, high = (middle - half) / (1 + weight), (middle + half) / (1 + weight)
        return max(0.0, low), min(1.0, high)
