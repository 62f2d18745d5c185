"""Study runs and their steps; every write may be repeated safely."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Select, Update, select, update
from sqlalchemy.orm import Session

from dashboard.domain.errors import NotFound
from dashboard.domain.ids import GenerationRunId, StudyRunId, TrainingRunId, VersionId
from dashboard.domain.study_runs import Step, StepName, StudyRun
from dashboard.domain.training import RunStatus
from storage.tables.study_runs import StudyRunRow, StudyStepRow
from storage.writing import changed, insert_into, write

ORDER = {name: position for position, name in enumerate(StepName)}


@dataclass(frozen=True)
class StudyRuns:
    """Passes through the chain, and how far each is."""

    session: Session

    def add(self, run: StudyRun) -> None:
        """A new run with its steps; adding the same id again changes nothing."""
        values = {**vars(run), "study": run.plan.study, "plan": asdict(run.plan)}
        del values["steps"]
        insert = insert_into(self.session, StudyRunRow)
        write(self.session, insert.on_conflict_do_nothing(index_elements=["id"]), [values])
        insert = insert_into(self.session, StudyStepRow)
        keep = insert.on_conflict_do_nothing(index_elements=["run_id", "name"])
        write(self.session, keep, [{"run_id": run.id, **vars(step)} for step in run.steps])

    def get(self, run_id: StudyRunId) -> StudyRun:
        """The run; raises NotFound."""
        found = self._runs(select(StudyRunRow).where(StudyRunRow.id == run_id))
        if not found:
            raise _missing()
        return found[0]

    def all(self, study: str) -> tuple[StudyRun, ...]:
        """Every run, newest first."""
        newest_first = (StudyRunRow.created_at.desc(), StudyRunRow.id.desc())
        wanted = select(StudyRunRow).where(StudyRunRow.study == study)
        return self._runs(wanted.order_by(*newest_first))

    def set_step(self, run_id: StudyRunId, step: Step) -> None:
        """How far a step is."""
        insert = insert_into(self.session, StudyStepRow)
        upsert = insert.on_conflict_do_update(
            index_elements=["run_id", "name"],
            set_={name: insert.excluded[name] for name in ("status", "done", "total")},
        )
        write(self.session, upsert, [{"run_id": run_id, **vars(step)}])

    def link(
        self,
        run_id: StudyRunId,
        version_id: VersionId | None = None,
        training_run_id: TrainingRunId | None = None,
        generation_run_id: GenerationRunId | None = None,
    ) -> None:
        """Remember what the run produced; None leaves a link as it is."""
        links = {
            "version_id": version_id,
            "training_run_id": training_run_id,
            "generation_run_id": generation_run_id,
        }
        made = {name: value for name, value in links.items() if value is not None}
        if made:
            self._change(_of(run_id).values(made))

    def set_status(
        self,
        run_id: StudyRunId,
        status: RunStatus,
        error: str | None = None,
        finished_at: datetime | None = None,
    ) -> None:
        """Where the run stands; a run that has ended stays as it ended. Raises NotFound."""
        if not self.get(run_id).status.is_final:
            self._change(_of(run_id).values(status=status, error=error, finished_at=finished_at))

    def _change(self, statement: Update) -> None:
        if not changed(self.session, statement):
            raise _missing()

    def _runs(self, wanted: Select[StudyRunRow]) -> tuple[StudyRun, ...]:
        """The runs with their steps in the order of the chain, in two queries."""
        rows = self.session.scalars(wanted).all()
        of_runs = select(StudyStepRow).where(StudyStepRow.run_id.in_([row.id for row in rows]))
        steps: defaultdict[StudyRunId, list[Step]] = defaultdict(list)
        for step in self.session.scalars(of_runs):
            steps[step.run_id].append(step.as_step())
        for of_run in steps.values():
            of_run.sort(key=lambda step: ORDER[step.name])
        return tuple(row.as_run(tuple(steps[row.id])) for row in rows)


def _of(run_id: StudyRunId) -> Update:
    return update(StudyRunRow).where(StudyRunRow.id == run_id)


def _missing() -> NotFound:
    return NotFound("This study run does not exist, or no longer.")
