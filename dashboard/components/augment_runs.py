"""The latest run with what can be done about it: stop, go on, judge what it made, take it back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.components.augment_form import RUN
from dashboard.components.augment_preview import close
from dashboard.components.augment_progress import show_progress
from dashboard.components.live import live
from dashboard.domain.augmentation import AugmentationRun, Route
from dashboard.domain.ids import AugmentationRunId
from dashboard.domain.studies import Study
from dashboard.domain.training import RunStatus
from dashboard.session import _, acting, outcome, person, services, write, written

BUDGET = "augment.budget"


def latest_run(study: Study) -> AugmentationRun | None:
    """The newest run of the study."""
    return next(iter(services().augmentation.runs(study.name)), None)


def is_working(run: AugmentationRun | None) -> bool:
    """Whether the worker has something to do on it."""
    return run is not None and not run.status.is_final and run.status is not RunStatus.PAUSED


def show_run(study: Study, view: str, judge: str) -> AugmentationRun | None:
    """Draw the newest run, if any; `judge` is what `view` holds when variants are judged."""
    outcome(RUN)
    run = latest_run(study)
    if run is None:
        return None

    def draw() -> bool:
        current = latest_run(study)
        if current is not None:
            show_progress(study, current)
        return is_working(current)

    with st.container(border=True):
        st.header(_("The latest run"))
        live(draw, is_working(run))
        with st.container(horizontal=True):
            _show_controls(run, lambda: write(view, judge))
    return run


def stop(run_id: AugmentationRunId) -> None:
    """Let the run rest."""
    with acting(RUN, _("The run rests. What it has made stays, and it can go on.")):
        services().augmentation.stop(run_id)


def resume(run_id: AugmentationRunId) -> None:
    """Let the run go on, with the budget that was written, if it has one."""
    close()
    with acting(RUN):
        budget = written(BUDGET)
        services().augmentation.resume(run_id, str(budget) if budget else None)


def take_back(run_id: AugmentationRunId) -> None:
    """Retire what the run has made and nobody has judged."""
    with acting(RUN, _("Its variants are retired; those that somebody has judged stay.")):
        services().augmentation.take_back(run_id, person())


def _show_controls(run: AugmentationRun, to_judging: Callable[[], None]) -> None:
    if is_working(run):
        st.button(
            _("Stop"),
            key="augment.stop",
            icon=":material/stop_circle:",
            on_click=stop,
            args=(run.id,),
        )
        return
    st.button(
        _("Judge the variants"),
        key="augment.next",
        type="primary",
        icon=":material/arrow_forward:",
        on_click=to_judging,
    )
    if run.status is RunStatus.PAUSED:
        if run.plan.route is Route.MODEL:
            st.text_input(_("Most it may cost, in US dollars"), run.plan.budget, key=BUDGET)
        st.button(
            _("Go on"),
            key="augment.resume",
            icon=":material/play_arrow:",
            on_click=resume,
            args=(run.id,),
        )
    with st.popover(_("Take the run back"), key="augment.back", icon=":material/undo:"):
        st.markdown(
            _("Retires every variant of this run that nobody has judged. Nothing is deleted.")
        )
        st.button(
            _("Retire them"),
            key="augment.back.do",
            disabled=not person(),
            on_click=take_back,
            args=(run.id,),
        )
