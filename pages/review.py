"""Review: one example at a time, judged with the keyboard; the others' answers come after."""

from __future__ import annotations

import streamlit as st

from dashboard.components.guideline_beside import show_guideline_for
from dashboard.components.person_name import ask_name
from dashboard.components.review_answers import show_answers
from dashboard.components.review_desk import (
    WANTED,
    desk_of,
    guideline_if_asked,
    leave_if_asked,
    show_desk,
)
from dashboard.components.review_end import show_ways_on
from dashboard.session import _, choose, person, problems_shown, services

study = services().study

st.title(_("Review"))
if not person():
    st.caption(
        _(
            "You read one message at a time and say whether you would send it to the student. "
            "Nobody who has yet to judge it sees your answer."
        )
    )
    ask_name("review")
    st.stop()

leave_if_asked()
with problems_shown():
    desk = desk_of(study, person())
    show_desk(study, desk)
    if desk.is_by_choice:
        st.button(
            _("Back to my queue"),
            key="review.queue",
            icon=":material/arrow_back:",
            on_click=choose,
            args=(WANTED, None),
        )
    if desk.shown is not None:
        show_answers(study, desk.shown)
        show_guideline_for(study, desk.shown.example.inputs)
    else:
        show_ways_on(study)
    guideline_if_asked(study)
