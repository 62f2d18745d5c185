"""The results file of a job, with the header that OpenAI's has."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

COLUMNS: Final = {
    "step": "step",
    "train_loss": "train_loss",
    "train_accuracy": "train_mean_token_accuracy",
    "valid_loss": "valid_loss",
    "valid_mean_token_accuracy": "valid_mean_token_accuracy",
}


def results_csv(metrics: Sequence[Mapping[str, Any]]) -> str:
    """One line per step; validation cells are blank where nothing was measured."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for step in metrics:
        writer.writerow([step.get(key, "") for key in COLUMNS.values()])
    return text.getvalue()
