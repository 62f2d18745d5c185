"""How the learning rate moves: a short climb, then a straight line down to zero."""

from __future__ import annotations

from typing import Final

BASE_RATE: Final = 1e-3  # what a learning_rate_multiplier of 1 means; see the module's tests
WARM_UP: Final = 0.06  # share of all steps


def rate_factor(step: int, total: int) -> float:
    """The share of the full rate at a step counted from zero."""
    climb = max(1, round(total * WARM_UP))
    if step < climb:
        return (step + 1) / climb
    return max(0.0, (total - step) / max(1, total - climb))
