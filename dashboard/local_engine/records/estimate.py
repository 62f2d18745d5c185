"""When a running job will probably end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .jobs import Job, JobStatus


def estimated_finish(job: Job, metrics: Sequence[Mapping[str, Any]]) -> int | None:
    """The time of the last step at the pace so far; nothing is known before the second step."""
    if job.status is not JobStatus.RUNNING or len(metrics) < 2:
        return None
    first, last = metrics[0], metrics[-1]
    pace = (last["time"] - first["time"]) / (last["step"] - first["step"])
    return int(last["time"] + pace * (last["total_steps"] - last["step"]))
