"""The chain of a study: freeze, train, generate, score, report, one unit of work at a time.

What comes next follows from what is stored, so a chain goes on from wherever it was cut off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.domain.datasets import Recipe
from dashboard.domain.errors import TrainingStopped
from dashboard.domain.generation import Slot
from dashboard.domain.ids import GenerationRunId, StudyRunId, TrainingRunId, new_id, now
from dashboard.domain.studies import Study
from dashboard.domain.study_runs import Step, StepName, StudyRun
from dashboard.domain.training import RunStatus, TrainingRun
from dashboard.services.datasets import Datasets
from dashboard.services.finetuning import FineTuning, new_run
from dashboard.services.generation import Generation
from dashboard.services.planning import generation_run, training_plan
from dashboard.services.reporting import Reporting
from dashboard.services.scoring import Scoring
from dashboard.services.stores import Database

BATCH = 16


@dataclass(frozen=True)
class Links:
    """The services the chain is made of, and where its reports go."""

    datasets: Datasets
    finetuning: FineTuning
    generation: Generation
    scoring: Scoring
    reporting: Reporting
    reports_dir: Path


class Chain:
    """The worker's next unit of work on a study run."""

    def __init__(self, database: Database, links: Links, studies: Mapping[str, Study]) -> None:
        self.database = database
        self.links = links
        self.studies = studies

    def advance(self, run_id: StudyRunId) -> bool:
        """One unit of work; False when nothing is left to do. May be repeated after a crash."""
        with self.database.reading() as stores:
            run = stores.study_runs.get(run_id)
        if run.status.is_final:
            return False
        if run.version_id is None:
            self._freeze(run)
        elif run.generation_run_id is None:
            self._train(run)
        elif pending := self.links.generation.pending(run.generation_run_id):
            self._write(run, run.generation_run_id, pending)
        elif self.links.scoring.unscored(run.generation_run_id):
            self._score(run, run.generation_run_id)
        else:
            self._report(run, run.generation_run_id)
        return True

    def _freeze(self, run: StudyRun) -> None:
        plan = run.plan
        recipe = Recipe(seed=plan.seed, accepted_only=plan.accepted_only, limit=plan.rows)
        version = self.links.datasets.freeze(plan.study, recipe)
        with self.database.transaction() as stores:
            stores.study_runs.link(run.id, version_id=version.id)
        self._show(run.id, units_done(StepName.FREEZE, 1, 1))

    def _train(self, run: StudyRun) -> None:
        training = self.links.finetuning.advance(self._training_run_id(run))
        if training.status in (RunStatus.FAILED, RunStatus.CANCELLED):
            raise TrainingStopped(
                "Training stopped: {why}", why=training.error or "somebody cancelled it."
            )
        curve = self.links.finetuning.curve(training.id)
        done = max((point.step for point in curve), default=0)
        finished = training.status is RunStatus.SUCCEEDED
        status = RunStatus.SUCCEEDED if finished else RunStatus.RUNNING
        self._show(run.id, Step(StepName.TRAIN, status, done, training.total_steps or done))
        if finished:
            self._plan_generation(run, training)

    def _training_run_id(self, run: StudyRun) -> TrainingRunId:
        """The run's training, recorded once; refuses one that was cancelled meanwhile."""
        with self.database.transaction() as stores:
            current = stores.study_runs.get(run.id)
            if current.training_run_id is None and not current.status.is_final:
                plan = training_plan(current, self.studies[run.plan.study])
                training = new_run(plan, TrainingRunId(new_id()))
                stores.training.add(training)
                stores.study_runs.link(run.id, training_run_id=training.id)
                return training.id
        if current.training_run_id is None:
            raise TrainingStopped("The study was cancelled before its training began.")
        return current.training_run_id

    def _plan_generation(self, run: StudyRun, training: TrainingRun) -> None:
        generation = generation_run(run, self.studies[run.plan.study], training)
        with self.database.transaction() as stores:
            if stores.study_runs.get(run.id).generation_run_id is None:
                stores.generation.add(generation)
                stores.study_runs.link(run.id, generation_run_id=generation.id)

    def _write(
        self, run: StudyRun, generation_id: GenerationRunId, pending: Sequence[Slot]
    ) -> None:
        same = [slot for slot in pending if slot.system is pending[0].system][:BATCH]
        self.links.generation.write(generation_id, same)
        total = len(self.links.generation.slots(generation_id))
        left = len(self.links.generation.pending(generation_id))
        self._show(run.id, units_done(StepName.GENERATE, total - left, total))

    def _score(self, run: StudyRun, generation_id: GenerationRunId) -> None:
        left = self.links.scoring.score_some(generation_id)
        total = len(self.links.generation.slots(generation_id))
        self._show(run.id, units_done(StepName.SCORE, total - left, total))

    def _report(self, run: StudyRun, generation_id: GenerationRunId) -> None:
        total = len(self.links.generation.slots(generation_id))
        self._show(run.id, units_done(StepName.SCORE, total, total))
        self.links.reporting.write(generation_id, self.links.reports_dir / run.id)
        self._show(run.id, units_done(StepName.REPORT, 1, 1))
        self.links.generation.set_status(generation_id, RunStatus.SUCCEEDED)
        with self.database.transaction() as stores:
            stores.study_runs.set_status(run.id, RunStatus.SUCCEEDED, finished_at=now())

    def _show(self, run_id: StudyRunId, step: Step) -> None:
        with self.database.transaction() as stores:
            stores.study_runs.set_step(run_id, step)
            stores.study_runs.set_status(run_id, RunStatus.RUNNING)


def units_done(name: StepName, done: int, total: int) -> Step:
    """A step that has succeeded when all its units are done."""
    status = RunStatus.SUCCEEDED if done >= total else RunStatus.RUNNING
    return Step(name, status, done, total)
