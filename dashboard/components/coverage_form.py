"""Writing an example for a condition that has too few; the checks answer while one writes."""

from __future__ import annotations

import streamlit as st

from dashboard.components.choices import select
from dashboard.components.coverage_grid import cell_name
from dashboard.components.example_detail import show_findings
from dashboard.components.plain import escaped
from dashboard.domain.examples import NewExample
from dashboard.domain.ids import new_id
from dashboard.domain.studies import Cell, Field, Study
from dashboard.navigation import page
from dashboard.session import (
    _,
    acting,
    forget,
    language,
    outcome,
    person,
    services,
    write,
    written,
)

PLACE = "coverage.write"
LAST = f"{PLACE}.last"


def show_written() -> None:
    """What was written last, with a way to it."""
    outcome(PLACE)
    added = written(LAST)
    if isinstance(added, str):
        target = page("examples")
        st.page_link(target, label=_("Open it"), icon=target.icon, query_params={"example": added})


def show_form(study: Study, cell: Cell) -> None:
    """Draw the form with the condition's values set."""
    usual = dict(zip(study.cell_keys, cell, strict=True))
    with st.grid(3, min_column_width=150):
        for field in study.fields:
            _show_field(cell, field, usual.get(field.key))
    st.text_area(_("Message"), key=_key(cell, "message"), height=110, max_chars=600)
    row = _typed(study, cell)
    if row.message.strip():
        show_findings(services().curation.check(study.name, row.inputs, row.message))
    if not person():
        st.caption(_("Write your name in the sidebar first; it stands under the example."))
    st.button(
        _("Add the example"),
        key=f"{PLACE}.save",
        type="primary",
        icon=":material/add:",
        disabled=not person(),
        on_click=save,
        args=(study, cell),
    )
    st.caption(_("It starts unreviewed: somebody else has to judge it."))


def save(study: Study, cell: Cell) -> None:
    """Add what the form holds under a key of its own."""
    with acting(PLACE, _("Your example is in; it waits for the judgment of others.")):
        added = services().curation.write_one(study.name, _typed(study, cell), person())
        write(LAST, added.id)
        forget(_key(cell, "message"))


def _typed(study: Study, cell: Cell) -> NewExample:
    inputs = {
        field.key: str(written(_key(cell, field.key)) or "").strip() for field in study.fields
    }
    return NewExample(f"own-{new_id()[-8:]}", inputs, str(written(_key(cell, "message")) or ""))


def _show_field(cell: Cell, field: Field, usual: str | None) -> None:
    label = escaped(field.label.get(language(), field.name))
    key = _key(cell, field.key)
    if field.values:
        words = {one: field.label_of(one, language()) for one in field.values}
        select(label, words, key, usual)
    else:
        st.text_input(label, key=key, max_chars=200)


def _key(cell: Cell, name: str) -> str:
    return f"{PLACE}.{cell_name(cell)}.{name}"
