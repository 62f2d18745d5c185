"""Examples: find, read, judge and edit them; bring files in and take them out."""

from __future__ import annotations

import streamlit as st

from dashboard.components.example_detail import show_detail
from dashboard.components.example_edit import show_edit
from dashboard.components.example_filters import page_key, page_number, show_filters
from dashboard.components.example_history import show_history
from dashboard.components.example_list import show_list, show_neighbors
from dashboard.components.example_transfer import show_export, show_import
from dashboard.components.numbers import number
from dashboard.components.verdict_reasons import show_reasons
from dashboard.domain.ids import ExampleId
from dashboard.session import PAGE_SIZE, _, chosen, problems_shown, services

curation, study = services().curation, services().study

st.title(_("Examples"))
st.caption(
    _(
        "An example is a student's situation and one message that fits it. Accept what you would "
        "send; correct or reject the rest."
    )
)
wanted = show_filters(study)
page = curation.browse(wanted, page_number(wanted))
if page.total and not page.examples:
    page = curation.browse(wanted)

if not page.examples:
    st.info(_("No example matches. Clear the search or import a file below."))
else:
    selected = ExampleId(chosen("example") or page.examples[0].id)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        st.caption(_("{count} examples", count=number(page.total)))
        show_list(page.examples, selected)
        if page.total > PAGE_SIZE:
            pages = -(-page.total // PAGE_SIZE)
            st.pagination(pages, key=page_key(wanted), max_visible_pages=5)
    with right, problems_shown():
        detail = curation.one(selected)
        with st.container(horizontal=True):
            show_neighbors(page.examples, detail.example)
        show_detail(study, detail)
        with st.expander(_("Why this verdict"), key="examples.why", icon=":material/help:"):
            show_reasons(detail.example.id)
        with st.expander(_("Edit"), key="examples.editing", icon=":material/edit:"):
            show_edit(study, detail.example)
        with st.expander(_("History"), key="examples.history", icon=":material/history:"):
            show_history(detail)

with st.expander(_("Import a file"), key="examples.importing", icon=":material/upload:"):
    show_import(study)
with st.expander(_("Export"), key="examples.exporting", icon=":material/download:"):
    show_export(wanted)
