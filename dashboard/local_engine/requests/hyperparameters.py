"""How `auto` becomes a number.

Epochs follow the rule of OpenAI's cookbook. OpenAI publishes no rule for the batch size and the
rate; ours: eight rows a batch, fewer when there are fewer than eighty rows, so that an epoch keeps
about ten steps; and a multiplier of 1 on the rate that `training.schedule.BASE_RATE` states.
"""

from __future__ import annotations

from typing import Final

from ..records.jobs import Hyperparameters
from .fields import Fields

EPOCHS: Final = 3
LEAST_EXAMPLES: Final = 100
MOST_EXAMPLES: Final = 25_000
MOST_AUTO_EPOCHS: Final = 25
BATCH: Final = 8
SMALLEST_RATE: Final = 1e-9
LARGEST_RATE: Final = 1e30


def asked(fields: Fields) -> Hyperparameters:
    """The hyperparameters of a request, still with `auto`."""
    fields.only(
        ("n_epochs", "batch_size", "learning_rate_multiplier"),
        "supervised training takes n_epochs, batch_size and learning_rate_multiplier.",
    )

    def is_auto(name: str) -> bool:
        return fields.value(name) in (None, "auto")

    rate = "learning_rate_multiplier"
    return Hyperparameters(
        "auto" if is_auto("n_epochs") else fields.integer("n_epochs", 1, 50),
        "auto" if is_auto("batch_size") else fields.integer("batch_size", 1, 256),
        "auto" if is_auto(rate) else fields.number(rate, SMALLEST_RATE, LARGEST_RATE),
    )


def resolved(wish: Hyperparameters, rows: int) -> Hyperparameters:
    """The same hyperparameters as numbers, for a training file of so many rows."""
    rate = wish.learning_rate_multiplier
    return Hyperparameters(
        auto_epochs(rows) if wish.n_epochs == "auto" else wish.n_epochs,
        auto_batch(rows) if wish.batch_size == "auto" else wish.batch_size,
        1.0 if rate == "auto" else rate,
    )


def auto_epochs(rows: int) -> int:
    """The cookbook's number of epochs."""
    if rows * EPOCHS < LEAST_EXAMPLES:
        return min(MOST_AUTO_EPOCHS, LEAST_EXAMPLES // rows)
    if rows * EPOCHS > MOST_EXAMPLES:
        return max(1, MOST_EXAMPLES // rows)
    return EPOCHS


def auto_batch(rows: int) -> int:
    """Rows per step."""
    return min(BATCH, max(1, rows // 10))
