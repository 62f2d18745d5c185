"""Tables of augmentation: where children come from, runs, how far each cell is, and attempts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.domain.augmentation import (
    Attempt,
    AugmentationPlan,
    AugmentationRun,
    Fate,
    Lineage,
    Operation,
    Reason,
    Rewriting,
    Route,
    Technique,
)
from dashboard.domain.ids import AugmentationRunId, ExampleId, RevisionId
from dashboard.domain.training import RunStatus
from dashboard.domain.turns import CellWork, Turn
from storage.tables.columns import CELL_MARK, Base

PLANS = TypeAdapter(AugmentationPlan)


class LineageRow(Base):
    """Where a child comes from; triggers refuse any change."""

    __tablename__ = "lineages"

    example_id: Mapped[ExampleId] = mapped_column(ForeignKey("examples.id"), primary_key=True)
    parent_id: Mapped[ExampleId] = mapped_column(ForeignKey("examples.id"), index=True)
    parent_revision_id: Mapped[RevisionId] = mapped_column(ForeignKey("revisions.id"))
    family_id: Mapped[ExampleId] = mapped_column(ForeignKey("examples.id"), index=True)
    technique: Mapped[Technique]
    route: Mapped[Route]
    seed: Mapped[int]
    operations: Mapped[list[dict[str, str]]]
    pivot: Mapped[str]
    model: Mapped[str]
    prompt: Mapped[str]
    resources: Mapped[dict[str, str]]
    scores: Mapped[dict[str, float]]

    def as_fact(self) -> Lineage:
        """The domain's value."""
        return Lineage(
            example_id=self.example_id,
            parent_id=self.parent_id,
            parent_revision_id=self.parent_revision_id,
            family_id=self.family_id,
            technique=self.technique,
            route=self.route,
            seed=self.seed,
            operations=tuple(Operation(**one) for one in self.operations),
            pivot=self.pivot,
            model=self.model,
            prompt=self.prompt,
            resources=self.resources,
            scores=self.scores,
        )


def lineage_values(lineage: Lineage) -> dict[str, Any]:
    """A lineage as columns."""
    return {
        **vars(lineage),
        "operations": [dict(vars(one)) for one in lineage.operations],
        "resources": dict(lineage.resources),
        "scores": dict(lineage.scores),
    }


class AugmentationRunRow(Base):
    """One plan at work."""

    __tablename__ = "augmentation_runs"

    id: Mapped[AugmentationRunId] = mapped_column(primary_key=True)
    study: Mapped[str] = mapped_column(index=True)
    plan: Mapped[dict[str, Any]]
    person: Mapped[str]
    status: Mapped[RunStatus]
    error: Mapped[str | None]
    resources: Mapped[dict[str, str]]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    def as_run(self) -> AugmentationRun:
        """The domain's value."""
        return AugmentationRun(
            id=self.id,
            plan=PLANS.validate_python(self.plan),
            person=self.person,
            status=self.status,
            error=self.error,
            created_at=self.created_at,
            finished_at=self.finished_at,
            resources=self.resources,
        )


class CellWorkRow(Base):
    """How far a run is in a cell it has begun."""

    __tablename__ = "augmentation_cells"

    run_id: Mapped[AugmentationRunId] = mapped_column(
        ForeignKey("augmentation_runs.id"), primary_key=True
    )
    cell: Mapped[str] = mapped_column(primary_key=True)
    wanted: Mapped[int]
    turns: Mapped[dict[str, Any]]
    is_done: Mapped[bool]

    def as_work(self) -> CellWork:
        """The domain's value."""
        turns = {Technique(name): Turn(**turn) for name, turn in self.turns.items()}
        return CellWork(tuple(self.cell.split(CELL_MARK)), self.wanted, turns, self.is_done)


class AttemptRow(Base):
    """One child as it came out of a technique; `reason` is the first of its reasons."""

    __tablename__ = "attempts"
    __table_args__ = (Index(None, "example_id"),)

    run_id: Mapped[AugmentationRunId] = mapped_column(
        ForeignKey("augmentation_runs.id"), primary_key=True
    )
    cell: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[ExampleId] = mapped_column(ForeignKey("examples.id"))
    parent_revision_id: Mapped[RevisionId] = mapped_column(ForeignKey("revisions.id"))
    technique: Mapped[Technique]
    seed: Mapped[int]
    message: Mapped[str]
    operations: Mapped[list[dict[str, str]]]
    pivot: Mapped[str]
    fate: Mapped[Fate]
    reason: Mapped[Reason | None]
    reasons: Mapped[list[str]]
    scores: Mapped[dict[str, float]]
    example_id: Mapped[ExampleId | None] = mapped_column(ForeignKey("examples.id"))
    left_by: Mapped[str]

    def as_attempt(self) -> Attempt:
        """The domain's value."""
        operations = tuple(Operation(**one) for one in self.operations)
        return Attempt(
            run_id=self.run_id,
            cell=tuple(self.cell.split(CELL_MARK)),
            number=self.number,
            parent_id=self.parent_id,
            parent_revision_id=self.parent_revision_id,
            technique=self.technique,
            seed=self.seed,
            rewriting=Rewriting(self.message, operations, self.pivot),
            fate=self.fate,
            reasons=tuple(Reason(one) for one in self.reasons),
            scores=self.scores,
            example_id=self.example_id,
            left_by=self.left_by,
        )


def attempt_values(attempt: Attempt) -> dict[str, Any]:
    """An attempt as columns."""
    rewriting = attempt.rewriting
    values = {
        **vars(attempt),
        "cell": CELL_MARK.join(attempt.cell),
        "message": rewriting.message,
        "operations": [dict(vars(one)) for one in rewriting.operations],
        "pivot": rewriting.pivot,
        "reason": attempt.reasons[0] if attempt.reasons else None,
        "reasons": [one.value for one in attempt.reasons],
        "scores": dict(attempt.scores),
    }
    del values["rewriting"]
    return values
