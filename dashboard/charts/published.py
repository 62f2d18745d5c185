"""What the study published, to stand beside ours and never in one test with it."""

from __future__ import annotations

PUBLISHED: dict[str, tuple[float, int]] = {
    "bertscore_precision": (0.78, 2),
    "bertscore_recall": (0.78, 2),
    "bertscore_f1": (0.78, 2),
    "prompt_tokens": (125.51, 2),
    "completion_tokens": (47.72, 2),
    "total_tokens": (173.23, 2),
    "train_loss": (0.8341, 4),
}
"""Means of the tuned GPT-3.5 over 280 interactions and its final training loss, each with the
decimals it was published with."""

PROTOCOL = (
    "The study tuned GPT-3.5 on 1,400 examples (160 expert-verified ones, augmented; split 80/20), "
    "compared it on 280 interactions per model, and computed BERTScore with "
    "bert-base-multilingual-cased at layer 9."
)
CAUTION = (
    "Engines, tokenizers, encoders and data differ: read the directions, not the levels, and "
    "never test one column against the other."
)
