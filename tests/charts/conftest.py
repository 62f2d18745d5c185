"""A finished generation run with hostile texts: what every chart and the report are made from."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dashboard.domain.datasets import DatasetVersion, Recipe
from dashboard.domain.generation import (
    Comparison,
    GenerationRun,
    Output,
    OutputStatus,
    System,
    SystemKind,
    Usage,
)
from dashboard.domain.ids import GenerationRunId, OutputId, RevisionId, TrainingRunId, VersionId
from dashboard.domain.results import BERTSCORE, Results
from dashboard.domain.scores import SystemResult
from dashboard.domain.studies import Decoding
from dashboard.domain.training import (
    Adapter,
    Checkpoint,
    CurvePoint,
    Hyperparameters,
    RunStatus,
    TrainingPlan,
    TrainingRun,
)
from dashboard.statistics.descriptions import describe

HOSTILE = "</script><script>alert(1)</script> & <b>Halo</b> 😊"
MOMENT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
SIGNATURE = "bertscore:all-minilm-l6-v2|weights:53aa51172d14|layer:5|idf:no"
ROWS = 20
BEST = {SystemKind.BASE: 0.60, SystemKind.FEW_SHOT: 0.62, SystemKind.TUNED: 0.70}


def _output(kind: SystemKind, row: int) -> Output:
    truncated = kind is SystemKind.BASE and row == 3
    return Output(
        id=OutputId(f"{kind}-{row}"),
        run_id=GenerationRunId("g1"),
        system=kind,
        revision_id=RevisionId(f"r{row}"),
        repeat=0,
        text=f"{kind} {row} {HOSTILE}",
        status=OutputStatus.TRUNCATED if truncated else OutputStatus.COMPLETE,
        finish_reason="length" if truncated else "stop",
        usage=Usage(100 + row, 20),
        latency_seconds=0.5,
        error=None,
        created_at=MOMENT,
    )


def _comparison(row: int) -> Comparison:
    inputs = {"username": "Raka<img src=x>", "emotion": "sad", "reinforcement": "positive"}
    outputs = tuple(_output(kind, row) for kind in SystemKind)
    return Comparison(RevisionId(f"r{row}"), f"aff-{row:03}", inputs, f"Rujukan {row}", outputs)


def _score(kind: SystemKind, row: int) -> dict[str, float]:
    value = BEST[kind] + (row * 7 % 5) / 100
    return {metric: value + place / 100 for place, metric in enumerate(BERTSCORE)}


def _system(kind: SystemKind) -> SystemResult:
    scores = [_score(kind, row) for row in range(ROWS)]
    columns = {metric: [one[metric] for one in scores] for metric in BERTSCORE}
    columns["prompt_tokens"] = [100.0 + row for row in range(ROWS)]
    columns["completion_tokens"] = [20.0] * ROWS
    columns["total_tokens"] = [120.0 + row for row in range(ROWS)]
    return SystemResult(
        kind=kind,
        model="gemma-3-270m",
        prompt=f"Tulis pesan.\n{HOSTILE}",
        shots=3 if kind is SystemKind.FEW_SHOT else 0,
        figures={name: describe(values) for name, values in columns.items()},
        outputs=ROWS,
        missing=1,
        flagged=int(kind is SystemKind.BASE),
    )


def _training() -> TrainingRun:
    plan = TrainingPlan(
        version_id=VersionId("v1"),
        engine_url="local",
        base_model="gemma-3-270m",
        system_prompt="Tulis.",
        hyperparameters=Hyperparameters(n_epochs=2),
        adapter=Adapter(),
        seed=1,
        suffix="afektif",
    )
    return TrainingRun(
        id=TrainingRunId("t1"),
        plan=plan,
        status=RunStatus.SUCCEEDED,
        job_id="ftjob-1",
        model="ft:gemma-3-270m",
        error=None,
        total_steps=3,
        trained_tokens=900,
        created_at=MOMENT,
        finished_at=MOMENT,
    )


def _generation() -> GenerationRun:
    return GenerationRun(
        id=GenerationRunId("g1"),
        version_id=VersionId("v1"),
        training_run_id=TrainingRunId("t1"),
        engine_url="local",
        systems=tuple(System(kind, "gemma-3-270m", "Tulis pesan.") for kind in SystemKind),
        decoding=Decoding(),
        repeats=1,
        seed=1,
        status=RunStatus.SUCCEEDED,
        error=None,
        created_at=MOMENT,
    )


@pytest.fixture
def results() -> Results:
    """Three systems, twenty rows; the tuned one is ahead by 0.1 on every row."""
    return Results(
        version=DatasetVersion(
            id=VersionId("v1"),
            study="affective-intervention",
            name="v1",
            sha256="ab" * 32,
            recipe=Recipe(),
            counts={"train": 112, "validation": 16, "test": 32},
            unreviewed=150,
            created_at=MOMENT,
        ),
        training=_training(),
        curve=(CurvePoint(1, 3.2), CurvePoint(2, 2.8, valid_loss=2.9), CurvePoint(3, 2.5)),
        checkpoints=(Checkpoint(2, "ftckpt-2", 2.9),),
        generation=_generation(),
        signature=SIGNATURE,
        systems=tuple(_system(kind) for kind in SystemKind),
        comparisons=tuple(_comparison(row) for row in range(ROWS)),
        scores={f"{kind}-{row}": _score(kind, row) for kind in SystemKind for row in range(ROWS)},
    )


@pytest.fixture
def empty_results(results: Results) -> Results:
    """The same run before anything was trained, written or scored."""
    return Results(
        version=results.version,
        training=results.training,
        curve=(),
        checkpoints=(),
        generation=results.generation,
        signature=None,
        systems=tuple(
            SystemResult(one.kind, one.model, one.prompt, one.shots, {}, 0, ROWS, 0)
            for one in results.systems
        ),
        comparisons=(),
        scores={},
    )
