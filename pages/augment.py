"""Augment: make variants of examples by rule, judge them, and decide about those that are held."""

from __future__ import annotations

import streamlit as st

from dashboard.components.augment_form import show_plan_form
from dashboard.components.augment_held import show_held
from dashboard.components.augment_judge import show_judging
from dashboard.components.augment_overview import show_overview
from dashboard.components.augment_preview import show_preview
from dashboard.components.augment_quality import show_quality
from dashboard.components.augment_runs import is_working, show_run
from dashboard.components.choices import linked_segments
from dashboard.session import _, problems_shown, services

MAKE, JUDGE, HELD, QUALITY = "make", "judge", "held", "quality"
VIEW = "augment.view"

study = services().study

st.title(_("Augment"))
st.caption(
    _(
        "Many more messages from those you have: rules say each a little differently, filters sort "
        "out what went wrong, and experts judge the rest."
    )
)
show_overview(study)
words = {MAKE: _("Make"), JUDGE: _("Judge"), HELD: _("Held back"), QUALITY: _("Quality")}
view = linked_segments(_("What to do"), words, VIEW, MAKE, bare=True)
with problems_shown():
    if view == JUDGE:
        show_judging(study)
    elif view == HELD:
        show_held(study)
    elif view == QUALITY:
        show_quality(study)
    else:
        run = show_run(study, VIEW, JUDGE)
        if not is_working(run):
            st.header(_("Make variants"))
            show_plan_form(study)
            show_preview(study)
