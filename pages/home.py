"""Home: what Afektif is, where to go next, what the study showed, and how far it is."""

from __future__ import annotations

import streamlit as st

from dashboard.components.headline import show_headline
from dashboard.components.numbers import number
from dashboard.components.study_controls import latest_run, show_study
from dashboard.components.words import VERDICT_ICONS, verdict_word
from dashboard.domain.training import RunStatus
from dashboard.navigation import page
from dashboard.session import _, problems_shown, services

app = services()

st.title("Afektif")
st.markdown(
    _(
        "Experts collect and review short motivational messages to students in online classes. "
        "A language model learns from them, and everyone can see whether it then writes better "
        "than before."
    )
)

st.header(_("Where to go next"))
with st.grid(2, min_column_width=280, gap="xsmall"):
    for name, label in (
        ("review", _("Review: would you send this message?")),
        ("guideline", _("Read what experts judge by")),
        ("progress", _("See what waits for you and how far the team is")),
        ("examples", _("Find, read and edit the examples")),
        ("compare", _("Read what the models wrote, side by side")),
        ("results", _("See all figures and download the report")),
    ):
        target = page(name)
        st.page_link(target, label=label, icon=target.icon)

run = latest_run()
if run is not None and run.status is RunStatus.SUCCEEDED and run.generation_run_id is not None:
    st.header(_("What the study showed"))
    with problems_shown():
        show_headline(app.scoring.results(run.generation_run_id))

st.header(_("The examples"))
with st.grid(4, min_column_width=130):
    for verdict, count in app.curation.counts(app.study.name).items():
        st.metric(
            verdict_word(verdict).capitalize(),
            number(count),
            icon=VERDICT_ICONS[verdict],
            border=True,
        )
st.caption(
    _(
        "The starters are written for this project and unreviewed until an expert decides. They "
        "are not the study's expert-verified set."
    )
)

st.header(_("The study, step by step"))
show_study(run)
