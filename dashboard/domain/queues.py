"""Queues: who looks for work, the places they hold, and how much they have done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.domain.ids import ExampleId
from dashboard.domain.responses import ResponseState
from dashboard.domain.studies import Cell


@dataclass(frozen=True)
class Seeker:
    """Who looks for work, and when; `cells` come neediest first, `closed` belong to others."""

    study: str
    expert: str
    at: datetime
    cells: Sequence[Cell] = ()
    closed: Sequence[ExampleId] = ()


@dataclass(frozen=True)
class Claim:
    """A place among an example's answers, held until a moment."""

    expert: str
    example_id: ExampleId
    expires_at: datetime


@dataclass(frozen=True)
class Tally:
    """How many responses of a kind an expert has given."""

    expert: str
    state: ResponseState
    count: int
