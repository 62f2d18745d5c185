"""Choosing a run; the choice stands in the address."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.numbers import moment
from dashboard.components.words import status_word
from dashboard.domain.generation import GenerationRun, SystemKind
from dashboard.domain.training import TrainingRun
from dashboard.session import _


def choose_training(runs: Sequence[TrainingRun]) -> TrainingRun:
    """The chosen training run; the newest until somebody chooses."""
    words = {
        one.id: f"{moment(one.created_at)} · {one.plan.base_model} · {status_word(one.status)}"
        for one in runs
    }
    chosen = st.selectbox(
        _("Training"), list(words), format_func=words.__getitem__, key="run", bind="query-params"
    )
    return next((one for one in runs if one.id == chosen), runs[0])


def choose_generation(runs: Sequence[GenerationRun]) -> GenerationRun:
    """The chosen comparison; the newest until somebody chooses."""
    words = {one.id: f"{moment(one.created_at)} · {_base_model(one)}" for one in runs}
    chosen = st.selectbox(
        _("Comparison"),
        list(words),
        format_func=words.__getitem__,
        key="comparison",
        bind="query-params",
    )
    return next((one for one in runs if one.id == chosen), runs[0])


def _base_model(run: GenerationRun) -> str:
    bases = [one.model for one in run.systems if one.kind is SystemKind.BASE]
    return bases[0] if bases else "–"
