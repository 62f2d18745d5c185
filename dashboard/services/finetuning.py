"""Fine-tuning: launching a run, following it, cancelling it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain.datasets import Split
from dashboard.domain.errors import StorageUnavailable
from dashboard.domain.ids import TrainingRunId, new_id, now
from dashboard.domain.training import (
    Checkpoint,
    CurvePoint,
    RunEvent,
    RunStatus,
    TrainingPlan,
    TrainingRun,
)
from dashboard.services.datasets import Datasets
from dashboard.services.ports import Engines, Work, WorkQueue
from dashboard.services.stores import Database


@dataclass(frozen=True)
class RunDetail:
    """A run with its curve by step, its events newest first and the models it kept."""

    run: TrainingRun
    curve: tuple[CurvePoint, ...]
    events: tuple[RunEvent, ...]
    checkpoints: tuple[Checkpoint, ...]


class FineTuning:
    """What researchers do with training runs; the worker calls `advance`."""

    def __init__(
        self, database: Database, datasets: Datasets, engines: Engines, queue: WorkQueue
    ) -> None:
        self.database = database
        self.datasets = datasets
        self.engines = engines
        self.queue = queue

    def launch(self, plan: TrainingPlan, run_id: TrainingRunId | None = None) -> TrainingRun:
        """Record a run and hand it to the worker; the same id twice is one run."""
        run = new_run(plan, run_id or TrainingRunId(new_id()))
        with self.database.transaction() as stores:
            stores.datasets.get(plan.version_id)
            stores.training.add(run)
            run = stores.training.get(run.id)
        try:
            self.queue.enqueue(Work.TRAIN, run.id)
        except StorageUnavailable as error:
            self.fail(run.id, RunStatus.FAILED, str(error))
            raise
        return run

    def runs(self) -> tuple[TrainingRun, ...]:
        """Every run, newest first."""
        with self.database.reading() as stores:
            return stores.training.all()

    def run(self, run_id: TrainingRunId) -> RunDetail:
        """One run with all that is known of it; raises NotFound."""
        with self.database.reading() as stores:
            return RunDetail(
                run=stores.training.get(run_id),
                curve=stores.training.curve(run_id),
                events=stores.training.events(run_id),
                checkpoints=stores.training.checkpoints(run_id),
            )

    def curve(self, run_id: TrainingRunId) -> tuple[CurvePoint, ...]:
        """A run's points by step."""
        with self.database.reading() as stores:
            return stores.training.curve(run_id)

    def base_models(self, engine_url: str) -> tuple[str, ...]:
        """Untuned models an engine offers; raises EngineUnavailable."""
        names = self.engines.at(engine_url).models()
        return tuple(name for name in names if not name.startswith(("ft:", "ftckpt")))

    def cancel(self, run_id: TrainingRunId) -> None:
        """Stop a run; what it has recorded stays. Raises EngineUnavailable if nobody answers."""
        run = self._get(run_id)
        if run.status.is_final:
            return
        if run.job_id is not None:
            self.engines.at(run.plan.engine_url).cancel(run.job_id)
        self.fail(run_id, RunStatus.CANCELLED, None)

    def advance(self, run_id: TrainingRunId) -> TrainingRun:
        """One unit of work: start the engine's job or find it, then look at it; may be repeated."""
        run = self._get(run_id)
        if run.status.is_final:
            return run
        if run.job_id is None:
            return self._take_snapshot(run, self._start(run))
        return self._take_snapshot(run, run.job_id)

    def fail(self, run_id: TrainingRunId, status: RunStatus, error: str | None) -> None:
        """End a run that its engine did not end; a final run is left as it is."""
        with self.database.transaction() as stores:
            if not stores.training.get(run_id).status.is_final:
                stores.training.finish(run_id, status, error)

    def unfinished(self) -> tuple[TrainingRunId, ...]:
        """Runs that somebody must still work on."""
        return tuple(run.id for run in self.runs() if not run.status.is_final)

    def _get(self, run_id: TrainingRunId) -> TrainingRun:
        with self.database.reading() as stores:
            return stores.training.get(run_id)

    def _start(self, run: TrainingRun) -> str:
        plan = run.plan
        files = [
            self.datasets.training_file(plan.version_id, split, plan.system_prompt)
            for split in (Split.TRAIN, Split.VALIDATION)
        ]
        return self.engines.at(plan.engine_url).start(plan, run.id, files[0], files[1])

    def _take_snapshot(self, run: TrainingRun, job_id: str) -> TrainingRun:
        engine = self.engines.at(run.plan.engine_url)
        snapshot = engine.snapshot(job_id)
        with self.database.transaction() as stores:
            stores.training.record(run.id, snapshot)
            recorded = stores.training.get(run.id)
        if recorded.status is RunStatus.CANCELLED and not snapshot.status.is_final:
            engine.cancel(job_id)  # somebody cancelled while the job was being created
        return recorded


def new_run(plan: TrainingPlan, run_id: TrainingRunId) -> TrainingRun:
    """A run that waits for the worker."""
    return TrainingRun(
        id=run_id,
        plan=plan,
        status=RunStatus.WAITING,
        job_id=None,
        model=None,
        error=None,
        total_steps=None,
        trained_tokens=None,
        created_at=now(),
        finished_at=None,
    )
