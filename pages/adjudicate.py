"""Adjudicate: examples that experts see differently, decided one by one with a reason."""

from __future__ import annotations

import streamlit as st

from dashboard.components.decision_form import show_decision, show_revoke
from dashboard.components.dispute_answers import show_answers
from dashboard.components.dispute_list import (
    CRISIS_ICON,
    choose_list,
    empty_word,
    following,
    listed_as,
    pick,
    show_disputes,
)
from dashboard.components.example_detail import show_detail
from dashboard.components.verdict_reasons import show_reasons
from dashboard.session import _, outcome, problems_shown, services

study = services().study

st.title(_("Adjudicate"))
st.caption(
    _(
        "Where experts differ, one person decides and says why. Nobody's answer is changed; the "
        "decision stands beside the answers, and it can be taken back."
    )
)
kind = choose_list()
outcome("adjudicate")
listed = listed_as(kind)
dispute = pick(listed)
if dispute is None:
    st.info(empty_word(kind))
    st.stop()

left, right = st.columns([1, 3], gap="medium")
with left:
    show_disputes(listed, dispute)
with right, problems_shown():
    if dispute.is_crisis and dispute.ruling is None:
        st.warning(
            _(
                "**A person has to take over.** Somebody saw a sign of danger for the student. "
                "Talk with the people responsible for this student first; the message stays "
                "stopped until you decide it here."
            ),
            icon=CRISIS_ICON,
        )
    show_detail(study, services().curation.one(dispute.example.id))
    show_answers(study.form, dispute)
    if dispute.ruling is None:
        show_decision(dispute, following(listed, dispute))
    else:
        st.header(_("Why this verdict"))
        show_reasons(dispute.example.id)
        show_revoke(dispute)
