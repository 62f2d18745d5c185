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
from dashboard.session import _, choose, person, problems_shown, services

study = services().study

st.title(_("Review"))
if not person():
    st.caption(_("Would you send this message to the student? Your answer stays yours alone."))
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
    guideline_if_asked(study)
