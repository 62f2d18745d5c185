"""Examples in and out: an import is looked at before it is stored; an export is what is listed."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboard.components.numbers import number
from dashboard.components.plain import escaped
from dashboard.domain.examples import ExampleFilter
from dashboard.domain.studies import Study
from dashboard.session import (
    Preview,
    _,
    acting,
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
    """Draw the uploader, then what the file would bring, then the button that brings it."""
    outcome("examples.import")
    columns = ", ".join([*(field.key for field in study.fields), "message"])
    st.caption(
        _(
            "JSONL, CSV or XLSX with the columns {columns}; a column id is welcome.",
            columns=escaped(columns),
        )
    )
    file = st.file_uploader(
        _("File with examples"),
        type=["jsonl", "csv", "xlsx"],
        key=f"examples.file.{_turn()}",
        max_upload_size=MAX_MEGABYTES,
    )
    if file is None:
        return
    with problems_shown():
        preview = services().curation.preview(study.name, file.name, file.getvalue())
        if preview.problems:
            _show_problems(preview)
        else:
            _show_rows(study, preview)


def bring_in(study: Study, preview: Preview) -> None:
    """Store the rows of a preview and empty the uploader."""
    done = _("{count} examples were imported.", count=number(len(preview.rows)))
    with acting("examples.import", done):
        services().curation.import_rows(study.name, preview, person())
        write(TURN, _turn() + 1)


def show_export(wanted: ExampleFilter) -> None:
    """Buttons that write a file with every example the filters match."""
    st.caption(_("Every example that the filters match, with its verdict."))
    with st.container(horizontal=True):
        for form in ("jsonl", "csv", "xlsx"):
            st.download_button(
                form.upper(),
                partial(services().curation.export, wanted, form),
                file_name=f"{wanted.study}.{form}",
                key=f"examples.export.{form}",
                icon=":material/download:",
                on_click="ignore",
            )


def _turn() -> int:
    turn = written(TURN)
    return turn if isinstance(turn, int) else 0


def _show_problems(preview: Preview) -> None:
    st.warning(
        _(
            "Nothing is imported yet: {count} problems. Correct them and choose the file again.",
            count=number(len(preview.problems)),
        )
    )
    rows = [(str(one.line), sentence(one)) for one in preview.problems]
    table = pd.DataFrame(rows, columns=[_("Line"), _("Problem")])
    st.table(table, hide_index=True, border="horizontal")


def _show_rows(study: Study, preview: Preview) -> None:
    st.info(_("{count} examples, no problems.", count=number(len(preview.rows))))
    rows = [{**one.inputs, "message": one.message} for one in preview.rows[:5]]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="examples.preview")
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
