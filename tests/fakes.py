"""Fakes for what costs money or minutes: engine, rewriter and sieve by script, and a queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from dashboard.domain.augmentation import (
    Fate,
    Neighborhood,
    Operation,
    Parent,
    Reason,
    Rewriting,
    Route,
    Sifting,
    Technique,
)
from dashboard.domain.errors import EngineUnavailable
from dashboard.domain.generation import Completion, Usage
from dashboard.domain.ids import TrainingRunId
from dashboard.domain.studies import Decoding, Message, Study
from dashboard.domain.training import (
    Checkpoint,
    CurvePoint,
    JobSnapshot,
    RunEvent,
    RunStatus,
    TrainingPlan,
)
from dashboard.services.ports import Work

STARTED = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def snapshot(
    status: RunStatus = RunStatus.SUCCEEDED, steps: int = 4, error: str | None = None
) -> JobSnapshot:
    """A job after some steps, with a falling loss."""
    succeeded = status is RunStatus.SUCCEEDED
    return JobSnapshot(
        job_id="ftjob-1",
        status=status,
        status_text=status.value,
        model="ft:tiny:local:afektif:1" if succeeded else None,
        error=error,
        total_steps=4,
        trained_tokens=1234 if succeeded else None,
        points=tuple(
            CurvePoint(step, 4.0 / step, step / 10, 4.4 / step if step % 2 == 0 else None)
            for step in range(1, steps + 1)
        ),
        events=(RunEvent("e1", STARTED, "info", "The job has started."),),
        checkpoints=(Checkpoint(4, "ft:tiny:local:afektif:1", 1.1),) if succeeded else (),
    )


@dataclass
class ScriptedEngine:
    """Says its lines in turn, remembers what it was asked, and raises when told to."""

    lines: list[str] = field(default_factory=lambda: ["Semangat ya, Dinda! 😊"])
    snapshots: list[JobSnapshot] = field(default_factory=lambda: [snapshot()])
    url: str = "local"
    asked: list[tuple[str, tuple[Message, ...], int]] = field(default_factory=list)
    started: list[TrainingRunId] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    finish_reason: str | None = "stop"

    def at(self, url: str) -> ScriptedEngine:
        """This engine answers at every address."""
        self.url = url
        return self

    def models(self) -> tuple[str, ...]:
        """One base model and one tuned."""
        return ("tiny", "ft:tiny:local:afektif:1")

    def start(
        self, plan: TrainingPlan, our_id: TrainingRunId, train: bytes, validation: bytes
    ) -> str:
        """One job a run, however often it is asked for."""
        if our_id not in self.started:
            self.started.append(our_id)
        return "ftjob-1"

    def snapshot(self, job_id: str) -> JobSnapshot:
        """The next snapshot; the last one again and again."""
        return self.snapshots.pop(0) if len(self.snapshots) > 1 else self.snapshots[0]

    def cancel(self, job_id: str) -> None:
        """Remember the wish."""
        self.cancelled.append(job_id)

    def complete(
        self, model: str, chat: Sequence[Message], decoding: Decoding, seed: int
    ) -> Completion:
        """The next line."""
        if self.faults:
            raise self.faults.pop(0)
        self.asked.append((model, tuple(chat), seed))
        text = self.lines[(len(self.asked) - 1) % len(self.lines)]
        words = sum(len(turn.content.split()) for turn in chat)
        return Completion(text, self.finish_reason, Usage(words, len(text.split())), 0.01)

    def stream(
        self, model: str, chat: Sequence[Message], decoding: Decoding, seed: int
    ) -> Iterator[str | Completion]:
        """The next line in two pieces."""
        whole = self.complete(model, chat, decoding, seed)
        middle = len(whole.text) // 2
        yield whole.text[:middle]
        yield whole.text[middle:]
        yield whole


@dataclass
class AbsentEngine:
    """No engine answers at any address."""

    def at(self, url: str) -> ScriptedEngine:
        """Nobody there."""
        raise EngineUnavailable(
            "No engine answers at {url}. Start it with “make run”, or check the address.", url=url
        )


@dataclass
class RecordingQueue:
    """Remembers what was handed over."""

    taken: list[tuple[Work, str, tuple[str, ...]]] = field(default_factory=list)

    def enqueue(self, work: Work, subject_id: str, *arguments: str) -> None:
        """Remember it; the same work twice is one."""
        if (work, subject_id, arguments) not in self.taken:
            self.taken.append((work, subject_id, arguments))


@dataclass
class ScriptedRewriter:
    """Puts one of its words behind a message; which one follows from the seed."""

    words: tuple[str, ...] = (*(f"kata{number}" for number in range(9)), "tahan", "buang")
    silent: tuple[Technique, ...] = ()
    resources: Mapping[str, str] = field(default_factory=lambda: {"words": "1"})

    def rewrite(
        self, technique: Technique, parent: Parent, seed: int, max_edits: int
    ) -> Rewriting | None:
        """One rewriting, or None where the technique is silent."""
        if technique in self.silent:
            return None
        words = f"{self.words[seed % len(self.words)]} {technique.value}"
        pivot = "in between" if technique is Technique.BACK_TRANSLATION else ""
        return Rewriting(f"{parent.message} {words}", (Operation("words", "", words),), pivot)


@dataclass
class ScriptedSieve:
    """Holds what says “tahan”, drops what says “buang”, and keeps the rest."""

    resources: Mapping[str, str] = field(default_factory=lambda: {"sieve": "1"})
    beside_what: list[str] = field(default_factory=list)

    def beside(self, messages: Sequence[str]) -> Neighborhood:
        """The messages as they are."""
        self.beside_what = list(messages)
        return Neighbors(self.beside_what)

    def sift(
        self, study: Study, parent: Parent, message: str, route: Route, beside: Neighborhood
    ) -> Sifting:
        """By the word."""
        scores = {"likeness": 0.5}
        if " tahan " in message:
            return Sifting(Fate.HELD, (Reason.LABEL_DOUBT,), scores)
        if " buang " in message:
            return Sifting(Fate.DROPPED, (Reason.PROFANITY, Reason.TOO_LONG), scores)
        return Sifting(Fate.KEPT, (), scores)


@dataclass
class Neighbors:
    """The messages a child must not repeat."""

    messages: list[str]

    def add(self, message: str) -> None:
        """One more."""
        self.messages.append(message)
