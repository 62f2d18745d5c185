"""Examples in and out: an import is looked at before it is stored; an export is what is listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.components.choices import select
from dashboard.components.form_words import form_words, purpose
from dashboard.components.import_columns import (
    choose_columns,
    choose_words,
    forget_columns,
    lacking,
)
from dashboard.components.numbers import number
from dashboard.components.plain import escaped
from dashboard.components.transfer_tables import first_rows, left_out, problem_rows
from dashboard.domain.examples import ExampleFilter
from dashboard.domain.exchange import Form
from dashboard.domain.studies import Study
from dashboard.session import (
    READABLE,
    Fate,
    Incoming,
    Preview,
    _,
    acting,
    language,
    outcome,
    person,
    problems_shown,
    sentence,
    services,
    write,
    written,
)

MAX_MEGABYTES = 50
TURN = "examples.import_turn"


def show_import(study: Study) -> None:
    """Draw the uploader, what the file is, what it would bring, and the button that brings it."""
    outcome("examples.import")
    st.caption(
        _(
            "A table or JSON with a column for every field, a chat file, or an export of Argilla, "
            "Label Studio or doccano. You see everything before it is imported."
        )
    )
    file = st.file_uploader(
        _("File with examples"),
        type=list(READABLE),
        key=f"examples.file.{_turn()}",
        max_upload_size=MAX_MEGABYTES,
        on_change=forget_columns,
        args=(study, _turn()),
    )
    if file is not None:
        _show_file(study, file.name, file.getvalue())


def _show_file(study: Study, name: str, content: bytes) -> None:
    with problems_shown():
        incoming = services().curation.read_file(study.name, name, content)
        _say_what_it_is(incoming)
        preview = _looked_at(study, incoming)
        if preview and preview.problems:
            _show_problems(study, preview)
        elif preview:
            _show_rows(study, preview)


def bring_in(study: Study, preview: Preview) -> None:
    """Store the rows of a preview and empty the uploader."""
    done = _("{count} examples were imported.", count=number(len(preview.rows)))
    with acting("examples.import", done):
        services().curation.import_rows(study.name, preview, person())
        write(TURN, _turn() + 1)


def show_export(wanted: ExampleFilter) -> None:
    """A choice of format with what it is for and leaves out, and the button that writes it."""
    study, exchanging = services().study, services().exchanging
    st.caption(_("Every example that the filters match, with its verdict."))
    form = Form(select(_("Format"), form_words(), "examples.form"))
    fates = exchanging.fidelity(wanted.study, form)
    st.caption(f"{purpose(form)} {left_out(study, fates)}")
    with_names = fates["deciders"] is not Fate.LOST and st.checkbox(
        _("With the experts' names"),
        key="examples.names",
        help=_("Without this, experts are numbered in the order in which they stand in the file."),
    )
    written_out = partial(exchanging.export, wanted, form, with_names)
    with st.container(horizontal=True):
        _download(_("Download"), f"{wanted.study}.{form.suffix}", written_out)
        if form is Form.LABEL_STUDIO:
            interface = partial(exchanging.labeling_config, wanted.study, language())
            name = f"{wanted.study}.label-studio.xml"
            _download(_("Labeling interface (XML)"), name, interface)


def _download(label: str, name: str, content: Callable[[], bytes]) -> None:
    st.download_button(
        label,
        content,
        file_name=name,
        key=f"examples.download.{name}",
        icon=":material/download:",
        on_click="ignore",
    )


def _turn() -> int:
    turn = written(TURN)
    return turn if isinstance(turn, int) else 0


def _say_what_it_is(incoming: Incoming) -> None:
    table = incoming.table
    kind = form_words()[table.form]
    st.markdown(_("**{kind}**, {count} rows", kind=kind, count=number(len(table.rows))))
    for note in table.notes:
        st.caption(sentence(note))
    if table.judgments:
        st.info(
            _(
                "The file also holds {count} judgments of other people or models. They stay "
                "outside: every row comes in unreviewed.",
                count=number(table.judgments),
            ),
            icon=":material/visibility_off:",
        )


def _looked_at(study: Study, incoming: Incoming) -> Preview | None:
    """What the file would bring by the columns and words that were chosen, once all are."""
    curation = services().curation
    if not incoming.table.rows:
        return curation.look_at(study.name, incoming, incoming.guess)
    mapping = choose_columns(study, incoming, _turn())
    names = lacking(study, mapping)
    if names:
        st.info(_("Choose a column for: {names}.", names=escaped(", ".join(names))))
        return None
    unknown = curation.unknown_words(study.name, incoming, mapping)
    words = choose_words(study, unknown, _turn())
    return curation.look_at(study.name, incoming, replace(mapping, values=words))


def _show_problems(study: Study, preview: Preview) -> None:
    st.warning(
        _(
            "Nothing is imported yet: {count} problems. Correct them and choose the file again.",
            count=number(len(preview.problems)),
        )
    )
    st.table(problem_rows(study, preview), hide_index=True, border="horizontal")


def _show_rows(study: Study, preview: Preview) -> None:
    st.info(_("{count} examples, no problems.", count=number(len(preview.rows))))
    st.dataframe(first_rows(study, preview), hide_index=True, key="examples.preview")
    if not person():
        st.caption(_("Write your name in the sidebar first; it stands under the import."))
    st.button(
        _("Import them"),
        key="examples.bring_in",
        type="primary",
        disabled=not person(),
        on_click=bring_in,
        args=(study, preview),
    )
