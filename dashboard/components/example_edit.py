"""Editing an example: a new version beside the old ones; nobody's text is lost."""

from __future__ import annotations

import streamlit as st

from dashboard.components.choices import select
from dashboard.components.plain import escaped
from dashboard.domain.examples import Example
from dashboard.domain.studies import Field, Study
from dashboard.session import (
    Edit,
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


def show_edit(study: Study, example: Example) -> None:
    """Draw the form; it keeps what was typed when somebody else was faster."""
    seen = _seen_number(example)
    outcome("examples.edit")
    if seen != example.revision_number:
        _show_conflict(study, example)
    with st.form(f"examples.edit.{example.id}", border=False, enter_to_submit=False):
        st.text_area(
            _("Message"), example.message, key=_key(example, "message"), height=110, max_chars=600
        )
        with st.grid(3, min_column_width=130):
            for field in study.fields:
                _show_field(example, field)
        st.text_input(
            _("What did you change, and why?"), key=_key(example, "reason"), max_chars=500
        )
        st.form_submit_button(
            _("Save as a new version"),
            key=f"examples.save.{example.id}",
            icon=":material/save:",
            disabled=not person(),
            on_click=save,
            args=(study, example, seen),
        )
    st.caption(_("A new version starts unreviewed; the earlier ones stay in the history."))


def save(study: Study, example: Example, seen: int) -> None:
    """Append a version with what the form holds."""
    edit = Edit(
        example_id=example.id,
        seen_number=seen,
        inputs={field.key: _typed(example, field.key) for field in study.fields},
        message=_typed(example, "message"),
        author=person(),
        reason=_typed(example, "reason"),
    )
    with acting("examples.edit", _("Saved as version {number}.", number=seen + 1)):
        services().curation.edit(edit)
        start_over(study, example)


def start_over(study: Study, example: Example) -> None:
    """Fill the form from the current version."""
    forget(*(_key(example, name) for name in _names(study)), _key(example, "seen"))


def _names(study: Study) -> tuple[str, ...]:
    return ("message", "reason", *(field.key for field in study.fields))


def _show_conflict(study: Study, example: Example) -> None:
    with st.container(border=True):
        st.markdown(
            _(
                "Version {number} was saved meanwhile; it stands above. Your text is still in "
                "the form.",
                number=example.revision_number,
            )
        )
        with st.container(horizontal=True):
            st.button(
                _("Keep my text and save it on top"),
                key=f"examples.keep.{example.id}",
                on_click=write,
                args=(_key(example, "seen"), example.revision_number),
            )
            st.button(
                _("Take the new version"),
                key=f"examples.take.{example.id}",
                on_click=start_over,
                args=(study, example),
            )


def _show_field(example: Example, field: Field) -> None:
    label = escaped(field.label.get(language(), field.name))
    value = example.inputs[field.key]
    key = _key(example, field.key)
    if not field.values:
        st.text_input(label, value, key=key, max_chars=200)
        return
    words = {one: field.label_of(one, language()) for one in (*field.values, value)}
    select(label, words, key, value)


def _seen_number(example: Example) -> int:
    """The version the form was filled from; fields that were left start anew."""
    if written(_key(example, "message")) is None:
        write(_key(example, "seen"), example.revision_number)
    seen = written(_key(example, "seen"))
    return seen if isinstance(seen, int) else example.revision_number


def _typed(example: Example, name: str) -> str:
    return str(written(_key(example, name)) or "")


def _key(example: Example, name: str) -> str:
    return f"examples.edit.{example.id}.{name}"
