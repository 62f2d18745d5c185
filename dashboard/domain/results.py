"""What a study run showed: every figure with the recipe it came from."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain.datasets import DatasetVersion
from dashboard.domain.generation import Comparison, GenerationRun
from dashboard.domain.scores import SystemResult
from dashboard.domain.training import Checkpoint, CurvePoint, TrainingRun

BERTSCORE = ("bertscore_precision", "bertscore_recall", "bertscore_f1")
TOKENS = ("prompt_tokens", "completion_tokens", "total_tokens")
METRICS = (*BERTSCORE, *TOKENS)
ENGLISH_ENCODERS = ("all-minilm-l6-v2",)
"""Encoders that read Indonesian in pieces: they see wording and style more than meaning."""


@dataclass(frozen=True)
class Results:
    """One generation run with its scores of one signature, and the training behind it."""

    version: DatasetVersion
    training: TrainingRun
    curve: tuple[CurvePoint, ...]
    checkpoints: tuple[Checkpoint, ...]
    generation: GenerationRun
    signature: str | None
    systems: tuple[SystemResult, ...]
    comparisons: tuple[Comparison, ...]
    scores: dict[str, dict[str, float]]
    """BERTScore values by output id, then metric."""

    @property
    def encoder_reads_english(self) -> bool:
        """Whether the scores come from an encoder that was not made for Indonesian."""
        return any(f"bertscore:{name}|" in (self.signature or "") for name in ENGLISH_ENCODERS)

    def system(self, kind: str) -> SystemResult | None:
        """The figures of one system."""
        return next((one for one in self.systems if one.kind == kind), None)
