"""Tables of generation runs, the systems that write, their outputs and the scores of these."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.domain.generation import (
    GenerationRun,
    Output,
    OutputStatus,
    System,
    SystemKind,
    Usage,
)
from dashboard.domain.ids import GenerationRunId, OutputId, RevisionId, TrainingRunId, VersionId
from dashboard.domain.scores import Score
from dashboard.domain.studies import Decoding
from dashboard.domain.training import RunStatus
from storage.tables.columns import Base


class GenerationRunRow(Base):
    """Systems answering the held-out rows of a version."""

    __tablename__ = "generation_runs"

    id: Mapped[GenerationRunId] = mapped_column(primary_key=True)
    version_id: Mapped[VersionId] = mapped_column(ForeignKey("dataset_versions.id"))
    training_run_id: Mapped[TrainingRunId] = mapped_column(ForeignKey("training_runs.id"))
    engine_url: Mapped[str]
    max_tokens: Mapped[int]
    temperature: Mapped[float]
    repeats: Mapped[int]
    seed: Mapped[int]
    status: Mapped[RunStatus]
    error: Mapped[str | None]
    created_at: Mapped[datetime]

    def as_run(self, systems: tuple[System, ...]) -> GenerationRun:
        """The domain's value, with the systems that write in it."""
        return GenerationRun(
            id=self.id,
            version_id=self.version_id,
            training_run_id=self.training_run_id,
            engine_url=self.engine_url,
            systems=systems,
            decoding=Decoding(self.max_tokens, self.temperature),
            repeats=self.repeats,
            seed=self.seed,
            status=self.status,
            error=self.error,
            created_at=self.created_at,
        )


class SystemRow(Base):
    """A system of a run, in the order in which it is shown."""

    __tablename__ = "systems"

    run_id: Mapped[GenerationRunId] = mapped_column(
        ForeignKey("generation_runs.id"), primary_key=True
    )
    kind: Mapped[SystemKind] = mapped_column(primary_key=True)
    position: Mapped[int]
    model: Mapped[str]
    prompt: Mapped[str]
    shots: Mapped[int]

    def as_system(self) -> System:
        """The domain's value."""
        return System(self.kind, self.model, self.prompt, self.shots)


class OutputRow(Base):
    """One text; its slot is taken once."""

    __tablename__ = "outputs"
    __table_args__ = (
        UniqueConstraint("run_id", "system", "revision_id", "repeat"),
        ForeignKeyConstraint(["run_id", "system"], ["systems.run_id", "systems.kind"]),
    )

    id: Mapped[OutputId] = mapped_column(primary_key=True)
    run_id: Mapped[GenerationRunId]
    system: Mapped[SystemKind]
    revision_id: Mapped[RevisionId] = mapped_column(ForeignKey("revisions.id"))
    repeat: Mapped[int]
    text: Mapped[str]
    status: Mapped[OutputStatus]
    finish_reason: Mapped[str | None]
    prompt_tokens: Mapped[int | None]
    completion_tokens: Mapped[int | None]
    latency_seconds: Mapped[float | None]
    error: Mapped[str | None]
    created_at: Mapped[datetime]

    def as_output(self) -> Output:
        """The domain's value."""
        return Output(
            id=self.id,
            run_id=self.run_id,
            system=self.system,
            revision_id=self.revision_id,
            repeat=self.repeat,
            text=self.text,
            status=self.status,
            finish_reason=self.finish_reason,
            usage=self._usage(),
            latency_seconds=self.latency_seconds,
            error=self.error,
            created_at=self.created_at,
        )

    def _usage(self) -> Usage | None:
        if self.prompt_tokens is None or self.completion_tokens is None:
            return None
        return Usage(self.prompt_tokens, self.completion_tokens)


class ScoreRow(Base):
    """One number about one output, by one recipe."""

    __tablename__ = "scores"

    output_id: Mapped[OutputId] = mapped_column(ForeignKey("outputs.id"), primary_key=True)
    metric: Mapped[str] = mapped_column(primary_key=True)
    signature: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[float]
    created_at: Mapped[datetime]

    def as_score(self) -> Score:
        """The domain's value."""
        return Score(self.output_id, self.metric, self.value, self.signature)
