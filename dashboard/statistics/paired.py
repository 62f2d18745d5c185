"""Two systems on the same rows: how far apart, and how sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from dashboard.statistics.descriptions import describe
from dashboard.statistics.intervals import half_width


@dataclass(frozen=True)
class Difference:
    """The mean of first minus second over shared rows; no interval below two rows."""

    mean: float
    half_width: float | None
    rows: int
    wins: int
    losses: int

    @property
    def is_clear(self) -> bool:
        """The 95% interval does not contain zero."""
        return self.half_width is not None and abs(self.mean) > self.half_width


def paired_difference(
    first: Mapping[str, Sequence[float]], second: Mapping[str, Sequence[float]]
) -> Difference | None:
    """Compare values by row, repeats averaged within a row; None where no row is shared."""
    shared = [row for row in first if first[row] and second.get(row)]
    if not shared:
        return None
    gaps = [fmean(first[row]) - fmean(second[row]) for row in shared]
    figures = describe(gaps)
    return Difference(
        mean=figures.mean,
        half_width=half_width(figures),
        rows=len(gaps),
        wins=sum(gap > 0 for gap in gaps),
        losses=sum(gap < 0 for gap in gaps),
    )
