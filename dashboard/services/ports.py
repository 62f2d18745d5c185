"""What the services need from engines, metrics and the work queue; storage is in `stores`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Protocol

from dashboard.domain.generation import Completion
from dashboard.domain.ids import (
    TrainingRunId,
)
from dashboard.domain.scores import PairScores
from dashboard.domain.studies import Decoding, Message
from dashboard.domain.training import (
    JobSnapshot,
    TrainingPlan,
)


class Engine(Protocol):
    """Who trains and writes. Never saves anything of ours; each call is translated words only."""

    @property
    def url(self) -> str:
        """The base URL, which names the engine."""
        ...

    def models(self) -> tuple[str, ...]:
        """Names of the models it offers; raises EngineUnavailable."""
        ...

    def start(
        self, plan: TrainingPlan, our_id: TrainingRunId, train: bytes, validation: bytes
    ) -> str:
        """The job's id. Looks for a job with `our_id` in its metadata before creating one."""
        ...

    def snapshot(self, job_id: str) -> JobSnapshot:
        """The job as it stands, with all points, events and checkpoints."""
        ...

    def cancel(self, job_id: str) -> None:
        """Ask the job to stop; a job that is final already is left alone."""
        ...

    def complete(
        self, model: str, chat: Sequence[Message], decoding: Decoding, seed: int
    ) -> Completion:
        """One answer; raises EngineUnavailable or EngineRefused."""
        ...

    def stream(
        self, model: str, chat: Sequence[Message], decoding: Decoding, seed: int
    ) -> Iterator[str | Completion]:
        """Pieces of text as they come, then the whole as a Completion."""
        ...


class Engines(Protocol):
    """Engines by base URL."""

    def at(self, url: str) -> Engine:
        """The engine behind a base URL."""
        ...


class PairScorer(Protocol):
    """A metric on (candidate, reference) pairs."""

    @property
    def signature(self) -> str:
        """Everything that decides the value."""
        ...

    def score(self, candidates: Sequence[str], references: Sequence[str]) -> list[PairScores]:
        """One result per pair, in order; an empty text scores 0."""
        ...


class Scorers(Protocol):
    """BERTScore with one encoder or another."""

    def available(self) -> tuple[str, ...]:
        """Names of the encoders on this machine, the preferred one first."""
        ...

    def get(self, encoder: str | None = None) -> PairScorer:
        """The scorer with this encoder, or with the preferred one; raises WeightsUnavailable."""
        ...


class Work(StrEnum):
    """Kinds of long work."""

    STUDY = "study"
    TRAIN = "train"
    SCORE = "score"
    AUGMENT = "augment"


class WorkQueue(Protocol):
    """Where long work is handed over to the worker."""

    def enqueue(self, work: Work, subject_id: str, *arguments: str) -> None:
        """Hand over; the same subject twice is the same work."""
        ...
