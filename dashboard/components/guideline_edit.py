"""Rewriting the guideline: both languages, a preview, a reason, and what it bears on."""

from __future__ import annotations

import streamlit as st

from dashboard.components.differences import show_line_differences
from dashboard.components.guideline_text import show_guideline_text
from dashboard.components.numbers import number
from dashboard.components.person_name import ask_name
from dashboard.components.plain import escaped
from dashboard.domain.guidelines import MAX_LENGTH, Bearing
from dashboard.domain.studies import Study
from dashboard.domain.team import Guideline
from dashboard.session import (
    LANGUAGES,
    Rewriting,
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

SEEN = "guideline.seen"
REASON = "guideline.reason"


def show_rewriting(study: Study, current: Guideline) -> None:
    """Draw the form; it keeps what was typed when somebody else was faster."""
    outcome("guideline.save")
    if written(_key(LANGUAGES[0])) is None:
        _fill(current)
    seen = written(SEEN)
    if seen != current.number:
        _show_conflict(current)
    for name, column in zip(LANGUAGES, st.columns(len(LANGUAGES)), strict=True):
        with column:
            _show_text(name)
    with st.expander(_("Preview"), key="guideline.preview", icon=":material/visibility:"):
        show_guideline_text(_typed(language()))
    bearing = _show_bearing(study)
    st.text_input(
        _("What did you change, and why?"), key=REASON, max_chars=500, persist_state="session"
    )
    st.button(
        _("Save as a new version"),
        key="guideline.save",
        icon=":material/save:",
        type="primary",
        disabled=not person(),
        on_click=save,
        args=(study, seen, bearing),
    )
    if not person():
        ask_name("guideline")


def save(study: Study, seen: int, bearing: Bearing) -> None:
    """Write the next version with what the form holds."""
    texts = {name: _typed(name) for name in LANGUAGES}
    reason = str(written(REASON) or "")
    with acting("guideline.save", _("The guideline has a new version.")):
        services().guidelines.rewrite(Rewriting(study.name, seen, texts, person(), reason, bearing))
        start_over()


def start_over() -> None:
    """Fill the form from the version that stands."""
    forget(*(_key(name) for name in LANGUAGES), REASON, SEEN)


def _show_text(name: str) -> None:
    st.text_area(
        _("In Indonesian") if name == "id" else _("In English"),
        key=_key(name),
        height=320,
        max_chars=MAX_LENGTH,
        persist_state="session",
        help=_(
            "Lines with \\# are headings, with \\- or 1\\. lists; \\*\\*bold\\*\\*, "
            "\\*italic\\*; tables use |."
        ),
    )


def _show_conflict(current: Guideline) -> None:
    with st.container(border=True):
        st.markdown(
            _(
                "Version {number} was saved meanwhile. Your text is still in the form; from the "
                "new version to yours it is:",
                number=current.number,
            )
        )
        for name in LANGUAGES:
            show_line_differences(current.texts.get(name, ""), _typed(name))
        with st.container(horizontal=True):
            st.button(
                _("Keep my text and save it on top"),
                key="guideline.keep",
                on_click=write,
                args=(SEEN, current.number),
            )
            st.button(_("Take the new version"), key="guideline.take", on_click=start_over)


def _show_bearing(study: Study) -> Bearing:
    st.caption(
        _(
            "Does the change bear on answers that were given already? Choose which examples; they "
            "get a tag and a place on Progress. Choose nothing if it does not."
        )
    )
    with st.grid(4, min_column_width=150):
        inputs = tuple((key, _choices(study, key)) for key in study.cell_keys)
        flags = {one.key: one.label.get(language(), one.key) for one in study.form.flags}
        flagged = st.multiselect(
            _("Flags"),
            list(flags),
            format_func=flags.__getitem__,
            key="guideline.flags",
            placeholder=_("None"),
        )
    bearing = Bearing(inputs, tuple(flagged))
    if not bearing.is_empty:
        count = services().guidelines.touched(study.name, bearing)
        st.caption(_("This marks {count} answered examples.", count=number(count)))
        if flagged:
            st.caption(_("Flags count only for examples that take no more answers."))
    return bearing


def _choices(study: Study, key: str) -> tuple[str, ...]:
    field, spoken = study.field(key), language()
    chosen = st.multiselect(
        escaped(field.label.get(spoken, field.name)),
        list(field.values),
        format_func=lambda value: field.label_of(value, spoken),
        key=f"guideline.bearing.{key}",
        placeholder=_("None"),
    )
    return tuple(chosen)


def _fill(current: Guideline) -> None:
    for name in LANGUAGES:
        write(_key(name), current.texts.get(name, ""))
    write(SEEN, current.number)


def _typed(name: str) -> str:
    return str(written(_key(name)) or "")


def _key(name: str) -> str:
    return f"guideline.text.{name}"
