"""How near two categories are: 1 for the same, 0 for the farthest apart.

Each takes the categories' positions in order and gives a categories × categories matrix; the
names are those of Gwet (2014), *Handbook of Inter-Rater Reliability*, 4th ed., ch. 3.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dashboard.statistics.agreement.tables import Floats

Weights = Callable[[Floats], Floats]


def identity(positions: Floats) -> Floats:
    """Another category is no agreement at all."""
    return np.eye(len(positions))


def linear(positions: Floats) -> Floats:
    """Falls with the distance (Cicchetti and Allison 1971)."""
    return _nearness(_distances(positions))


def quadratic(positions: Floats) -> Floats:
    """Falls with the squared distance (Fleiss and Cohen 1973)."""
    return _nearness(_distances(positions) ** 2)


def ordinal(positions: Floats) -> Floats:
    """Falls with the number of pairs of categories between the two; only order counts (Gwet)."""
    steps = _distances(np.arange(len(positions), dtype=np.float64))
    return _nearness(steps * (steps + 1) / 2)


def _distances(positions: Floats) -> Floats:
    return np.abs(positions[:, None] - positions[None, :])


def _nearness(distances: Floats) -> Floats:
    nearness: Floats = 1 - distances / distances.max()
    return nearness
