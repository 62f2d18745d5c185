"""Team: who reviews, and by which rules."""

from __future__ import annotations

import streamlit as st

from dashboard.components.person_name import ask_name
from dashboard.components.team_people import show_people
from dashboard.components.team_policy import show_policy
from dashboard.session import _, person, services

team, study = services().team, services().study.name

st.title(_("Team"))
st.caption(
    _("Who reviews, and by which rules. Every change can be taken back, and no work is lost.")
)
if not person():
    ask_name("team")
st.header(_("People"))
show_people(study, team.people(study))
st.header(_("Rules"))
show_policy(team.policy(study))
