"""History: who did what and when, taking one's own deeds back, and the proof."""

from __future__ import annotations

import streamlit as st

from dashboard.components.team_log import choose_lines, show_lines, show_own, show_proof
from dashboard.session import _, outcome, person, services

history, study = services().history, services().study

st.title(_("History"))
st.caption(
    _(
        "Everything people settle is written down and never overwritten. What experts answered "
        "does not stand here; it stands at the example, for those who may read it."
    )
)
outcome("history")

st.header(_("Your last deeds"))
if not person():
    st.info(_("Write your name in the sidebar; your last deeds appear here to be taken back."))
else:
    own = history.undoable(study.name, person())
    show_own(own)
    if not own:
        st.info(_("You have done nothing yet that could be taken back."))

st.header(_("What the team did"))
lines = choose_lines()
show_lines(lines)
if not lines:
    st.info(_("Nothing here yet. Choose another person or deed, or begin on the Review page."))

st.header(_("Proof"))
st.caption(
    _(
        "The proof replays every entry of the history from nothing and compares the result with "
        "what the database holds now."
    )
)
if st.button(_("Prove it"), key="history.prove", icon=":material/fact_check:"):
    show_proof(history.proof())
