"""What a training process is told: one readable file in the job's folder."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from ..disk import read_json, write_json
from ..names import tuned_name
from ..records.jobs import AdapterShape, Job

TRAINING_ROWS: Final = "training.jsonl"
VALIDATION_ROWS: Final = "validation.jsonl"
ADAPTER: Final = "model"


@dataclass(frozen=True)
class TrainingPlan:
    """Everything that decides the outcome of a run, beside the rows themselves."""

    base_folder: str
    tuned_name: str
    seed: int
    epochs: int
    batch_size: int
    rate_multiplier: float
    adapter: AdapterShape

    def write(self, job_folder: Path) -> None:
        """Leave the plan where the training process looks for it."""
        write_json(job_folder / "plan.json", asdict(self))


def read_plan(job_folder: Path) -> TrainingPlan:
    """The plan of a job's folder."""
    record = read_json(job_folder / "plan.json")
    return TrainingPlan(**{**record, "adapter": AdapterShape(**record["adapter"])})


def plan_for(job: Job, base_folder: Path) -> TrainingPlan:
    """The plan of a job whose hyperparameters are numbers by now."""
    numbers = job.hyperparameters
    return TrainingPlan(
        base_folder=str(base_folder),
        tuned_name=tuned_name(job.model, job.suffix, job.id),
        seed=job.seed,
        epochs=int(numbers.n_epochs),
        batch_size=int(numbers.batch_size),
        rate_multiplier=float(numbers.learning_rate_multiplier),
        adapter=job.adapter,
    )
