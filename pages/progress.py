"""Progress: what I have done, what is left, and how far the team is."""

from __future__ import annotations

import streamlit as st

from dashboard.components.person_name import ask_name
from dashboard.components.progress_mine import show_mine
from dashboard.components.progress_team import show_everyone
from dashboard.session import _, person, problems_shown, services

app = services()
study = app.study.name

st.title(_("Progress"))
st.caption(
    _(
        "What waits for you, and how far the team is. Counts only: what others answered stays "
        "hidden until you have answered, too."
    )
)
if person():
    with problems_shown():
        show_mine(app.progress.mine(study, person()))
else:
    ask_name("progress")
with problems_shown():
    show_everyone(app.progress.everyone(study), app.team.policy(study))
