"""Home: what Afektif is, how far the study is, what it showed, and where to go next."""

from __future__ import annotations

import streamlit as st

from dashboard.components.headline import show_headline
from dashboard.components.live import live
from dashboard.components.numbers import number
from dashboard.components.study_progress import show_study_progress
from dashboard.components.words import verdict_word
from dashboard.domain.ids import StudyRunId
from dashboard.domain.study_runs import StudyRun
from dashboard.domain.training import RunStatus
from dashboard.navigation import page
from dashboard.session import _, acting, outcome, problems_shown, quick_plan, services

app = services()


def latest() -> StudyRun | None:
    """The newest study run."""
    return next(iter(app.studies.runs(app.study.name)), None)


def start() -> None:
    """Start the quick study, unless one is under way already."""
    current = latest()
    if current is None or current.status.is_final:
        with acting("home"):
            app.studies.launch(quick_plan())


def cancel(run_id: StudyRunId) -> None:
    """Stop a study run."""
    with acting("home", _("The study was cancelled. What it has made so far stays.")):
        app.studies.cancel(run_id)


def draw_progress() -> bool:
    """The newest run's steps; says whether it goes on."""
    current = latest()
    if current is not None:
        show_study_progress(current)
    return current is not None and not current.status.is_final


st.title("Afektif")
st.markdown(
    _(
        "Experts collect and review short motivational messages to students in online classes. "
        "A language model learns from them, and everyone can see whether it then writes better "
        "than before."
    )
)

counts = app.curation.counts(app.study.name)
with st.container(horizontal=True, gap="small"):
    for verdict, count in counts.items():
        st.metric(verdict_word(verdict).capitalize(), number(count), width=150)
st.caption(
    _(
        "The starters are written for this project and unreviewed until an expert decides. "
        "They are not the study's expert-verified set."
    )
)

run = latest()
running = run is not None and not run.status.is_final
st.subheader(_("The study, step by step"))
outcome("home")
if run is None:
    st.info(
        _(
            "No study has run yet. The quick study trains a small model on this computer, lets "
            "it write, and scores what it wrote. It takes a few minutes."
        ),
        icon=":material/science:",
    )
live(draw_progress, running)
if run is not None and running:
    st.button(_("Cancel the study"), key="home.cancel", on_click=cancel, args=(run.id,))
else:
    again = run is not None and run.status is not RunStatus.SUCCEEDED
    label = _("Run again") if again else _("Start the quick study")
    st.button(label, key="home.start", type="primary", icon=":material/play_arrow:", on_click=start)

if run is not None and run.status is RunStatus.SUCCEEDED and run.generation_run_id is not None:
    st.subheader(_("What it showed"))
    with problems_shown():
        show_headline(app.scoring.results(run.generation_run_id))

st.subheader(_("Where to go next"))
st.page_link(page("examples"), label=_("Review the examples: accept, correct or reject them"))
st.page_link(page("fine_tune"), label=_("Fine-tune a model with your own settings"))
st.page_link(page("compare"), label=_("Read what the models wrote, side by side"))
st.page_link(page("results"), label=_("See all figures and download the report"))
