"""Fine-tune: launch a training, watch its loss, keep or cancel it."""

from __future__ import annotations

import streamlit as st

from dashboard.components.live import live
from dashboard.components.run_choice import choose_training
from dashboard.components.training_form import show_training_form
from dashboard.components.training_run import show_training
from dashboard.domain.ids import TrainingRunId
from dashboard.session import _, acting, outcome, problems_shown, services

app = services()


def cancel(run_id: TrainingRunId) -> None:
    """Stop a training."""
    with acting("training", _("The training was cancelled. What it has recorded stays.")):
        app.finetuning.cancel(run_id)


st.title(_("Fine-tune"))
st.caption(
    _(
        "Fine-tuning shows a small model the examples until it writes in their manner. The "
        "held-out rows are never shown to it; they are for the test afterwards."
    )
)
outcome("training")
versions, runs = app.datasets.all(app.study.name), app.finetuning.runs()

with (
    st.expander(
        _("Start a new training"), expanded=not runs, key="fine_tune.start", icon=":material/add:"
    ),
    problems_shown(),
):
    show_training_form(versions)

if not runs:
    st.info(_("No training has run yet. Start one above, or start the quick study on Home."))
    st.stop()

run = choose_training(runs)


def draw() -> bool:
    """The chosen training; says whether it goes on."""
    detail = app.finetuning.run(run.id)
    show_training(detail)
    return not detail.run.status.is_final


live(draw, not run.status.is_final)
if not run.status.is_final:
    st.button(
        _("Cancel the training"),
        key=f"fine_tune.cancel.{run.id}",
        icon=":material/stop_circle:",
        on_click=cancel,
        args=(run.id,),
    )
