"""Calibration: a few examples judged by everybody, blind first, then talked about."""

from __future__ import annotations

import streamlit as st

from dashboard.components.calibration_answers import show_agreement, show_answers
from dashboard.components.calibration_round import show_round
from dashboard.components.calibration_start import show_start
from dashboard.components.choices import linked_select
from dashboard.components.person_name import ask_name
from dashboard.session import _, person, problems_shown, services

calibration, study = services().calibration, services().study

st.title(_("Calibration"))
st.caption(
    _(
        "Everybody judges the same few examples, each alone. Then all answers are opened, you talk "
        "about the differences and sharpen the guideline. It is about the texts, never about "
        "ranking people."
    )
)
rounds = calibration.rounds(study.name)
if not person():
    ask_name("calibration")
with st.expander(_("Start a round"), expanded=not rounds, key="calibration.starting"):
    show_start(study.name)
if not rounds:
    st.info(_("There has been no round yet."))
    st.stop()

words: dict[str, str] = {one.id: one.name for one in rounds}
chosen = linked_select(_("Round"), words, "round")
of = next((one for one in rounds if one.id == chosen), rounds[0])
with problems_shown():
    show_round(of)
    if person() and of.revealed_at is not None:
        show_agreement(study, calibration.agreement(of, person()))
        show_answers(study, of, calibration.side_by_side(of, person()))
