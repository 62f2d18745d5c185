"""When a running job will probably end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .jobs import Job, JobStatus


def estimated_finish(job: Job, metrics: Sequence[Mapping[str, Any]]) -> int | None:
    """The time of the last step at the pace so far; nothing is known before the first step."""
    if job.status is not JobStatus.RUNNING or job.started is None or not metrics:
        return None
    last = metrics[-1]
    pace = (last["time"] - job.started) / last["step"]
    return int(last["time"] + pace * (last["total_steps"] - last["step"]))
