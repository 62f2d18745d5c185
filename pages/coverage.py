"""Coverage: how many examples every condition has, and a form for those that have too few."""

from __future__ import annotations

import streamlit as st

from dashboard.components.choices import linked_segments
from dashboard.components.coverage_form import show_form, show_written
from dashboard.components.coverage_grid import cell_name, cell_words, show_grid, show_table
from dashboard.components.numbers import number
from dashboard.session import _, chosen, services

ALL, ACCEPTED = "all", "accepted"

study = services().study
covered = services().coverage.of(study.name)

st.title(_("Coverage"))
st.caption(
    _(
        "Every condition should have {target} examples. Choose one that has too few and write "
        "an example for it.",
        target=number(covered.target),
    )
)
words = {ALL: _("All examples"), ACCEPTED: _("Accepted only")}
accepted_only = linked_segments(_("What counts"), words, "coverage.count", ALL) == ACCEPTED
short = covered.short(accepted_only)
st.caption(
    _(
        "{short} of {count} conditions have fewer than {target}.",
        short=number(len(short)),
        count=number(len(covered.cells)),
        target=number(covered.target),
    )
)

cell = next((one.cell for one in covered.cells if cell_name(one.cell) == chosen("cell")), None)
show_written()
if cell is not None:
    with st.container(border=True, key="coverage.writing"):
        st.header(_("Write one: {condition}", condition=cell_words(study, cell)))
        show_form(study, cell)

show_grid(study, covered, accepted_only)
with st.expander(_("As a table"), key="coverage.tabling", icon=":material/table:"):
    show_table(study, covered)
