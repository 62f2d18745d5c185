"""Reads a fine-tuning job with its events and checkpoints into our words.

Vendor words are translated totally: an unknown status is kept as text and polling goes on.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dashboard.domain.training import Checkpoint, CurvePoint, JobSnapshot, RunEvent, RunStatus
from dashboard.engines.translating import in_json

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types.fine_tuning import FineTuningJob, FineTuningJobEvent

STATUS_OF = {
    "validating_files": RunStatus.VALIDATING,
    "queued": RunStatus.QUEUED,
    "pending": RunStatus.QUEUED,
    "running": RunStatus.RUNNING,
    "pausing": RunStatus.RUNNING,
    "paused": RunStatus.PAUSED,
    "succeeded": RunStatus.SUCCEEDED,
    "failed": RunStatus.FAILED,
    "cancelled": RunStatus.CANCELLED,
}
PAGE = 100
MAX_PAGES = 10_000


class JobReader:
    """Remembers the events it has read, so that each look asks only for the new ones."""

    def __init__(self) -> None:
        self._events: dict[str, dict[str, FineTuningJobEvent]] = {}

    def status(self, job: FineTuningJob) -> RunStatus:
        """Our word for the job's status; an unknown one counts as running."""
        return STATUS_OF.get(str(job.status), RunStatus.RUNNING)

    def read(self, client: OpenAI, job_id: str) -> JobSnapshot:
        """The job as it stands. Raises what the client raises."""
        job = in_json(client.fine_tuning.jobs.retrieve(job_id))
        events = self._all_events(client, job_id)
        points = _curve(events)
        return JobSnapshot(
            job_id=job.id,
            status=self.status(job),
            status_text=str(job.status),
            model=job.fine_tuned_model,
            error=_error(job),
            total_steps=_total_steps(events),
            trained_tokens=job.trained_tokens,
            points=points,
            events=tuple(_event(one) for one in events),
            checkpoints=_checkpoints(client, job_id),
        )

    def _all_events(self, client: OpenAI, job_id: str) -> list[FineTuningJobEvent]:
        from openai import omit

        known = self._events.setdefault(job_id, {})
        fresh: dict[str, FineTuningJobEvent] = {}
        after: str | None = None
        for _ in range(MAX_PAGES):
            page = client.fine_tuning.jobs.list_events(job_id, limit=PAGE, after=after or omit)
            new = [one for one in page.data or [] if one.id not in known and one.id not in fresh]
            fresh |= {one.id: one for one in new}
            if len(new) < len(page.data or []) or not new or not page.has_more:
                break
            after = new[-1].id
        known |= dict(reversed(fresh.items()))
        return list(known.values())


def _event(event: FineTuningJobEvent) -> RunEvent:
    created_at = datetime.fromtimestamp(event.created_at, UTC)
    return RunEvent(event.id, created_at, str(event.level), event.message)


def _error(job: FineTuningJob) -> str | None:
    return job.error.message if job.error and job.error.message else None


def _metrics(event: FineTuningJobEvent) -> dict[str, object]:
    return event.data if isinstance(event.data, dict) else {}


def _number(data: dict[str, object], *names: str) -> float | None:
    for name in names:
        value = data.get(name)
        if isinstance(value, (int, float)):
            return float(value)
    return None


def _total_steps(events: list[FineTuningJobEvent]) -> int | None:
    totals = [_number(_metrics(one), "total_steps") for one in events]
    known = [int(one) for one in totals if one is not None]
    return max(known) if known else None


def _curve(events: list[FineTuningJobEvent]) -> tuple[CurvePoint, ...]:
    points: dict[int, CurvePoint] = {}
    for event in events:
        data = _metrics(event)
        step = _number(data, "step")
        if step is None:
            continue
        old = points.get(int(step), CurvePoint(int(step)))
        points[int(step)] = CurvePoint(
            step=int(step),
            train_loss=_either(_number(data, "train_loss"), old.train_loss),
            train_accuracy=_either(
                _number(data, "train_mean_token_accuracy", "train_accuracy"), old.train_accuracy
            ),
            valid_loss=_either(_number(data, "full_valid_loss", "valid_loss"), old.valid_loss),
            valid_accuracy=_either(
                _number(data, "full_valid_mean_token_accuracy", "valid_mean_token_accuracy"),
                old.valid_accuracy,
            ),
        )
    return tuple(points[step] for step in sorted(points))


def _either(new: float | None, old: float | None) -> float | None:
    return old if new is None else new


def _checkpoints(client: OpenAI, job_id: str) -> tuple[Checkpoint, ...]:
    page = client.fine_tuning.jobs.checkpoints.list(job_id, limit=PAGE)
    return tuple(
        Checkpoint(
            step=one.step_number,
            model=one.fine_tuned_model_checkpoint,
            valid_loss=one.metrics.full_valid_loss or one.metrics.valid_loss,
        )
        for one in sorted(page.data or [], key=lambda one: one.step_number)
    )
