"""What augmentation needs from storage: runs with their attempts, and where children come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from dashboard.domain.augmentation import (
    Attempt,
    AugmentationPlan,
    AugmentationRun,
    Fate,
    Lineage,
    Parent,
)
from dashboard.domain.augmentation_calls import Call
from dashboard.domain.ids import AugmentationRunId, ExampleId
from dashboard.domain.studies import Cell
from dashboard.domain.training import RunStatus
from dashboard.domain.turns import CellWork, Yield


class LineageStore(Protocol):
    """Where children come from; new lineages go through the ledger."""

    def of(self, example_id: ExampleId) -> Lineage | None:
        """Where an example comes from; None for an original."""
        ...

    def children(self, parent_id: ExampleId) -> tuple[Lineage, ...]:
        """What was made from an example, oldest first."""
        ...

    def parents_of(self, ids: Sequence[ExampleId]) -> Mapping[ExampleId, ExampleId]:
        """The parent of each of these children, in the order asked for."""
        ...

    def members(self, family_id: ExampleId) -> tuple[Lineage, ...]:
        """Every child of a family, oldest first; the root has no lineage."""
        ...

    def parents(self, study: str) -> tuple[Parent, ...]:
        """Originals that may have children, in key order: none retired, refused or disputed."""
        ...

    def standing_messages(self, study: str) -> tuple[str, ...]:
        """The texts of examples that are not retired, in alphabetical order."""
        ...


class AugmentationStore(Protocol):
    """Augmentation runs, how far each cell is, and what came out of every attempt."""

    def add(self, run: AugmentationRun) -> None:
        """A new run; adding the same id again changes nothing."""
        ...

    def get(self, run_id: AugmentationRunId) -> AugmentationRun:
        """The run; raises NotFound."""
        ...

    def all(self, study: str) -> tuple[AugmentationRun, ...]:
        """Every run, newest first."""
        ...

    def set_status(
        self,
        run_id: AugmentationRunId,
        status: RunStatus,
        error: str | None = None,
        finished_at: datetime | None = None,
    ) -> None:
        """Where the run stands; a run that has ended stays as it ended."""
        ...

    def set_plan(self, run_id: AugmentationRunId, plan: AugmentationPlan) -> None:
        """Another plan for a run that goes on."""
        ...

    def cells(self, run_id: AugmentationRunId) -> Mapping[Cell, CellWork]:
        """The cells it has begun."""
        ...

    def set_cell(self, run_id: AugmentationRunId, work: CellWork) -> None:
        """How far the run is in a cell."""
        ...

    def save(self, attempts: Sequence[Attempt]) -> None:
        """New attempts; one that is stored already stays as it is."""
        ...

    def attempt(self, run_id: AugmentationRunId, cell: Cell, number: int) -> Attempt:
        """One attempt; raises NotFound."""
        ...

    def attempts(
        self,
        run_id: AugmentationRunId,
        cell: Cell | None = None,
        fate: Fate | None = None,
    ) -> tuple[Attempt, ...]:
        """Attempts of a run in the order they were made, of one cell or fate or all."""
        ...

    def yields(self, run_id: AugmentationRunId) -> tuple[Yield, ...]:
        """Attempts counted by cell, technique, fate and first reason."""
        ...

    def held(self, study: str) -> tuple[Attempt, ...]:
        """Held attempts of every run that nobody has taken in or left out, oldest first."""
        ...

    def mark_left(self, attempt: Attempt, person: str) -> None:
        """Remember who left a held attempt out; nobody has where `person` is empty."""
        ...

    def mark_taken(self, attempt: Attempt, example_id: ExampleId) -> None:
        """Remember the example that a held attempt became."""
        ...


class CallStore(Protocol):
    """Every request to a language model; writing one again replaces what was known of it."""

    def of(self, run_id: AugmentationRunId) -> tuple[Call, ...]:
        """The calls of a run, batch by batch in one order."""
        ...

    def put(self, calls: Sequence[Call]) -> None:
        """Write calls, in the place of what stood about them."""
        ...
