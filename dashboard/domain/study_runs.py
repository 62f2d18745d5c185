"""A study run: the whole chain from examples to report, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dashboard.domain.ids import GenerationRunId, StudyRunId, TrainingRunId, VersionId
from dashboard.domain.training import RunStatus


class StepName(StrEnum):
    """The chain, in order."""

    FREEZE = "freeze"
    TRAIN = "train"
    GENERATE = "generate"
    SCORE = "score"
    REPORT = "report"


@dataclass(frozen=True)
class StudyPlan:
    """What a study run was asked to do."""

    study: str
    engine_url: str
    base_model: str
    quick: bool = False
    rows: int | None = None
    epochs: int | None = None
    seed: int = 20251
    shots: int = 3
    repeats: int = 1
    accepted_only: bool = False


@dataclass(frozen=True)
class Step:
    """How far one step is: `done` of `total` units, zero of zero before it starts."""

    name: StepName
    status: RunStatus
    done: int
    total: int


@dataclass(frozen=True)
class StudyRun:
    """One pass through the chain and what it produced."""

    id: StudyRunId
    plan: StudyPlan
    status: RunStatus
    error: str | None
    steps: tuple[Step, ...]
    version_id: VersionId | None
    training_run_id: TrainingRunId | None
    generation_run_id: GenerationRunId | None
    created_at: datetime
    finished_at: datetime | None
