"""Scores: a value, the metric and the signature that says how it was computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.domain.ids import OutputId


@dataclass(frozen=True)
class Score:
    """One number about one output; scores of different signatures never mix."""

    output_id: OutputId
    metric: str
    value: float
    signature: str


@dataclass(frozen=True)
class PairScores:
    """BERTScore of one candidate against its reference (Zhang et al. 2020), each in [-1, 1]."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Description:
    """The study's eight figures; std with n - 1 (None for one value), linear quartiles."""

    count: int
    mean: float
    std: float | None
    min: float
    q1: float
    median: float
    q3: float
    max: float


@dataclass(frozen=True)
class SystemResult:
    """One system's figures, by metric name."""

    kind: str
    model: str
    prompt: str
    shots: int
    figures: Mapping[str, Description]
    outputs: int
    missing: int
    flagged: int
