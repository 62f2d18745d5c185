"""A study run as its five steps, each with how far it is."""

from __future__ import annotations

import streamlit as st

from dashboard.components.numbers import moment, number
from dashboard.components.plain import escaped
from dashboard.components.words import status_word, step_word
from dashboard.domain.study_runs import Step, StudyRun
from dashboard.domain.training import RunStatus
from dashboard.session import _, stored_sentence

ICONS = {
    RunStatus.WAITING: ":material/hourglass_empty:",
    RunStatus.RUNNING: ":material/play_circle:",
    RunStatus.SUCCEEDED: ":material/check_circle:",
    RunStatus.FAILED: ":material/error:",
    RunStatus.CANCELLED: ":material/block:",
}


def show_study_progress(run: StudyRun) -> None:
    """The run's status, its steps with bars, and why it stopped if it failed."""
    started = _("Started {time}", time=moment(run.created_at))
    st.caption(f"{started} · {status_word(run.status)}")
    with st.grid(5, min_column_width=150, vertical_alignment="bottom"):
        for position, step in enumerate(run.steps, start=1):
            _show_step(position, step, run.status)
    if run.status is RunStatus.WAITING:
        st.caption(_("It begins within seconds, once Afektif's worker is free."))
    if run.error:
        show_fault(_("The study stopped."), run.error)


def show_fault(title: str, sentence: str) -> None:
    """Why a run stopped, in the worker's own words."""
    st.error(escaped(stored_sentence(sentence)), title=title, icon=":material/error:")


def _show_step(position: int, step: Step, run_status: RunStatus) -> None:
    status = _shown_status(step, run_status)
    state = status_word(status)
    if step.total > 1:
        state = _("{done} of {total}", done=number(step.done), total=number(step.total))
    icon = ICONS.get(status, ICONS[RunStatus.RUNNING])
    with st.container(gap="xxsmall"):
        st.markdown(f"**{position}. {step_word(step.name)}**")
        st.progress(_share(step), text=f"{icon} {state}")


def _shown_status(step: Step, run_status: RunStatus) -> RunStatus:
    """A step that has not ended when the run was cancelled will not go on."""
    if run_status is RunStatus.CANCELLED and not step.status.is_final:
        return RunStatus.CANCELLED
    return step.status


def _share(step: Step) -> float:
    if step.status is RunStatus.SUCCEEDED:
        return 1.0
    return min(step.done / step.total, 1.0) if step.total else 0.0
