"""Fine-tuning: launching a run, following it, cancelling it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain.datasets import Split
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
    """What researchers do with training runs; the worker calls `begin` and `refresh`."""

    def __init__(
        self, database: Database, datasets: Datasets, engines: Engines, queue: WorkQueue
    ) -> None:
        self.database = database
        self.datasets = datasets
        self.engines = engines
        self.queue = queue

    def launch(self, plan: TrainingPlan, run_id: TrainingRunId | None = None) -> TrainingRun:
        """Record a run and hand it to the worker; the same id twice is one run."""
        run = self.record(plan, run_id or TrainingRunId(new_id()))
        self.queue.enqueue(Work.TRAIN, run.id)
        return run

    def record(self, plan: TrainingPlan, run_id: TrainingRunId) -> TrainingRun:
        """Store a run as launched, without starting it."""
        with self.database.transaction() as stores:
            stores.datasets.get(plan.version_id)
            stores.training.add(new_run(plan, run_id))
            return stores.training.get(run_id)

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

    def base_models(self, engine_url: str) -> tuple[str, ...]:
        """Untuned models an engine offers; raises EngineUnavailable."""
        names = self.engines.at(engine_url).models()
        return tuple(name for name in names if not name.startswith(("ft:", "ftckpt")))

    def cancel(self, run_id: TrainingRunId) -> None:
        """Stop a run; what it has recorded stays."""
        run = self.run(run_id).run
        if run.status.is_final:
            return
        if run.job_id is not None:
            self.engines.at(run.plan.engine_url).cancel(run.job_id)
            self.refresh(run_id)
        self.fail(run_id, RunStatus.CANCELLED, None)

    def begin(self, run_id: TrainingRunId) -> TrainingRun:
        """Start the engine's job for a run, or find the one that was started."""
        run = self.run(run_id).run
        if run.status.is_final or run.job_id is not None:
            return run
        plan = run.plan
        engine = self.engines.at(plan.engine_url)
        job_id = engine.start(
            plan,
            run_id,
            self.datasets.training_file(plan.version_id, Split.TRAIN, plan.system_prompt),
            self.datasets.training_file(plan.version_id, Split.VALIDATION, plan.system_prompt),
        )
        return self._take_snapshot(run, job_id)

    def refresh(self, run_id: TrainingRunId) -> TrainingRun:
        """Bring a run up to date with its engine; a final run is left as it is."""
        run = self.run(run_id).run
        if run.status.is_final or run.job_id is None:
            return run
        return self._take_snapshot(run, run.job_id)

    def fail(self, run_id: TrainingRunId, status: RunStatus, error: str | None) -> None:
        """End a run that its engine did not end; a final run is left as it is."""
        with self.database.transaction() as stores:
            if not stores.training.get(run_id).status.is_final:
                stores.training.finish(run_id, status, error)

    def _take_snapshot(self, run: TrainingRun, job_id: str) -> TrainingRun:
        snapshot = self.engines.at(run.plan.engine_url).snapshot(job_id)
        with self.database.transaction() as stores:
            stores.training.record(run.id, snapshot)
            return stores.training.get(run.id)


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
