"""Training runs with curve, events and checkpoints; every write may be repeated safely."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import Update, func, select, update
from sqlalchemy.orm import Session

from dashboard.domain.errors import NotFound
from dashboard.domain.ids import TrainingRunId, now
from dashboard.domain.training import (
    Checkpoint,
    CurvePoint,
    JobSnapshot,
    RunEvent,
    RunStatus,
    TrainingRun,
)
from storage.tables.training import CheckpointRow, CurvePointRow, RunEventRow, TrainingRunRow
from storage.writing import changed, insert_into, write

FINAL = [status for status in RunStatus if status.is_final]


@dataclass(frozen=True)
class TrainingRuns:
    """Training runs as launched, and what the engine has said about them."""

    session: Session

    def add(self, run: TrainingRun) -> None:
        """A new run; adding the same id again changes nothing."""
        values = {**vars(run), **vars(run.plan)}
        del values["plan"]
        values["hyperparameters"] = asdict(run.plan.hyperparameters)
        values["adapter"] = asdict(run.plan.adapter)
        insert = insert_into(self.session, TrainingRunRow)
        write(self.session, insert.on_conflict_do_nothing(index_elements=["id"]), [values])

    def get(self, run_id: TrainingRunId) -> TrainingRun:
        """The run; raises NotFound."""
        wanted = select(TrainingRunRow).where(TrainingRunRow.id == run_id)
        row = self.session.scalars(wanted).one_or_none()
        if row is None:
            raise _missing()
        return row.as_run()

    def all(self) -> tuple[TrainingRun, ...]:
        """Every run, newest first."""
        newest_first = (TrainingRunRow.created_at.desc(), TrainingRunRow.id.desc())
        rows = self.session.scalars(select(TrainingRunRow).order_by(*newest_first))
        return tuple(row.as_run() for row in rows)

    def record(self, run_id: TrainingRunId, snapshot: JobSnapshot) -> None:
        """What the engine reports: figures replace, points and events merge, an end is final."""
        figures = {
            "job_id": snapshot.job_id,
            "model": snapshot.model,
            "total_steps": snapshot.total_steps,
            "trained_tokens": snapshot.trained_tokens,
        }
        known = {name: value for name, value in figures.items() if value is not None}
        if not changed(self.session, _of(run_id).values(known)):
            raise _missing()
        self._stand(run_id, snapshot.status, snapshot.error)
        self._merge_points(run_id, snapshot.points)
        self._merge_events(run_id, snapshot.events)
        self._merge_checkpoints(run_id, snapshot.checkpoints)

    def finish(self, run_id: TrainingRunId, status: RunStatus, error: str | None) -> None:
        """A final status of our own, when the engine could not give one; raises NotFound."""
        self.get(run_id)
        self._stand(run_id, status, error)

    def curve(self, run_id: TrainingRunId) -> tuple[CurvePoint, ...]:
        """Points by step."""
        wanted = select(CurvePointRow).where(CurvePointRow.run_id == run_id)
        rows = self.session.scalars(wanted.order_by(CurvePointRow.step))
        return tuple(row.as_point() for row in rows)

    def events(self, run_id: TrainingRunId, limit: int = 200) -> tuple[RunEvent, ...]:
        """What happened, newest first."""
        wanted = select(RunEventRow).where(RunEventRow.run_id == run_id)
        newest_first = (RunEventRow.created_at.desc(), RunEventRow.event_id.desc())
        rows = self.session.scalars(wanted.order_by(*newest_first).limit(limit))
        return tuple(row.as_event() for row in rows)

    def checkpoints(self, run_id: TrainingRunId) -> tuple[Checkpoint, ...]:
        """Models kept, by step."""
        wanted = select(CheckpointRow).where(CheckpointRow.run_id == run_id)
        rows = self.session.scalars(wanted.order_by(CheckpointRow.step))
        return tuple(row.as_checkpoint() for row in rows)

    def _stand(self, run_id: TrainingRunId, status: RunStatus, error: str | None) -> None:
        """Where a run stands; one that has ended stays so, whatever a late report says."""
        finished_at = now() if status.is_final else None
        going_on = _of(run_id).where(TrainingRunRow.status.not_in(FINAL))
        changed(self.session, going_on.values(status=status, error=error, finished_at=finished_at))

    def _merge_points(self, run_id: TrainingRunId, points: tuple[CurvePoint, ...]) -> None:
        insert = insert_into(self.session, CurvePointRow)
        table = CurvePointRow.__table__.c
        # A report that lacks a figure does not take away the one we have.
        merged = {
            name: func.coalesce(insert.excluded[name], table[name])
            for name in ("train_loss", "train_accuracy", "valid_loss", "valid_accuracy")
        }
        upsert = insert.on_conflict_do_update(index_elements=["run_id", "step"], set_=merged)
        write(self.session, upsert, [{"run_id": run_id, **vars(point)} for point in points])

    def _merge_events(self, run_id: TrainingRunId, events: tuple[RunEvent, ...]) -> None:
        insert = insert_into(self.session, RunEventRow)
        merge = insert.on_conflict_do_nothing(index_elements=["run_id", "event_id"])
        rows = [
            {
                "run_id": run_id,
                "event_id": event.id,
                "created_at": event.created_at,
                "level": event.level,
                "message": event.message,
            }
            for event in events
        ]
        write(self.session, merge, rows)

    def _merge_checkpoints(self, run_id: TrainingRunId, kept: tuple[Checkpoint, ...]) -> None:
        insert = insert_into(self.session, CheckpointRow)
        loss = func.coalesce(insert.excluded.valid_loss, CheckpointRow.__table__.c.valid_loss)
        upsert = insert.on_conflict_do_update(
            index_elements=["run_id", "step"],
            set_={"model": insert.excluded.model, "valid_loss": loss},
        )
        write(self.session, upsert, [{"run_id": run_id, **vars(one)} for one in kept])


def _of(run_id: TrainingRunId) -> Update:
    return update(TrainingRunRow).where(TrainingRunRow.id == run_id)


def _missing() -> NotFound:
    return NotFound("This training run does not exist, or no longer.")
