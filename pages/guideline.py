"""Guideline: the text experts judge by, its versions, and how it changes."""

from __future__ import annotations

import streamlit as st

from dashboard.components.guideline_edit import show_rewriting
from dashboard.components.guideline_text import show_guideline_text
from dashboard.components.guideline_versions import show_versions
from dashboard.components.guideline_words import text_of, version_word
from dashboard.session import _, services

app = services()

st.title(_("Guideline"))
st.caption(_("What every message is judged by. Experts change it together; no version is lost."))
versions = app.guidelines.versions(app.study.name)
current = versions[0]
st.caption(version_word(current))
read, change, history = st.tabs([_("Read"), _("Change"), _("Versions")], key="guideline.tab")
with read:
    show_guideline_text(text_of(current))
with change:
    show_rewriting(app.study, current)
with history:
    show_versions(app.study, versions)
