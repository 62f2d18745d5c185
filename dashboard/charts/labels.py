"""What every key in a chart or table is called in English; a page passes its own language."""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH: dict[str, str] = {
    "base": "Base",
    "few_shot": "Base, few-shot",
    "tuned": "Tuned",
    "bertscore": "BERTScore",
    "bertscore_precision": "Precision",
    "bertscore_recall": "Recall",
    "bertscore_f1": "F1",
    "tokens": "Mean tokens per output",
    "prompt_tokens": "Prompt tokens",
    "completion_tokens": "Completion tokens",
    "total_tokens": "Total tokens",
    "loss": "Loss (nats per token)",
    "train_loss": "Training loss",
    "valid_loss": "Validation loss",
    "step": "Step",
    "system": "System",
    "metric": "Metric",
    "count": "Count",
    "mean": "Mean",
    "std": "Std",
    "min": "Min",
    "q1": "Q1",
    "median": "Median",
    "q3": "Q3",
    "max": "Max",
}


def word(labels: Mapping[str, str], key: str) -> str:
    """The label of a key; the key itself where there is none."""
    return labels.get(key, key)
