"""One training run from its plan to its adapter."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ..language.dialogue import UnwritableDialogue
from ..language.encoding import EncodedRow, Encoder
from ..language.rows import Row, read_rows
from ..language.weights import BaseModel, UnusableWeights, load_base
from ..records.checkpoints import CheckpointShelf
from ..records.events import EventLog
from ..records.jobs import JobError
from .adapter import with_adapter
from .batches import epoch_batches
from .loss import Measured, backward, evaluate
from .outcome import Outcome, TrainingFailed
from .plan import TRAINING_ROWS, VALIDATION_ROWS, TrainingPlan
from .progress import Progress, step_metrics, validation_metrics
from .schedule import BASE_RATE, rate_factor

LONGEST_ROW: Final = 4096
LARGEST_GRADIENT: Final = 1.0


@dataclass(frozen=True)
class Rows:
    """What is learned and what it is checked on."""

    training: list[EncodedRow]
    validation: list[EncodedRow]


def train(folder: Path, plan: TrainingPlan) -> Outcome:
    """Train an adapter and keep the best epoch."""
    import torch

    log = EventLog(folder)
    base = _base(Path(plan.base_folder))
    longest = min(base.context, LONGEST_ROW)
    rows = Rows(
        _encoded(base.encoder, folder / TRAINING_ROWS, longest, log, "training_file"),
        _encoded(base.encoder, folder / VALIDATION_ROWS, longest, log, "validation_file"),
    )
    torch.manual_seed(plan.seed)
    network = with_adapter(base.network, plan.adapter)
    _introduce(log, network, base)
    progress = Progress(folder, plan.tuned_name, log, CheckpointShelf(folder))
    TrainingLoop(network, base, plan, rows, progress).run()
    progress.choose_best("validation loss" if rows.validation else "training loss of its epoch")
    tokens = sum(len(row.tokens) for row in rows.training) * plan.epochs
    return Outcome(trained_tokens=tokens)


def _base(folder: Path) -> BaseModel:
    try:
        return load_base(folder)
    except UnusableWeights as error:
        raise TrainingFailed(JobError("model_not_loaded", str(error), "model")) from error


def _encoded(
    encoder: Encoder, path: Path, longest: int, log: EventLog, param: str
) -> list[EncodedRow]:
    if not path.exists():
        return []
    encoded = [_encoded_row(encoder, row, longest, param) for row in read_rows(path, least=1)]
    too_long = sum(len(row.tokens) > longest for row in encoded)
    if too_long:
        log.say(f"{too_long} rows of {param} were cut at {longest} tokens.", "warn")
    return [row.cut(longest) for row in encoded]


def _encoded_row(encoder: Encoder, row: Row, longest: int, param: str) -> EncodedRow:
    try:
        encoded = encoder.row(row.messages)
    except UnwritableDialogue as error:
        raise _bad_row(row, f"{error}", param) from error
    if encoded.cut(longest).learned_count == 0:
        advice = f"its answer begins after {longest} tokens; shorten the text before it."
        raise _bad_row(row, advice, param)
    return encoded


def _bad_row(row: Row, advice: str, param: str) -> TrainingFailed:
    return TrainingFailed(JobError(f"invalid_{param}", f"Line {row.line}: {advice}", param))


def _introduce(log: EventLog, network: Any, base: BaseModel) -> None:
    import torch

    trained, everything = network.get_nb_trainable_parameters()
    log.say(
        f"Training {trained:,} of {everything:,} parameters; frozen weights in {base.arithmetic}, "
        f"the adapter in float32, on {torch.get_num_threads()} processor cores."
    )


@dataclass
class TrainingLoop:
    """Steps through the epochs: AdamW on the adapter, clipped gradients, a falling rate."""

    network: Any
    base: BaseModel
    plan: TrainingPlan
    rows: Rows
    progress: Progress

    def __post_init__(self) -> None:
        import torch

        learned = [weight for weight in self.network.parameters() if weight.requires_grad]
        rate = BASE_RATE * self.plan.rate_multiplier
        self._optimizer = torch.optim.AdamW(learned, lr=rate, weight_decay=0.0)
        self._learned = learned
        self._rate = rate
        self._pad = self.base.encoder.tokenizer.pad_token_id or 0
        per_epoch = math.ceil(len(self.rows.training) / self.plan.batch_size)
        self._total = per_epoch * self.plan.epochs
        self._step = 0

    def run(self) -> None:
        """Train all epochs."""
        self.network.train()
        for epoch in range(self.plan.epochs):
            seed = self.plan.seed * 1009 + epoch
            batches = epoch_batches(self.rows.training, self.plan.batch_size, seed)
            losses = [self._learn(batch) for batch in batches[:-1]]
            self._end_epoch(batches[-1], losses)

    def _learn(self, batch: Sequence[EncodedRow]) -> float:
        measured = self._update(batch)
        self.progress.stepped(step_metrics(self._step, self._total, measured))
        return measured.loss

    def _end_epoch(self, batch: Sequence[EncodedRow], losses: list[float]) -> None:
        measured = self._update(batch)
        metrics = step_metrics(self._step, self._total, measured)
        judged = sum([*losses, measured.loss]) / (len(losses) + 1)
        if self.rows.validation:
            valid = evaluate(self.network, self.rows.validation, self._pad)
            metrics |= validation_metrics(self._finite(valid))
            judged = valid.loss
        self.progress.stepped(metrics)
        self.progress.epoch_ended(self.network, metrics, judged)

    def _update(self, batch: Sequence[EncodedRow]) -> Measured:
        import torch

        for group in self._optimizer.param_groups:
            group["lr"] = self._rate * rate_factor(self._step, self._total)
        self._step += 1
        measured = self._finite(backward(self.network, batch, self._pad))
        torch.nn.utils.clip_grad_norm_(self._learned, LARGEST_GRADIENT)
        self._optimizer.step()
        self._optimizer.zero_grad()
        return measured

    def _finite(self, measured: Measured) -> Measured:
        if math.isfinite(measured.loss):
            return measured
        message = f"The loss stopped being a number at step {self._step}: "
        message += "lower learning_rate_multiplier and create the job again."
        raise TrainingFailed(JobError("training_diverged", message, "learning_rate_multiplier"))
