"""Datasets: frozen choices of examples, each with its split, and freezing new ones."""

from __future__ import annotations

import streamlit as st

from dashboard.components.dataset_form import show_dataset_form
from dashboard.components.dataset_preview import show_preview
from dashboard.components.dataset_versions import show_versions
from dashboard.components.numbers import number
from dashboard.components.technique_words import counted_techniques
from dashboard.navigation import page
from dashboard.session import _, outcome, problems_shown, services

app = services()

st.title(_("Datasets"))
st.caption(
    _(
        "A dataset version is a frozen choice of examples: most to train with, some held out to "
        "test the model on. It never changes, so every result can be traced to its rows."
    )
)
outcome("datasets")
versions, supply = app.datasets.all(app.study.name), app.datasets.supply(app.study.name)
if not supply.originals and not versions:
    st.info(_("There are no examples to freeze yet. Write or import some first."))
    st.page_link(page("examples"), label=_("Examples"), icon=":material/list_alt:")
    st.stop()

with (
    st.expander(
        _("Freeze a new version"),
        expanded=not versions,
        key="datasets.start",
        icon=":material/add:",
    ),
    problems_shown(),
):
    st.caption(_("To choose from: {originals} originals.", originals=number(supply.originals)))
    made = counted_techniques(supply.techniques)
    st.caption(_("Variants: {counts}", counts=made) if made else _("No variants yet."))
    show_preview(show_dataset_form(app.study, supply), supply.originals)

if not versions:
    st.info(_("No version has been frozen yet. Freeze one above."))
    st.stop()
show_versions(versions)
