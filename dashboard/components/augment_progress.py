"""A run while it works and after it: how far it is, condition by condition, and why not further."""

from __future__ import annotations

import streamlit as st

from dashboard.charts.augmentation_progress import Square, progress_grid
from dashboard.components.augment_yields import show_yields
from dashboard.components.numbers import moment, number
from dashboard.components.plain import escaped
from dashboard.components.study_progress import show_fault
from dashboard.components.words import status_word
from dashboard.domain.augmentation import AugmentationRun
from dashboard.domain.studies import Study
from dashboard.domain.training import RunStatus
from dashboard.domain.turns import CellProgress
from dashboard.session import _, language, services

BARE = {"displayModeBar": False}


def show_progress(study: Study, run: AugmentationRun) -> None:
    """Draw the run as it stands."""
    cells = services().augmentation.progress(run.id)
    kept, wanted = sum(one.kept for one in cells), sum(one.wanted for one in cells)
    started = _("Started {time}", time=moment(run.created_at))
    st.caption(f"{started} · {escaped(run.person)} · {status_word(run.status)}")
    said = _("{done} of {total} variants", done=number(kept), total=number(wanted))
    st.progress(kept / wanted if wanted else 1.0, text=said)
    if run.status is RunStatus.WAITING:
        st.caption(_("It begins soon; the first time, reading the word lists takes half a minute."))
    if run.error:
        show_fault(_("The run stopped."), run.error)
    if cells:
        _show_grid(study, cells)
    _show_short(run, cells)
    show_yields(run)


def _show_grid(study: Study, cells: tuple[CellProgress, ...]) -> None:
    st.caption(_("Each square is a condition: how many variants are made, of those it lacked."))
    squares = [_square(study, one) for one in cells]
    st.plotly_chart(
        progress_grid(squares),
        key="augment.progress",
        config=BARE,
        alt=_("Variants made and wanted, condition by condition; the table below says the same"),
    )
    with st.expander(_("As a table"), key="augment.progress.table", icon=":material/table:"):
        st.dataframe(
            {
                _("Condition"): [f"{one.row} · {one.column}" for one in squares],
                _("Made"): [one.kept for one in cells],
                _("Lacked"): [one.wanted for one in cells],
                _("Held"): [one.held for one in cells],
                _("Left out"): [one.dropped for one in cells],
            },
            hide_index=True,
            key="augment.progress.cells",
        )


def _show_short(run: AugmentationRun, cells: tuple[CellProgress, ...]) -> None:
    """What a finished run could not fill, and what helps."""
    short = sum(one.is_done and one.kept < one.wanted for one in cells)
    if run.status is RunStatus.SUCCEEDED and short:
        st.info(
            _(
                "{count} conditions stay short: no technique found anything more there that passes "
                "the filters. New originals help most; write some on the Coverage page.",
                count=number(short),
            ),
            icon=":material/info:",
        )


def _square(study: Study, one: CellProgress) -> Square:
    words = [
        study.field(key).label_of(value, language())
        for key, value in zip(study.cell_keys, one.cell, strict=True)
    ]
    return Square(" · ".join(words[:-1]), words[-1], one.kept, one.wanted)
