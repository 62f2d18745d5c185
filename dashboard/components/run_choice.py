"""Choosing a run; the choice stands in the address."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.choices import linked_select
from dashboard.components.numbers import moment
from dashboard.domain.generation import GenerationRun, SystemKind
from dashboard.domain.training import TrainingRun
from dashboard.session import _


def choose_training(runs: Sequence[TrainingRun]) -> TrainingRun:
    """The chosen training run; the newest until somebody chooses."""
    words: dict[str, str] = {
        one.id: f"{moment(one.created_at)} · {one.plan.base_model}" for one in runs
    }
    chosen = linked_select(_("Training"), words, "run")
    return next((one for one in runs if one.id == chosen), runs[0])


def choose_generation(runs: Sequence[GenerationRun]) -> GenerationRun:
    """The chosen comparison; the newest until somebody chooses."""
    words: dict[str, str] = {
        one.id: f"{moment(one.created_at)} · {_base_model(one)}" for one in runs
    }
    chosen = linked_select(_("Comparison"), words, "comparison")
    return next((one for one in runs if one.id == chosen), runs[0])


def _base_model(run: GenerationRun) -> str:
    bases = [one.model for one in run.systems if one.kind is SystemKind.BASE]
    return bases[0] if bases else "–"
