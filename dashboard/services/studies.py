"""The whole study as one chain: freeze, train, generate, score, report.

Every method the worker calls may be repeated after a crash and changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.domain.datasets import Recipe
from dashboard.domain.errors import InvalidInput
from dashboard.domain.ids import GenerationRunId, StudyRunId, TrainingRunId, new_id, now
from dashboard.domain.studies import Study
from dashboard.domain.study_runs import Step, StepName, StudyPlan, StudyRun
from dashboard.domain.training import RunStatus, TrainingRun
from dashboard.services.datasets import Datasets
from dashboard.services.finetuning import FineTuning, new_run
from dashboard.services.generation import Generation
from dashboard.services.planning import generation_run, training_plan
from dashboard.services.ports import Work, WorkQueue
from dashboard.services.scoring import Scoring
from dashboard.services.stores import Database

BATCH = 16


@dataclass(frozen=True)
class Services:
    """What the chain is made of."""

    datasets: Datasets
    finetuning: FineTuning
    generation: Generation
    scoring: Scoring


class Studies:
    """Study runs: launching them, following them, and the steps the worker takes."""

    def __init__(
        self,
        database: Database,
        services: Services,
        studies: Mapping[str, Study],
        queue: WorkQueue,
    ) -> None:
        self.database = database
        self.services = services
        self.studies = studies
        self.queue = queue

    def launch(self, plan: StudyPlan, run_id: StudyRunId | None = None) -> StudyRun:
        """Record a study run and hand it to the worker; the same id twice is one run."""
        if plan.study not in self.studies:
            raise InvalidInput("There is no study “{name}” under data/studies.", name=plan.study)
        run = StudyRun(
            id=run_id or StudyRunId(new_id()),
            plan=plan,
            status=RunStatus.WAITING,
            error=None,
            steps=tuple(Step(name, RunStatus.WAITING, 0, 0) for name in StepName),
            version_id=None,
            training_run_id=None,
            generation_run_id=None,
            created_at=now(),
            finished_at=None,
        )
        with self.database.transaction() as stores:
            stores.study_runs.add(run)
        self.queue.enqueue(Work.STUDY, run.id)
        return run

    def runs(self, study: str) -> tuple[StudyRun, ...]:
        """Every run of a study, newest first."""
        with self.database.reading() as stores:
            return stores.study_runs.all(study)

    def run(self, run_id: StudyRunId) -> StudyRun:
        """One run; raises NotFound."""
        with self.database.reading() as stores:
            return stores.study_runs.get(run_id)

    def progress(self, run_id: StudyRunId, step: Step) -> None:
        """Show how far a step is."""
        with self.database.transaction() as stores:
            stores.study_runs.set_step(run_id, step)
            if not stores.study_runs.get(run_id).status.is_final:
                stores.study_runs.set_status(run_id, RunStatus.RUNNING)

    def finish(self, run_id: StudyRunId) -> None:
        """The chain is through."""
        with self.database.transaction() as stores:
            stores.study_runs.set_status(run_id, RunStatus.SUCCEEDED, finished_at=now())

    def fail(self, run_id: StudyRunId, error: str) -> None:
        """The chain stopped; the running step shows where, the sentence says why."""
        with self.database.transaction() as stores:
            for step in stores.study_runs.get(run_id).steps:
                if step.status is RunStatus.RUNNING:
                    failed = Step(step.name, RunStatus.FAILED, step.done, step.total)
                    stores.study_runs.set_step(run_id, failed)
            stores.study_runs.set_status(run_id, RunStatus.FAILED, error, now())

    def cancel(self, run_id: StudyRunId) -> None:
        """Stop a run at its next unit of work; what it has produced stays."""
        run = self.run(run_id)
        if run.status.is_final:
            return
        if run.training_run_id is not None:
            self.services.finetuning.cancel(run.training_run_id)
        with self.database.transaction() as stores:
            stores.study_runs.set_status(run_id, RunStatus.CANCELLED, finished_at=now())

    def freeze(self, run_id: StudyRunId) -> None:
        """Freeze the version this run trains and proves on."""
        plan = self.run(run_id).plan
        recipe = Recipe(seed=plan.seed, accepted_only=plan.accepted_only, limit=plan.rows)
        version = self.services.datasets.freeze(plan.study, recipe)
        with self.database.transaction() as stores:
            stores.study_runs.link(run_id, version_id=version.id)
        self.progress(run_id, units_done(StepName.FREEZE, 1, 1))

    def begin_training(self, run_id: StudyRunId) -> TrainingRun:
        """Record the training run once and start its job."""
        with self.database.transaction() as stores:
            run = stores.study_runs.get(run_id)
            if run.training_run_id is None:
                training = new_run(
                    training_plan(run, self.studies[run.plan.study]), TrainingRunId(new_id())
                )
                stores.training.add(training)
                stores.study_runs.link(run_id, training_run_id=training.id)
                run = stores.study_runs.get(run_id)
        assert run.training_run_id is not None
        return self.services.finetuning.begin(run.training_run_id)

    def follow_training(self, run_id: StudyRunId) -> TrainingRun:
        """Bring the curve and the progress up to date."""
        run = self.run(run_id)
        assert run.training_run_id is not None
        training = self.services.finetuning.refresh(run.training_run_id)
        curve = self.services.finetuning.run(training.id).curve
        done = max((point.step for point in curve), default=0)
        finished = training.status is RunStatus.SUCCEEDED
        status = RunStatus.SUCCEEDED if finished else RunStatus.RUNNING
        self.progress(run_id, Step(StepName.TRAIN, status, done, training.total_steps or done))
        return training

    def plan_generation(self, run_id: StudyRunId) -> GenerationRunId:
        """Record the generation run once: base, base with examples, tuned."""
        with self.database.transaction() as stores:
            run = stores.study_runs.get(run_id)
            if run.generation_run_id is not None:
                return run.generation_run_id
            assert run.training_run_id is not None
            training = stores.training.get(run.training_run_id)
            generation = generation_run(run, self.studies[run.plan.study], training)
            stores.generation.add(generation)
            stores.study_runs.link(run_id, generation_run_id=generation.id)
            return generation.id

    def write_some(self, run_id: StudyRunId) -> int:
        """Write one batch of outputs; returns how many slots are still empty."""
        generation_id = self._generation_id(run_id)
        pending = self.services.generation.pending(generation_id)
        run = self.services.generation.run(generation_id)
        if pending:
            same = [slot for slot in pending if slot.system is pending[0].system]
            self.services.generation.write(generation_id, same[:BATCH])
        left = len(self.services.generation.pending(generation_id))
        total = len(self.services.generation.comparisons(generation_id))
        total *= run.repeats * len(run.systems)
        self.progress(run_id, units_done(StepName.GENERATE, total - left, total))
        if not left:
            self.services.generation.set_status(generation_id, RunStatus.SUCCEEDED)
        return left

    def score_some(self, run_id: StudyRunId) -> int:
        """Score one batch of outputs; returns how many are left."""
        generation_id = self._generation_id(run_id)
        waiting = self.services.scoring.unscored(generation_id)
        if waiting:
            self.services.scoring.score(generation_id, waiting[: 4 * BATCH])
        left = max(len(waiting) - 4 * BATCH, 0)
        total = sum(one.outputs for one in self.services.scoring.results(generation_id).systems)
        self.progress(run_id, units_done(StepName.SCORE, total - left, total))
        return left

    def _generation_id(self, run_id: StudyRunId) -> GenerationRunId:
        generation_id = self.run(run_id).generation_run_id
        assert generation_id is not None
        return generation_id


def units_done(name: StepName, done: int, total: int) -> Step:
    """A step that has succeeded when all its units are done."""
    status = RunStatus.SUCCEEDED if done >= total else RunStatus.RUNNING
    return Step(name, status, done, total)
