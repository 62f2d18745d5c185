"""Coverage: how many examples every condition has, against how many the team wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.domain.studies import Cell
from dashboard.domain.verdicts import Verdict
from dashboard.services.recording import Recorder
from dashboard.services.stores import Database


@dataclass(frozen=True)
class Covered:
    """One condition with its examples that are not retired, by verdict."""

    cell: Cell
    counts: Mapping[Verdict, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def accepted(self) -> int:
        """Those that may train."""
        return self.counts[Verdict.ACCEPTED]


@dataclass(frozen=True)
class CoverageMap:
    """Every condition of a study in the order of its fields, and the target for each."""

    cells: tuple[Covered, ...]
    target: int

    def short(self, accepted_only: bool) -> tuple[Covered, ...]:
        """Conditions below the target, the emptiest first."""
        below = [one for one in self.cells if self.count(one, accepted_only) < self.target]
        return tuple(sorted(below, key=lambda one: self.count(one, accepted_only)))

    def count(self, one: Covered, accepted_only: bool) -> int:
        """What counts toward the target: everything, or only what was accepted."""
        return one.accepted if accepted_only else one.total


@dataclass(frozen=True)
class Coverage:
    """Counts what there is of every condition."""

    database: Database
    recorder: Recorder

    def of(self, study: str) -> CoverageMap:
        """The map of a study; examples of conditions it no longer has are not on it."""
        cells = self.recorder.study(study).all_cells()
        counts = {cell: dict.fromkeys(Verdict, 0) for cell in cells}
        with self.database.reading() as stores:
            target = stores.records.policy(study).target
            for one in stores.examples.cells(study):
                if one.cell in counts:
                    counts[one.cell][one.verdict] += one.count
        return CoverageMap(tuple(Covered(cell, counts[cell]) for cell in cells), target)
