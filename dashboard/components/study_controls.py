"""Starting, cancelling and following the quick study."""

from __future__ import annotations

import streamlit as st

from dashboard.components.live import live
from dashboard.components.study_progress import show_study_progress
from dashboard.domain.ids import StudyRunId
from dashboard.domain.study_runs import StudyRun
from dashboard.domain.training import RunStatus
from dashboard.session import _, acting, outcome, quick_plan, services


def latest_run() -> StudyRun | None:
    """The newest study run."""
    app = services()
    return next(iter(app.studies.runs(app.study.name)), None)


def show_study(run: StudyRun | None) -> None:
    """Draw the newest run with what can be done about it."""
    outcome("home")
    if run is None:
        st.info(
            _(
                "No study has run yet. The quick study trains a small model on this computer, "
                "lets it write, and scores what it wrote. It takes a few minutes."
            )
        )
    else:
        live(_draw, not run.status.is_final)
    if run is not None and not run.status.is_final:
        st.button(
            _("Cancel the study"),
            key="home.cancel",
            icon=":material/stop_circle:",
            on_click=cancel,
            args=(run.id,),
        )
        return
    finished = run is not None and run.status is RunStatus.SUCCEEDED
    st.button(
        _("Run again") if run else _("Start the quick study"),
        key="home.start",
        type="secondary" if finished else "primary",
        icon=":material/play_arrow:",
        on_click=start,
    )


def start() -> None:
    """Start the quick study, unless one is under way already."""
    current = latest_run()
    if current is None or current.status.is_final:
        with acting("home"):
            services().studies.launch(quick_plan())


def cancel(run_id: StudyRunId) -> None:
    """Stop a study run."""
    with acting("home", _("The study was cancelled. What it has made so far stays.")):
        services().studies.cancel(run_id)


def _draw() -> bool:
    """The newest run's steps; says whether it goes on."""
    run = latest_run()
    if run is not None:
        show_study_progress(run)
    return run is not None and not run.status.is_final
