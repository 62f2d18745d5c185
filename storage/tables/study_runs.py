"""Tables of study runs and their steps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.domain.ids import GenerationRunId, StudyRunId, TrainingRunId, VersionId
from dashboard.domain.study_runs import Step, StepName, StudyPlan, StudyRun
from dashboard.domain.training import RunStatus
from storage.tables.columns import Base


class StudyRunRow(Base):
    """One pass through the chain."""

    __tablename__ = "study_runs"

    id: Mapped[StudyRunId] = mapped_column(primary_key=True)
    study: Mapped[str] = mapped_column(index=True)
    plan: Mapped[dict[str, Any]]
    status: Mapped[RunStatus]
    error: Mapped[str | None]
    version_id: Mapped[VersionId | None] = mapped_column(ForeignKey("dataset_versions.id"))
    training_run_id: Mapped[TrainingRunId | None] = mapped_column(ForeignKey("training_runs.id"))
    generation_run_id: Mapped[GenerationRunId | None] = mapped_column(
        ForeignKey("generation_runs.id")
    )
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    def as_run(self, steps: tuple[Step, ...]) -> StudyRun:
        """The domain's value, with its steps."""
        return StudyRun(
            id=self.id,
            plan=StudyPlan(**self.plan),
            status=self.status,
            error=self.error,
            steps=steps,
            version_id=self.version_id,
            training_run_id=self.training_run_id,
            generation_run_id=self.generation_run_id,
            created_at=self.created_at,
            finished_at=self.finished_at,
        )


class StudyStepRow(Base):
    """How far one step of a run is."""

    __tablename__ = "study_steps"

    run_id: Mapped[StudyRunId] = mapped_column(ForeignKey("study_runs.id"), primary_key=True)
    name: Mapped[StepName] = mapped_column(primary_key=True)
    status: Mapped[RunStatus]
    done: Mapped[int]
    total: Mapped[int]

    def as_step(self) -> Step:
        """The domain's value."""
        return Step(self.name, self.status, self.done, self.total)
