"""The adapters that a job saved after its epochs, each usable as a model while it is kept."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from ..disk import append_line, read_lines
from ..names import new_id

KEPT: Final = 3


@dataclass(frozen=True)
class Checkpoint:
    """The weights after one epoch and what they scored."""

    id: str
    created: float
    name: str
    step: int
    metrics: dict[str, float]

    def answer(self, job_id: str) -> dict[str, Any]:
        """The checkpoint as OpenAI's object."""
        return {
            "id": self.id,
            "object": "fine_tuning.job.checkpoint",
            "created_at": int(self.created),
            "fine_tuned_model_checkpoint": self.name,
            "fine_tuning_job_id": job_id,
            "step_number": self.step,
            "metrics": self.metrics,
        }


class CheckpointShelf:
    """The checkpoints of one job, oldest first."""

    def __init__(self, job_folder: Path) -> None:
        self._index = job_folder / "checkpoints.jsonl"
        self._folder = job_folder / "checkpoints"

    def folder(self, step: int) -> Path:
        """Where the adapter of this step lies."""
        return self._folder / f"step-{step}"

    def add(self, name: str, step: int, metrics: Mapping[str, float]) -> Checkpoint:
        """List a checkpoint whose folder is complete."""
        checkpoint = Checkpoint(new_id("ftckpt_"), time.time(), name, step, dict(metrics))
        append_line(self._index, asdict(checkpoint))
        return checkpoint

    def saved(self) -> list[Checkpoint]:
        """Every checkpoint whose weights still exist."""
        found = (Checkpoint(**record) for record in read_lines(self._index))
        return [checkpoint for checkpoint in found if self.folder(checkpoint.step).is_dir()]

    def served(self) -> list[Checkpoint]:
        """The last three; an older best one lives on as the job's model only."""
        return self.saved()[-KEPT:]
