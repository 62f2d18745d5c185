"""Generation runs: systems times rows times repeats; each output is one text with its usage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dashboard.domain.ids import GenerationRunId, OutputId, RevisionId, TrainingRunId, VersionId
from dashboard.domain.studies import Decoding, Inputs
from dashboard.domain.training import RunStatus


class SystemKind(StrEnum):
    """Base under the long prompt, the same with a few training examples, tuned under the short."""

    BASE = "base"
    FEW_SHOT = "few_shot"
    TUNED = "tuned"


class OutputStatus(StrEnum):
    """Complete, truncated and empty answers are scored, and all but the first stay marked."""

    COMPLETE = "complete"
    TRUNCATED = "truncated"
    EMPTY = "empty"
    FILTERED = "filtered"
    FAILED = "failed"


@dataclass(frozen=True)
class System:
    """Something that writes: a model, a prompt and the number of worked examples."""

    kind: SystemKind
    model: str
    prompt: str
    shots: int = 0


@dataclass(frozen=True)
class GenerationRun:
    """Systems answering every held-out row of a version, `repeats` times each."""

    id: GenerationRunId
    version_id: VersionId
    training_run_id: TrainingRunId
    engine_url: str
    systems: tuple[System, ...]
    decoding: Decoding
    repeats: int
    seed: int
    status: RunStatus
    error: str | None
    created_at: datetime


@dataclass(frozen=True)
class Usage:
    """Tokens as the engine counted them."""

    prompt_tokens: int
    completion_tokens: int

    @property
    def total_tokens(self) -> int:
        """Prompt and completion together."""
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True)
class Completion:
    """What an engine answered: the text, why it stopped, tokens and seconds."""

    text: str
    finish_reason: str | None
    usage: Usage | None
    latency_seconds: float


@dataclass(frozen=True)
class Output:
    """One text by one system for one row."""

    id: OutputId
    run_id: GenerationRunId
    system: SystemKind
    revision_id: RevisionId
    repeat: int
    text: str
    status: OutputStatus
    finish_reason: str | None
    usage: Usage | None
    latency_seconds: float | None
    error: str | None
    created_at: datetime


@dataclass(frozen=True)
class Slot:
    """A place an output belongs to; unique in a run."""

    system: SystemKind
    revision_id: RevisionId
    repeat: int


@dataclass(frozen=True)
class Comparison:
    """One row with what every system wrote for it."""

    revision_id: RevisionId
    key: str
    inputs: Inputs
    reference: str
    outputs: tuple[Output, ...]
