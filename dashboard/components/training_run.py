"""One training as it stands: status, loss curve, kept models and events."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.charts.results import loss_curve
from dashboard.components.numbers import clock, number
from dashboard.components.plain import escaped, plain
from dashboard.components.study_progress import show_fault
from dashboard.components.words import chart_labels, engine_word, status_word
from dashboard.domain.training import Checkpoint, RunEvent
from dashboard.session import RunDetail, _


def show_training(detail: RunDetail) -> None:
    """Draw everything that is known of a training."""
    _show_figures(detail)
    if detail.run.error:
        show_fault(_("The training stopped."), detail.run.error)
    if detail.curve:
        st.plotly_chart(
            loss_curve({detail.run.plan.suffix or "loss": detail.curve}, chart_labels()),
            key="fine_tune.curve",
            config={"displayModeBar": False},
            alt=_("Training and validation loss by step"),
        )
        st.caption(
            _(
                "Loss says how surprised the model is by the right words; lower is better. When "
                "the validation loss rises while the training loss falls, the model starts to "
                "learn by heart."
            )
        )
    elif not detail.run.status.is_final:
        st.info(_("The loss curve appears with the first steps."))
    _show_checkpoints(detail.checkpoints)
    _show_events(detail.events)


def _show_figures(detail: RunDetail) -> None:
    run = detail.run
    done = max((point.step for point in detail.curve), default=0)
    steps = f"{number(done)} / {number(run.total_steps)}" if run.total_steps else number(done)
    tokens = number(run.trained_tokens) if run.trained_tokens else "–"
    with st.grid(3, min_column_width=150):
        st.metric(_("Status"), status_word(run.status))
        st.metric(_("Steps"), steps)
        st.metric(_("Tokens learned from"), tokens)
    if run.total_steps and not run.status.is_final:
        st.progress(min(done / run.total_steps, 1.0))
    plain(
        _(
            "Base model {model} on {engine}, seed {seed}",
            model=run.plan.base_model,
            engine=engine_word(run.plan.engine_url),
            seed=run.plan.seed,
        )
    )
    if run.model:
        plain(_("Tuned model {model}", model=run.model))


def _show_checkpoints(checkpoints: tuple[Checkpoint, ...]) -> None:
    if not checkpoints:
        return
    st.header(_("Models kept on the way"))
    rows = [
        (
            number(one.step),
            escaped(one.model),
            number(one.valid_loss, 3) if one.valid_loss is not None else "–",
        )
        for one in checkpoints
    ]
    columns = [_("Step"), _("Model"), _("Validation loss")]
    st.table(pd.DataFrame(rows, columns=columns), hide_index=True, border="horizontal")


def _show_events(events: tuple[RunEvent, ...]) -> None:
    if not events:
        return
    with st.expander(_("What the engine reported"), key="fine_tune.events"):
        rows = [(clock(one.created_at), one.message) for one in events]
        st.dataframe(
            pd.DataFrame(rows, columns=[_("Time"), _("Report")]),
            hide_index=True,
            key="fine_tune.event_rows",
        )
