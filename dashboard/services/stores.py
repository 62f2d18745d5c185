"""What the services need from storage: one store per noun, behind one door."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from dashboard.domain.datasets import DatasetVersion, Row, Split
from dashboard.domain.generation import GenerationRun, Output, OutputStatus, Slot
from dashboard.domain.ids import (
    GenerationRunId,
    OutputId,
    StudyRunId,
    TrainingRunId,
    VersionId,
)
from dashboard.domain.scores import Score
from dashboard.domain.study_runs import Step, StudyRun
from dashboard.domain.training import (
    Checkpoint,
    CurvePoint,
    JobSnapshot,
    RunEvent,
    RunStatus,
    TrainingRun,
)
from dashboard.services.augmentation_stores import AugmentationStore, CallStore, LineageStore
from dashboard.services.review_stores import (
    ExampleStore,
    LedgerStore,
    QueueStore,
    RecordStore,
    ResponseStore,
    WorkInHandStore,
)


class DatasetStore(Protocol):
    """Frozen dataset versions."""

    def add(self, version: DatasetVersion, rows: Sequence[Row]) -> None:
        """Store a version; it never changes afterwards."""
        ...

    def get(self, version_id: VersionId) -> DatasetVersion:
        """The version; raises NotFound."""
        ...

    def rows(self, version_id: VersionId, split: Split | None = None) -> tuple[Row, ...]:
        """Its rows in order, of one split or all."""
        ...

    def with_sha256(self, study: str, sha256: str) -> tuple[DatasetVersion, ...]:
        """The versions with these bytes, oldest first."""
        ...

    def all(self, study: str) -> tuple[DatasetVersion, ...]:
        """Every version, newest first."""
        ...


class TrainingStore(Protocol):
    """Training runs with curve, events and checkpoints; every write may be repeated safely."""

    def add(self, run: TrainingRun) -> None:
        """A new run; adding the same id again changes nothing."""
        ...

    def get(self, run_id: TrainingRunId) -> TrainingRun:
        """The run; raises NotFound."""
        ...

    def all(self) -> tuple[TrainingRun, ...]:
        """Every run, newest first."""
        ...

    def record(self, run_id: TrainingRunId, snapshot: JobSnapshot) -> None:
        """What the engine reports: status and figures replace, points and events are merged."""
        ...

    def finish(self, run_id: TrainingRunId, status: RunStatus, error: str | None) -> None:
        """A final status of our own, when the engine could not give one."""
        ...

    def curve(self, run_id: TrainingRunId) -> tuple[CurvePoint, ...]:
        """Points by step."""
        ...

    def events(self, run_id: TrainingRunId, limit: int = 200) -> tuple[RunEvent, ...]:
        """What happened, newest first."""
        ...

    def checkpoints(self, run_id: TrainingRunId) -> tuple[Checkpoint, ...]:
        """Models kept, by step."""
        ...


class GenerationStore(Protocol):
    """Generation runs and their outputs."""

    def add(self, run: GenerationRun) -> None:
        """A new run; adding the same id again changes nothing."""
        ...

    def get(self, run_id: GenerationRunId) -> GenerationRun:
        """The run; raises NotFound."""
        ...

    def all(self) -> tuple[GenerationRun, ...]:
        """Every run, newest first."""
        ...

    def set_status(self, run_id: GenerationRunId, status: RunStatus, error: str | None) -> None:
        """Where the run stands."""
        ...

    def save(self, outputs: Sequence[Output]) -> None:
        """Outputs in their slots; a slot that is taken by a success keeps what it has."""
        ...

    def outputs(self, run_id: GenerationRunId) -> tuple[Output, ...]:
        """All outputs, by system, row position and repeat."""
        ...

    def filled(self, run_id: GenerationRunId, statuses: Sequence[OutputStatus]) -> frozenset[Slot]:
        """Slots whose output has one of these statuses."""
        ...


class ScoreStore(Protocol):
    """Scores of outputs."""

    def save(self, scores: Sequence[Score]) -> None:
        """Scores; the same (output, metric, signature) again replaces the value."""
        ...

    def of_run(self, run_id: GenerationRunId, signature: str | None = None) -> tuple[Score, ...]:
        """Scores of a run's outputs, of one signature or all."""
        ...

    def signatures(self, run_id: GenerationRunId) -> tuple[str, ...]:
        """The signatures present, newest first."""
        ...

    def scored(self, run_id: GenerationRunId, signature: str) -> frozenset[OutputId]:
        """Outputs that already have a score of this signature."""
        ...


class StudyRunStore(Protocol):
    """Study runs and their steps."""

    def add(self, run: StudyRun) -> None:
        """A new run with its steps; adding the same id again changes nothing."""
        ...

    def get(self, run_id: StudyRunId) -> StudyRun:
        """The run; raises NotFound."""
        ...

    def all(self, study: str) -> tuple[StudyRun, ...]:
        """Every run, newest first."""
        ...

    def set_step(self, run_id: StudyRunId, step: Step) -> None:
        """How far a step is."""
        ...

    def link(
        self,
        run_id: StudyRunId,
        version_id: VersionId | None = None,
        training_run_id: TrainingRunId | None = None,
        generation_run_id: GenerationRunId | None = None,
    ) -> None:
        """Remember what the run produced; None leaves a link as it is."""
        ...

    def set_status(
        self,
        run_id: StudyRunId,
        status: RunStatus,
        error: str | None = None,
        finished_at: datetime | None = None,
    ) -> None:
        """Where the run stands; a run that has ended stays as it ended."""
        ...


class Stores(Protocol):
    """All stores, inside one transaction."""

    @property
    def ledger(self) -> LedgerStore: ...
    @property
    def records(self) -> RecordStore: ...
    @property
    def examples(self) -> ExampleStore: ...
    @property
    def queue(self) -> QueueStore: ...
    @property
    def work_in_hand(self) -> WorkInHandStore: ...
    @property
    def responses(self) -> ResponseStore: ...
    @property
    def datasets(self) -> DatasetStore: ...
    @property
    def training(self) -> TrainingStore: ...
    @property
    def generation(self) -> GenerationStore: ...
    @property
    def scores(self) -> ScoreStore: ...
    @property
    def study_runs(self) -> StudyRunStore: ...
    @property
    def lineages(self) -> LineageStore: ...
    @property
    def augmentation(self) -> AugmentationStore: ...
    @property
    def calls(self) -> CallStore: ...


class Database(Protocol):
    """The one door to storage."""

    def transaction(self) -> AbstractContextManager[Stores]:
        """Stores that write together or not at all; no model call happens inside."""
        ...

    def reading(self) -> AbstractContextManager[Stores]:
        """Stores that only read."""
        ...
