"""Examples: find, read, judge and edit them; bring files in and take them out."""

from __future__ import annotations

import streamlit as st

from dashboard.components.example_detail import show_detail
from dashboard.components.example_edit import show_edit
from dashboard.components.example_filters import PAGE, page_number, show_filters
from dashboard.components.example_history import show_history
from dashboard.components.example_list import neighbors, show_list
from dashboard.components.example_transfer import show_export, show_import
from dashboard.components.numbers import number
from dashboard.domain.examples import Example, ExamplePage
from dashboard.domain.ids import ExampleId
from dashboard.session import PAGE_SIZE, _, choose, chosen, problems_shown, services

curation, study = services().curation, services().study


def show_neighbors(page: ExamplePage, current: Example) -> None:
    """Buttons to the example before and after."""
    before, after = neighbors(page.examples, current)
    with st.container(horizontal=True):
        for label, target, key, name in (
            (_("Previous"), before, "K", "previous"),
            (_("Next"), after, "J", "next"),
        ):
            st.button(
                label,
                key=f"examples.{name}.{current.id}",
                shortcut=key,
                disabled=target is None,
                on_click=choose,
                args=("example", target),
            )


st.title(_("Examples"))
st.caption(
    _(
        "An example is a student's situation and one message that fits it. Accept what you would "
        "send; correct or reject the rest."
    )
)
wanted = show_filters(study)
page = curation.browse(wanted, page_number())
if page.total and not page.examples:
    page = curation.browse(wanted, page_number(page.total, PAGE_SIZE))

if not page.examples:
    st.info(_("No example matches. Clear the search or import a file below."))
else:
    left, right = st.columns([2, 3], gap="medium")
    with left:
        st.caption(_("{count} examples", count=number(page.total)))
    with right, problems_shown():
        detail = curation.one(ExampleId(chosen("example") or page.examples[0].id))
        show_detail(study, detail)
        show_neighbors(page, detail.example)
        with st.expander(_("Edit"), key="examples.editing", icon=":material/edit:"):
            show_edit(study, detail.example)
        with st.expander(_("History"), key="examples.history", icon=":material/history:"):
            show_history(detail)
    with left:
        show_list(page.examples, detail.example)
        if page.total > PAGE_SIZE:
            st.pagination(-(-page.total // PAGE_SIZE), key=PAGE, max_visible_pages=5)

with st.expander(_("Import a file"), key="examples.importing", icon=":material/upload:"):
    show_import(study)
with st.expander(_("Export"), key="examples.exporting", icon=":material/download:"):
    show_export(wanted)
