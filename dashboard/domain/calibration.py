"""Calibration rounds: everybody judges the same few examples, blind, then talks about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from dashboard.domain.errors import InvalidInput
from dashboard.domain.ids import ExampleId
from dashboard.domain.studies import Cell

SMALLEST, LARGEST = 10, 15
"""How many examples a round has: enough to compare, few enough for one sitting."""
MAX_NAME = 80


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

    def opens(self, earlier: Round) -> bool:
        """Whether what was blind earlier is not any more."""
        return earlier.is_blind and not self.is_blind


@dataclass(frozen=True)
class Invitation:
    """A round somebody wants to start: its name, its experts, how many examples, and the draw."""

    study: str
    name: str
    experts: tuple[str, ...]
    size: int = 12
    seed: int = 1

    def require_usable(self) -> None:
        """Raise InvalidInput for what the round lacks."""
        if not self.name.strip() or len(self.name) > MAX_NAME:
            raise InvalidInput("Give the round a name of 1 to {limit} characters.", limit=MAX_NAME)
        if len(set(self.experts)) < 2:
            raise InvalidInput("Choose at least two experts; a round compares their answers.")
        if not SMALLEST <= self.size <= LARGEST:
            raise InvalidInput(
                "A round has {least} to {most} examples.", least=SMALLEST, most=LARGEST
            )


@dataclass(frozen=True)
class Turnout:
    """How far one expert is in a round; a skipped example is not waited for."""

    expert: str
    answered: int
    skipped: int
    waiting: int


def spread(found: Sequence[tuple[ExampleId, Cell]], size: int, seed: int) -> tuple[ExampleId, ...]:
    """A draw that repeats cells, and values within cells, as little as it can.

    The same examples and seed give the same draw; it is shorter than `size` when there are too
    few examples.
    """
    left = list(found)
    Random(seed).shuffle(left)
    cells: Counter[Cell] = Counter()
    values: Counter[tuple[int, str]] = Counter()
    drawn: list[ExampleId] = []

    def repeats(one: tuple[ExampleId, Cell]) -> tuple[int, int]:
        return cells[one[1]], sum(values[part] for part in enumerate(one[1]))

    while left and len(drawn) < size:
        example, cell = min(left, key=repeats)
        left.remove((example, cell))
        cells[cell] += 1
        values.update(enumerate(cell))
        drawn.append(example)
    return tuple(drawn)
