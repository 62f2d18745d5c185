"""Calibration rounds: everybody judges the same few examples, blind, then talks about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard.domain.ids import ExampleId


@dataclass(frozen=True)
class Round:
    """A calibration round; answers stay hidden until it is revealed, and its first ones count.

    While it is not closed, each of its examples needs one answer from every one of its experts.
    """

    id: str
    study: str
    name: str
    example_ids: tuple[ExampleId, ...]
    experts: tuple[str, ...]
    started_at: datetime
    revealed_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def subject(self) -> str:
        """What the ledger knows it by."""
        return self.id

    @property
    def is_blind(self) -> bool:
        """Whether nobody sees anybody's answers yet."""
        return self.revealed_at is None and self.closed_at is None

    @property
    def is_running(self) -> bool:
        """Whether its examples still belong to it."""
        return self.closed_at is None
