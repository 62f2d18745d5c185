"""The coverage map: a button for every condition, and the same as a table with all verdicts."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.components.numbers import number
from dashboard.components.words import verdict_word
from dashboard.domain.studies import Cell, Study
from dashboard.domain.verdicts import Verdict
from dashboard.session import CoverageMap, Covered, _, choose, language

EMPTY, SHORT, FULL = "empty", "short", "full"
ICONS = {
    EMPTY: ":material/radio_button_unchecked:",
    SHORT: ":material/clock_loader_40:",
    FULL: ":material/check_circle:",
}


def show_grid(study: Study, covered: CoverageMap, accepted_only: bool) -> None:
    """One button a condition, with what it has and what it should have."""
    groups: dict[str, list[Covered]] = {}
    for one in covered.cells:
        groups.setdefault(one.cell[0], []).append(one)
    leading = study.field(study.cell_keys[0])
    for value, cells in groups.items():
        label = leading.label_of(value, language())
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{label}**")
            with st.grid(4, min_column_width=190, gap="xsmall"):
                for one in cells:
                    _show_cell(study, one, covered, accepted_only)


def show_table(study: Study, covered: CoverageMap) -> None:
    """Every condition with its counts by verdict, for reading aloud and for copying."""
    labels = [study.field(key).label.get(language(), key) for key in study.cell_keys]
    verdicts = [verdict_word(one) for one in Verdict]
    rows = [
        [*_words(study, one.cell), *(one.counts[verdict] for verdict in Verdict), one.total]
        for one in covered.cells
    ]
    table = pd.DataFrame(rows, columns=[*labels, *verdicts, _("All")])
    st.dataframe(table, hide_index=True, key="coverage.table")


def cell_name(cell: Cell) -> str:
    """A condition as a link names it."""
    return ".".join(cell)


def cell_words(study: Study, cell: Cell) -> str:
    """A condition in the reader's language."""
    return " · ".join(_words(study, cell))


def _show_cell(study: Study, one: Covered, covered: CoverageMap, accepted_only: bool) -> None:
    count = covered.count(one, accepted_only)
    level = EMPTY if count == 0 else SHORT if count < covered.target else FULL
    name = " · ".join(_words(study, one.cell)[1:])
    label = _(
        "{count} of {target} · {condition}",
        condition=name,
        count=number(count),
        target=number(covered.target),
    )
    st.button(
        label,
        key=f"coverage.cell.{cell_name(one.cell)}",
        icon=ICONS[level],
        type="tertiary" if level == FULL else "secondary",
        width="stretch",
        wrap=True,
        help=_("Write an example for this condition"),
        on_click=choose,
        args=("cell", cell_name(one.cell)),
    )


def _words(study: Study, cell: Cell) -> list[str]:
    return [
        study.field(key).label_of(value, language())
        for key, value in zip(study.cell_keys, cell, strict=True)
    ]
