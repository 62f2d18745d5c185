"""Results: whether the tuned model beats the base, with every figure and its recipe."""

from __future__ import annotations

import streamlit as st

from dashboard.components.figures import (
    show_charts,
    show_downloads,
    show_notes,
    show_prompts,
    show_table,
)
from dashboard.components.headline import show_headline
from dashboard.components.run_choice import choose_generation
from dashboard.components.scoring_choice import choose_signature, show_rescore
from dashboard.navigation import page
from dashboard.session import _, problems_shown, services

app = services()

st.title(_("Results"))
st.caption(_("Does the tuned model write better than the base model, and what does it cost?"))
runs = app.generation.runs()
if not runs:
    st.info(_("No results yet. Start the quick study on Home; its figures appear here."))
    st.page_link(page("home"), label=_("Home"), icon=":material/home:")
    st.stop()

run = choose_generation(runs)
with problems_shown():
    results = app.scoring.results(run.id, choose_signature(run.id))
    show_headline(results)
    show_charts(results)
    show_table(results)
    show_notes(results)
    show_prompts(results)
    show_downloads(results)
    show_rescore(run.id)
