"""Which encoder's scores to read, and scoring again with another."""

from __future__ import annotations

import streamlit as st

from dashboard.components.choices import select
from dashboard.domain.ids import GenerationRunId
from dashboard.session import _, acting, outcome, services, written


def choose_signature(run_id: GenerationRunId) -> str | None:
    """The signature to show; None while nothing is scored."""
    signatures = services().scoring.signatures(run_id)
    if len(signatures) > 1:
        words = {one: one for one in signatures}
        return select(_("Scored with"), words, f"results.signature.{run_id}")
    return signatures[0] if signatures else None


def show_rescore(run_id: GenerationRunId) -> None:
    """Offer the other encoders of this machine."""
    encoders = services().scoring.encoders()
    outcome("results")
    if len(encoders) < 2:
        return
    with st.form("results.rescore", enter_to_submit=False):
        words = {one: one for one in encoders}
        select(_("Score again with another encoder"), words, "results.encoder", encoders[1])
        st.form_submit_button(
            _("Score again"), key="results.score_again", on_click=rescore, args=(run_id,)
        )


def rescore(run_id: GenerationRunId) -> None:
    """Hand the comparison to the worker, to be scored with the chosen encoder."""
    with acting("results", _("The scoring is handed over. Open this page again in a few minutes.")):
        services().scoring.rescore(run_id, str(written("results.encoder")))
