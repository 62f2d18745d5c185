"""Scoring: BERTScore of every output against its reference, and the figures per system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.domain.generation import GenerationRun, Output, OutputStatus, System
from dashboard.domain.ids import GenerationRunId, OutputId, RevisionId, new_id
from dashboard.domain.results import BERTSCORE, Results
from dashboard.domain.scores import PairScores, Score, SystemResult
from dashboard.services.generation import Generation
from dashboard.services.ports import Scorers, Work, WorkQueue
from dashboard.services.stores import Database
from dashboard.statistics.descriptions import describe

SCORED = (OutputStatus.COMPLETE, OutputStatus.TRUNCATED, OutputStatus.EMPTY)
BATCH = 64


class Scoring:
    """What the numbers say; the worker calls `score_some` until nothing is left."""

    def __init__(
        self, database: Database, generation: Generation, scorers: Scorers, queue: WorkQueue
    ) -> None:
        self.database = database
        self.generation = generation
        self.scorers = scorers
        self.queue = queue

    def encoders(self) -> tuple[str, ...]:
        """Encoders on this machine, the preferred one first."""
        return self.scorers.available()

    def rescore(self, run_id: GenerationRunId, encoder: str) -> None:
        """Hand a run to the worker to be scored with another encoder; each wish is a new try."""
        self.queue.enqueue(Work.SCORE, run_id, encoder, new_id())

    def score_some(self, run_id: GenerationRunId, encoder: str | None = None) -> int:
        """Score one batch of outputs; how many are left. May be repeated."""
        waiting = self.unscored(run_id, encoder)
        if waiting:
            self.score(run_id, waiting[:BATCH], encoder)
        return max(len(waiting) - BATCH, 0)

    def signatures(self, run_id: GenerationRunId) -> tuple[str, ...]:
        """Signatures a run has scores of, newest first."""
        with self.database.reading() as stores:
            return stores.scores.signatures(run_id)

    def unscored(self, run_id: GenerationRunId, encoder: str | None = None) -> tuple[Output, ...]:
        """Outputs with a text that this encoder has not scored yet."""
        signature = self.scorers.get(encoder).signature
        with self.database.reading() as stores:
            scored = stores.scores.scored(run_id, signature)
            outputs = stores.generation.outputs(run_id)
        return tuple(one for one in outputs if one.status in SCORED and one.id not in scored)

    def score(
        self, run_id: GenerationRunId, outputs: Sequence[Output], encoder: str | None = None
    ) -> None:
        """BERTScore of these outputs, saved under the scorer's signature."""
        references = self._references(run_id)
        scorer = self.scorers.get(encoder)
        pairs = scorer.score(
            [one.text for one in outputs], [references[one.revision_id] for one in outputs]
        )
        with self.database.transaction() as stores:
            stores.scores.save(
                [
                    score
                    for output, pair in zip(outputs, pairs, strict=True)
                    for score in _scores(output.id, pair, scorer.signature)
                ]
            )

    def results(self, run_id: GenerationRunId, signature: str | None = None) -> Results:
        """Everything one generation run shows, with scores of one signature."""
        comparisons = self.generation.comparisons(run_id)
        outputs = [output for row in comparisons for output in row.outputs]
        with self.database.reading() as stores:
            run = stores.generation.get(run_id)
            known = stores.scores.signatures(run_id)
            signature = signature or (known[0] if known else None)
            found = stores.scores.of_run(run_id, signature) if signature else ()
            values = _by_output(found)
            return Results(
                version=stores.datasets.get(run.version_id),
                training=stores.training.get(run.training_run_id),
                curve=stores.training.curve(run.training_run_id),
                checkpoints=stores.training.checkpoints(run.training_run_id),
                generation=run,
                signature=signature,
                systems=tuple(
                    _figures(run, system, outputs, values, len(comparisons))
                    for system in run.systems
                ),
                comparisons=comparisons,
                scores=values,
            )

    def _references(self, run_id: GenerationRunId) -> Mapping[RevisionId, str]:
        return {one.revision_id: one.reference for one in self.generation.comparisons(run_id)}


def _scores(output_id: OutputId, pair: PairScores, signature: str) -> list[Score]:
    values = (pair.precision, pair.recall, pair.f1)
    return [
        Score(output_id, metric, value, signature)
        for metric, value in zip(BERTSCORE, values, strict=True)
    ]


def _by_output(scores: Sequence[Score]) -> dict[str, dict[str, float]]:
    values: dict[str, dict[str, float]] = {}
    for score in scores:
        values.setdefault(score.output_id, {})[score.metric] = score.value
    return values


def _figures(
    run: GenerationRun,
    system: System,
    outputs: Sequence[Output],
    scores: Mapping[str, Mapping[str, float]],
    rows: int,
) -> SystemResult:
    own = [one for one in outputs if one.system is system.kind]
    columns = {
        metric: [scores[one.id][metric] for one in own if metric in scores.get(one.id, {})]
        for metric in BERTSCORE
    }
    usages = [one.usage for one in own if one.usage is not None]
    columns["prompt_tokens"] = [float(usage.prompt_tokens) for usage in usages]
    columns["completion_tokens"] = [float(usage.completion_tokens) for usage in usages]
    columns["total_tokens"] = [float(usage.total_tokens) for usage in usages]
    return SystemResult(
        kind=system.kind,
        model=system.model,
        prompt=system.prompt,
        shots=system.shots,
        figures={name: describe(values) for name, values in columns.items() if values},
        outputs=len(own),
        missing=rows * run.repeats - len(own),
        flagged=sum(one.status is not OutputStatus.COMPLETE for one in own),
    )
