"""Study runs: launching them, following them, ending them."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.domain.errors import (
    EngineRefused,
    EngineUnavailable,
    InvalidInput,
    StorageUnavailable,
)
from dashboard.domain.ids import StudyRunId, new_id, now
from dashboard.domain.studies import Study
from dashboard.domain.study_runs import Step, StepName, StudyPlan, StudyRun
from dashboard.domain.training import RunStatus
from dashboard.services.chain import Chain
from dashboard.services.finetuning import FineTuning
from dashboard.services.ports import Work, WorkQueue
from dashboard.services.stores import Database


class Studies:
    """What researchers do with study runs; the worker calls `advance`."""

    def __init__(
        self,
        database: Database,
        chain: Chain,
        studies: Mapping[str, Study],
        queue: WorkQueue,
    ) -> None:
        self.database = database
        self.chain = chain
        self.finetuning: FineTuning = chain.links.finetuning
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
        try:
            self.queue.enqueue(Work.STUDY, run.id)
        except StorageUnavailable as error:
            self.fail(run.id, str(error))
            raise
        return run

    def runs(self, study: str) -> tuple[StudyRun, ...]:
        """Every run of a study, newest first."""
        with self.database.reading() as stores:
            return stores.study_runs.all(study)

    def run(self, run_id: StudyRunId) -> StudyRun:
        """One run; raises NotFound."""
        with self.database.reading() as stores:
            return stores.study_runs.get(run_id)

    def unfinished(self) -> tuple[StudyRunId, ...]:
        """Runs that somebody must still work on, of every study."""
        return tuple(
            run.id for name in self.studies for run in self.runs(name) if not run.status.is_final
        )

    def fail(self, run_id: StudyRunId, error: str) -> None:
        """The chain stopped; the running step shows where, the sentence says why."""
        self._close(run_id, RunStatus.FAILED, error)

    def cancel(self, run_id: StudyRunId) -> None:
        """Stop a run; what it has produced stays."""
        self._close(run_id, RunStatus.CANCELLED, None)

    def advance(self, run_id: StudyRunId) -> bool:
        """One unit of work on a run; False when nothing is left to do."""
        return self.chain.advance(run_id)

    def _close(self, run_id: StudyRunId, status: RunStatus, error: str | None) -> None:
        """End a run with everything it had under way; our word first, then the engine's."""
        with self.database.transaction() as stores:
            run = stores.study_runs.get(run_id)
            if run.status.is_final:
                return
            for step in run.steps:
                if step.status is RunStatus.RUNNING:
                    ended = Step(step.name, status, step.done, step.total)
                    stores.study_runs.set_step(run_id, ended)
            if run.generation_run_id is not None:
                stores.generation.set_status(run.generation_run_id, status, error)
            stores.study_runs.set_status(run_id, status, error, now())
        if run.training_run_id is not None:
            try:
                self.finetuning.cancel(run.training_run_id)
            except (EngineUnavailable, EngineRefused) as fault:
                why = f"Its engine could not be told: {fault}"
                self.finetuning.fail(run.training_run_id, RunStatus.CANCELLED, why)
