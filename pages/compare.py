"""Compare: what base, few-shot and tuned model wrote for the same student, or write now."""

from __future__ import annotations

import streamlit as st

from dashboard.components.choices import linked_segments
from dashboard.components.live_writing import show_live
from dashboard.components.run_choice import choose_generation
from dashboard.components.stored_outputs import show_stored
from dashboard.domain.training import RunStatus
from dashboard.navigation import page
from dashboard.session import _, problems_shown, services

app = services()

st.title(_("Compare"))
st.caption(
    _(
        "The base model gets long instructions, once alone and once with a few worked examples. "
        "The tuned model gets a short prompt. None of them has seen the held-out rows."
    )
)
runs = [one for one in app.generation.runs() if one.status is RunStatus.SUCCEEDED]
if not runs:
    st.info(_("Nothing to compare yet. Start the quick study on Home; its texts appear here."))
    st.page_link(page("home"), label=_("Home"), icon=":material/home:")
    st.stop()

run = choose_generation(runs)
modes = {"stored": _("Stored outputs"), "live": _("Try live")}
mode = linked_segments(_("View"), modes, "compare.view", "stored")
with problems_shown():
    if mode == "live":
        show_live(app.study, run, app.generation.comparisons(run.id))
    else:
        show_stored(app.study, app.scoring.results(run.id))
