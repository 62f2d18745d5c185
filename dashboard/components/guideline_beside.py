"""The part of the guideline that bears on one example, to stand beside the review form."""

from __future__ import annotations

import streamlit as st

from dashboard.components.guideline_text import show_guideline_text
from dashboard.components.guideline_words import text_of
from dashboard.domain.guidelines import bearing_on
from dashboard.domain.studies import Inputs, Study
from dashboard.session import _, services

SMALL = 5
"""The level of its largest headings: smaller than those of the page around it."""


def show_guideline_for(study: Study, inputs: Inputs) -> None:
    """Draw what the guideline says on the example's condition, and the whole folded away."""
    guideline = services().guidelines.current(study.name)
    text = text_of(guideline)
    st.caption(_("Guideline, version {number}", number=guideline.number))
    part = bearing_on(text, study, inputs)
    if part:
        show_guideline_text(part, SMALL)
    with st.expander(_("The whole guideline"), key="guideline.whole", icon=":material/menu_book:"):
        show_guideline_text(text, SMALL)
