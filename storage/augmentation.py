"""Augmentation runs, how far each cell is, and attempts; every write may be repeated safely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from dashboard.domain.augmentation import Attempt, AugmentationPlan, AugmentationRun, Fate
from dashboard.domain.errors import NotFound
from dashboard.domain.ids import AugmentationRunId, ExampleId
from dashboard.domain.studies import Cell
from dashboard.domain.training import RunStatus
from dashboard.domain.turns import CellWork, Yield
from storage.tables.augmentation import (
    PLANS,
    AttemptRow,
    AugmentationRunRow,
    CellWorkRow,
    attempt_values,
)
from storage.tables.columns import CELL_MARK
from storage.writing import insert_into, write

KEY = ["run_id", "cell", "number"]


@dataclass(frozen=True)
class AugmentationRuns:
    """Plans at work, and what came of them."""

    session: Session

    def add(self, run: AugmentationRun) -> None:
        """A new run; adding the same id again changes nothing."""
        values = {
            **vars(run),
            "study": run.plan.study,
            "plan": PLANS.dump_python(run.plan, mode="json"),
            "resources": dict(run.resources),
        }
        insert = insert_into(self.session, AugmentationRunRow)
        write(self.session, insert.on_conflict_do_nothing(index_elements=["id"]), [values])

    def get(self, run_id: AugmentationRunId) -> AugmentationRun:
        """The run; raises NotFound."""
        wanted = select(AugmentationRunRow).where(AugmentationRunRow.id == run_id)
        row = self.session.scalars(wanted).one_or_none()
        if row is None:
            raise NotFound("This augmentation run does not exist, or no longer.")
        return row.as_run()

    def all(self, study: str) -> tuple[AugmentationRun, ...]:
        """Every run, newest first."""
        newest_first = (AugmentationRunRow.created_at.desc(), AugmentationRunRow.id.desc())
        wanted = select(AugmentationRunRow).where(AugmentationRunRow.study == study)
        rows = self.session.scalars(wanted.order_by(*newest_first))
        return tuple(row.as_run() for row in rows)

    def set_status(
        self,
        run_id: AugmentationRunId,
        status: RunStatus,
        error: str | None = None,
        finished_at: datetime | None = None,
    ) -> None:
        """Where the run stands; a run that has ended stays as it ended. Raises NotFound."""
        if not self.get(run_id).status.is_final:
            self.session.execute(
                update(AugmentationRunRow)
                .where(AugmentationRunRow.id == run_id)
                .values(status=status, error=error, finished_at=finished_at)
            )

    def set_plan(self, run_id: AugmentationRunId, plan: AugmentationPlan) -> None:
        """Another plan for a run that goes on."""
        values = PLANS.dump_python(plan, mode="json")
        chosen = update(AugmentationRunRow).where(AugmentationRunRow.id == run_id)
        self.session.execute(chosen.values(plan=values))

    def cells(self, run_id: AugmentationRunId) -> Mapping[Cell, CellWork]:
        """The cells it has begun."""
        rows = self.session.scalars(select(CellWorkRow).where(CellWorkRow.run_id == run_id))
        return {work.cell: work for work in (row.as_work() for row in rows)}

    def set_cell(self, run_id: AugmentationRunId, work: CellWork) -> None:
        """How far the run is in a cell."""
        values = {
            "run_id": run_id,
            "cell": CELL_MARK.join(work.cell),
            "wanted": work.wanted,
            "turns": {one.value: dict(vars(turn)) for one, turn in work.turns.items()},
            "is_done": work.is_done,
        }
        insert = insert_into(self.session, CellWorkRow)
        upsert = insert.on_conflict_do_update(
            index_elements=["run_id", "cell"],
            set_={name: insert.excluded[name] for name in ("wanted", "turns", "is_done")},
        )
        write(self.session, upsert, [values])

    def save(self, attempts: Sequence[Attempt]) -> None:
        """New attempts; one that is stored already stays as it is."""
        insert = insert_into(self.session, AttemptRow)
        keep = insert.on_conflict_do_nothing(index_elements=KEY)
        write(self.session, keep, [attempt_values(one) for one in attempts])

    def attempt(self, run_id: AugmentationRunId, cell: Cell, number: int) -> Attempt:
        """One attempt; raises NotFound."""
        key = {"run_id": run_id, "cell": CELL_MARK.join(cell), "number": number}
        row = self.session.scalars(select(AttemptRow).filter_by(**key)).one_or_none()
        if row is None:
            raise NotFound("This variant does not exist, or no longer.")
        return row.as_attempt()

    def attempts(
        self, run_id: AugmentationRunId, cell: Cell | None = None, fate: Fate | None = None
    ) -> tuple[Attempt, ...]:
        """Attempts of a run in the order they were made, of one cell or fate or all."""
        wanted = select(AttemptRow).where(AttemptRow.run_id == run_id)
        if cell is not None:
            wanted = wanted.where(AttemptRow.cell == CELL_MARK.join(cell))
        if fate is not None:
            wanted = wanted.where(AttemptRow.fate == fate)
        rows = self.session.scalars(wanted.order_by(AttemptRow.cell, AttemptRow.number))
        return tuple(row.as_attempt() for row in rows)

    def yields(self, run_id: AugmentationRunId) -> tuple[Yield, ...]:
        """Attempts counted by cell, technique, fate and first reason."""
        kinds = (AttemptRow.cell, AttemptRow.technique, AttemptRow.fate, AttemptRow.reason)
        counted = (
            select(*kinds, func.count())
            .where(AttemptRow.run_id == run_id)
            .group_by(*kinds)
            .order_by(*kinds)
        )
        return tuple(
            Yield(tuple(cell.split(CELL_MARK)), technique, fate, reason, count)
            for cell, technique, fate, reason, count in self.session.execute(counted)
        )

    def held(self, study: str) -> tuple[Attempt, ...]:
        """Held attempts of every run that nobody has taken in or left out, oldest first."""
        runs = AugmentationRunRow
        wanted = (
            select(AttemptRow)
            .join(runs, runs.id == AttemptRow.run_id)
            .where(runs.study == study, AttemptRow.fate == Fate.HELD)
            .where(AttemptRow.example_id.is_(None), AttemptRow.left_by == "")
            .order_by(runs.created_at, AttemptRow.cell, AttemptRow.number)
        )
        return tuple(row.as_attempt() for row in self.session.scalars(wanted))

    def mark_taken(self, attempt: Attempt, example_id: ExampleId) -> None:
        """Remember the example that a held attempt became."""
        self._mark(attempt, example_id=example_id)

    def mark_left(self, attempt: Attempt, person: str) -> None:
        """Remember who left a held attempt out; nobody has where `person` is empty."""
        self._mark(attempt, left_by=person)

    def _mark(self, attempt: Attempt, **values: str) -> None:
        self.session.execute(
            update(AttemptRow)
            .where(
                AttemptRow.run_id == attempt.run_id,
                AttemptRow.cell == CELL_MARK.join(attempt.cell),
                AttemptRow.number == attempt.number,
            )
            .values(**values)
        )
