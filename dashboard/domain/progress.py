"""Progress: how far an expert and a team have come, as counts that say nothing of any answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from dashboard.domain.examples import Example
from dashboard.domain.responses import Draft
from dashboard.domain.team import Guideline
from dashboard.domain.verdicts import Verdict

PAUSE = timedelta(minutes=15)
"""A longer wait between two answers is a pause and no measure of the work."""
ENOUGH = 5
"""Fewer waits than this say nothing about a person's pace."""


@dataclass(frozen=True)
class Pace:
    """The median seconds between two answers of one person, and how many waits it rests on."""

    seconds: float
    waits: int


@dataclass(frozen=True)
class Begun:
    """A draft with the example it is about."""

    example: Example
    draft: Draft


@dataclass(frozen=True)
class Mine:
    """How far one expert has come; `flagged` examples want a second look under a new guideline."""

    answered: int
    skipped: int
    begun: tuple[Begun, ...]
    remaining: int
    pace: Pace | None
    news: tuple[Guideline, ...]
    flagged: tuple[Example, ...]

    @property
    def seconds_left(self) -> float | None:
        """An estimate for what remains, where the pace is known."""
        return None if self.pace is None else self.pace.seconds * self.remaining


@dataclass(frozen=True)
class Share:
    """How much one expert has done."""

    expert: str
    submitted: int
    skipped: int
    is_active: bool


@dataclass(frozen=True)
class Held:
    """A place somebody holds among an example's answers."""

    expert: str
    example: Example
    expires_at: datetime


@dataclass(frozen=True)
class Everyone:
    """How far the team has come; `coverage` counts examples by how many answers they have."""

    coverage: Mapping[int, int]
    verdicts: Mapping[Verdict, int]
    shares: tuple[Share, ...]
    held: tuple[Held, ...]
    flagged: Mapping[str, int]


def pace_of(moments: Sequence[datetime]) -> Pace | None:
    """The pace that the times of somebody's answers tell, in any order; None for too few."""
    waits = [later - earlier for earlier, later in pairwise(sorted(moments))]
    counted = [one.total_seconds() for one in waits if one <= PAUSE]
    return Pace(median(counted), len(counted)) if len(counted) >= ENOUGH else None
