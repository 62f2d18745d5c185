"""Shares: weights divided into whole numbers, one at a time and never taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

Tie = Callable[[str], tuple[int, ...]]
"""Who goes first among equals."""


@dataclass
class Shares:
    """Seats by weight as Sainte-Laguë (1910) gives them: to the highest weight / (2 · seats + 1).

    The method is house-monotone (Balinski & Young 1982): more seats never cost anybody one, so
    what is chosen first is part of every larger choice. `ideal` is what the weights would give if
    everybody always had somebody to send.
    """

    weights: Mapping[str, int]
    tie: Tie
    taken: Counter[str] = field(default_factory=Counter)
    ideal: Counter[str] = field(default_factory=Counter)

    def next(self, present: Collection[str], tie: Tie | None = None) -> str:
        """Whose turn it is among those present."""
        return self._next(present, self.taken, tie or self.tie)

    def take(self, name: str) -> None:
        """One more for somebody, whoever should have had it."""
        self.taken[name] += 1
        if self.weights:
            self.ideal[self._next(self.weights, self.ideal, self.tie)] += 1

    @property
    def is_even(self) -> bool:
        """Whether everybody has their share within one."""
        return all(abs(self.taken[name] - self.ideal[name]) <= 1 for name in self.weights)

    def _next(self, names: Collection[str], seats: Counter[str], tie: Tie) -> str:
        return min(names, key=lambda one: (-self.weights[one] / (2 * seats[one] + 1), *tie(one)))
