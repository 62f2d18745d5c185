"""What a run tells while it goes: a line for every step, a checkpoint for every epoch."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..names import checkpoint_name
from ..records.checkpoints import KEPT, CheckpointShelf
from ..records.events import EventLog
from .adapter import copy_adapter, save_adapter
from .loss import Measured
from .plan import ADAPTER


def step_metrics(step: int, total: int, train: Measured) -> dict[str, float]:
    """The numbers of a step by OpenAI's names."""
    return {
        "step": step,
        "total_steps": total,
        "train_loss": round(train.loss, 6),
        "train_mean_token_accuracy": round(train.accuracy, 6),
    }


def validation_metrics(valid: Measured) -> dict[str, float]:
    """The numbers of an evaluation, which here always reads the whole validation file."""
    loss, accuracy = round(valid.loss, 6), round(valid.accuracy, 6)
    return {
        "valid_loss": loss,
        "valid_mean_token_accuracy": accuracy,
        "full_valid_loss": loss,
        "full_valid_mean_token_accuracy": accuracy,
    }


@dataclass
class Progress:
    """Writes a run's events and adapters, and remembers which epoch was best."""

    folder: Path
    name: str
    log: EventLog
    shelf: CheckpointShelf
    best_step: int = 0
    best_loss: float = float("inf")
    steps: list[int] = field(default_factory=list)

    def stepped(self, metrics: dict[str, float]) -> None:
        """Tell one step's numbers."""
        text = f"Step {metrics['step']}/{metrics['total_steps']}: "
        text += f"training loss={metrics['train_loss']:.2f}"
        if "valid_loss" in metrics:
            text += f", validation loss={metrics['valid_loss']:.2f}"
            text += f", full validation loss={metrics['full_valid_loss']:.2f}"
        self.log.measure(text, metrics)

    def epoch_ended(self, network: Any, metrics: dict[str, float], loss: float) -> None:
        """Keep the adapter if it may still be asked for: the last three and the best."""
        step = int(metrics["step"])
        save_adapter(network, self.shelf.folder(step))
        named = {key: value for key, value in metrics.items() if key != "total_steps"}
        checkpoint = self.shelf.add(checkpoint_name(self.name, step), step, named)
        self.steps.append(step)
        if loss < self.best_loss:
            self.best_step, self.best_loss = step, loss
        for old in self.steps[:-KEPT]:
            if old != self.best_step:
                shutil.rmtree(self.shelf.folder(old), ignore_errors=True)
        self.log.say(f"Checkpoint created at step {step}: {checkpoint.name}")

    def choose_best(self, judged_by: str) -> None:
        """Make the best epoch the job's model and say which it was."""
        copy_adapter(self.shelf.folder(self.best_step), self.folder / ADAPTER)
        epoch = self.steps.index(self.best_step) + 1
        self.log.say(
            f"The model is the adapter after epoch {epoch} of {len(self.steps)} "
            f"(step {self.best_step}), which has the lowest {judged_by} ({self.best_loss:.4f})."
        )
        if self.best_step not in self.steps[-KEPT:]:
            shutil.rmtree(self.shelf.folder(self.best_step), ignore_errors=True)
