"""Examples: find, read and edit them, one or many; bring files in and take them out."""

from __future__ import annotations

import streamlit as st

from dashboard.components.example_bulk import show_bulk
from dashboard.components.example_detail import show_detail
from dashboard.components.example_edit import show_edit
from dashboard.components.example_filters import page_key, page_number, show_filters
from dashboard.components.example_history import show_history
from dashboard.components.example_list import show_list, show_neighbors
from dashboard.components.example_transfer import show_export, show_import
from dashboard.components.example_twins import show_twins
from dashboard.components.numbers import number
from dashboard.components.review_link import show_review_link
from dashboard.components.saved_views import show_views
from dashboard.components.verdict_reasons import show_reasons
from dashboard.domain.ids import ExampleId
from dashboard.session import PAGE_SIZE, _, chosen, problems_shown, services

curation, study = services().curation, services().study

st.title(_("Examples"))
st.caption(
    _("Each is a student's situation and one message for it: find, read and edit them here.")
)
wanted = show_filters(study)
page = curation.browse(wanted, page_number(study))
if page.total and not page.examples:
    page = curation.browse(wanted)

with st.container(horizontal=True, vertical_alignment="center"):
    with st.popover(_("Saved views"), key="examples.viewing", icon=":material/bookmarks:"):
        show_views(study)
    picking = st.toggle(_("Change many at once"), key="examples.many")
if picking:
    with st.container(border=True):
        show_bulk(study, wanted, page.examples)
if not page.examples:
    st.info(_("No example matches. Clear the search or import a file below."))
else:
    selected = ExampleId(chosen("example") or page.examples[0].id)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        count = number(page.total)
        more = _("More than {count} examples; narrow the search to see the others.", count=count)
        st.caption(more if page.is_more else _("{count} examples", count=count))
        show_list(page.examples, selected, wanted.text, picking)
        if page.total > PAGE_SIZE:
            pages = -(-page.total // PAGE_SIZE)
            st.pagination(pages, key=page_key(study), max_visible_pages=5)
    with right, problems_shown():
        detail = curation.one(selected)
        with st.container(horizontal=True, vertical_alignment="center"):
            show_neighbors(page.examples, detail.example)
            show_review_link(detail.example)
        show_detail(study, detail, wanted.text)
        with st.expander(_("Why this verdict"), key="examples.why", icon=":material/help:"):
            show_reasons(detail.example.id)
        with st.expander(_("Edit"), key="examples.editing", icon=":material/edit:"):
            show_edit(study, detail.example)
        with st.expander(_("History"), key="examples.history", icon=":material/history:"):
            show_history(detail)
with st.expander(_("Near-duplicates"), key="examples.twins", icon=":material/content_copy:"):
    show_twins(study, wanted)
with st.expander(_("Import a file"), key="examples.importing", icon=":material/upload:"):
    show_import(study)
with st.expander(_("Export"), key="examples.exporting", icon=":material/download:"):
    show_export(wanted)
