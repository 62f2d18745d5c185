"""Agreement: how far experts who judged alone agree, and where they do not."""

from __future__ import annotations

import streamlit as st

from dashboard.components.agreement_figures import (
    choose_coefficient,
    choose_question,
    show_overview,
    show_question,
    show_slices,
)
from dashboard.components.agreement_pairs import show_disagreements, show_pairs
from dashboard.components.numbers import number
from dashboard.session import _, services

agreement, study = services().agreement, services().study
evidence = agreement.evidence(study.name)

st.title(_("Agreement"))
st.caption(
    _(
        "How far experts agree who judged the same message without seeing each other's answers. "
        "Agreement says that a question is understood alike, not that an answer is right."
    )
)
if not evidence.judged:
    st.info(_("No figures yet. They appear as soon as all answers to the first example are in."))
    st.stop()

st.markdown(
    _(
        "**{items}** messages with all answers in, **{answers}** answers given alone, "
        "**{experts}** experts. Texts that an edit has replaced since are among them. "
        "Open examples, blind rounds, answers given after reading others, and adjudicators' "
        "decisions are left out.",
        items=number(len(evidence.judged)),
        answers=number(len(evidence.responses)),
        experts=number(len(evidence.experts)),
    )
)
if evidence.form_versions > 1:
    st.caption(
        _(
            "The answers come from {count} versions of the form; nothing was recoded.",
            count=number(evidence.form_versions),
        )
    )

st.header(_("All questions"))
show_overview(evidence)

st.header(_("One question in full"))
question = choose_question(evidence)
show_question(evidence, question)
coefficient = choose_coefficient(question)

st.header(_("Where agreement differs"))
show_slices(evidence, question, coefficient)

st.header(_("Every two experts"))
show_pairs(evidence, question, coefficient)

st.header(_("Judged most differently"))
show_disagreements(evidence)

st.download_button(
    _("All figures as CSV"),
    lambda: agreement.file(study.name),
    file_name=f"agreement-{study.name}.csv",
    key="agreement.download",
    icon=":material/download:",
    on_click="ignore",
)
