"""Checking a set of starters as a whole: rules, cell counts, duplicates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dashboard.domain.examples import NewExample
from dashboard.domain.findings import RuleChecker, Severity
from dashboard.domain.studies import Cell, Study


class Pair(Protocol):
    """Two texts that are nearly the same, by position, and how near (0 to 1)."""

    @property
    def first(self) -> int: ...
    @property
    def second(self) -> int: ...
    @property
    def similarity(self) -> float: ...


@dataclass(frozen=True)
class SetCheck:
    """What is wrong, what is worth a look, and how many examples each cell has."""

    problems: tuple[str, ...]
    hints: tuple[str, ...]
    cells: Mapping[Cell, int]


def check_examples(
    study: Study,
    rows: Sequence[NewExample],
    checker: RuleChecker,
    near_duplicates: Callable[[Sequence[str]], Sequence[Pair]],
) -> SetCheck:
    """Every sentence names the example's key."""
    problems: list[str] = []
    hints: list[str] = []
    for row in rows:
        for finding in checker.check(study, row.inputs, row.message):
            wanted = problems if finding.severity is Severity.ERROR else hints
            wanted.append(f"{row.key}: {finding}")
    doubled = [key for key, count in Counter(row.key for row in rows).items() if count > 1]
    problems += [f"{key}: this id stands twice; give one of them another." for key in doubled]
    for pair in near_duplicates([row.message for row in rows]):
        first, second = rows[pair.first].key, rows[pair.second].key
        problems.append(f"{first} and {second} say nearly the same ({pair.similarity:.2f}).")
    cells = Counter(study.cell(row.inputs) for row in rows)
    problems += [
        f"No example for {' × '.join(cell)}." for cell in study.all_cells() if cell not in cells
    ]
    return SetCheck(tuple(problems), tuple(hints), cells)
