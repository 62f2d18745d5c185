"""Stored outputs, row by row: the reference, and what each system wrote for the same student."""

from __future__ import annotations

import streamlit as st

from dashboard.components.choices import linked_select
from dashboard.components.example_detail import show_inputs
from dashboard.components.numbers import number
from dashboard.components.plain import plain
from dashboard.components.words import output_status_word, system_words
from dashboard.domain.generation import Comparison, Output, OutputStatus, System
from dashboard.domain.results import Results
from dashboard.domain.studies import Study
from dashboard.session import _, language, stored_sentence, write

ROW = "compare.row"


def show_stored(study: Study, results: Results) -> None:
    """Draw one held-out row with its outputs side by side, and the way to the next."""
    rows = {one.key: one for one in results.comparisons}
    words = row_words(study, results.comparisons)
    row = rows[linked_select(_("Held-out row"), words, ROW)]
    _show_neighbors(list(rows), row.key)
    show_inputs(study, row.inputs)
    with st.container(border=True, gap="xsmall"):
        st.caption(_("Reference message"))
        plain(row.reference)
    systems = results.generation.systems
    for column, system in zip(st.columns(len(systems)), systems, strict=True):
        with column:
            _show_system(system, row, results)


def row_words(study: Study, rows: tuple[Comparison, ...]) -> dict[str, str]:
    """A held-out row by number, key and condition; plain text."""

    def condition(row: Comparison) -> str:
        fields = (study.field(key) for key in study.cell_keys)
        return ", ".join(one.label_of(row.inputs[one.key], language()) for one in fields)

    return {
        one.key: f"{number(position)} · {one.key} · {condition(one)}"
        for position, one in enumerate(rows, start=1)
    }


def _show_neighbors(keys: list[str], current: str) -> None:
    place = keys.index(current)
    with st.container(horizontal=True, vertical_alignment="center"):
        for name, label, icon, target in (
            ("previous", _("Previous"), ":material/arrow_back:", place - 1),
            ("next", _("Next"), ":material/arrow_forward:", place + 1),
        ):
            possible = 0 <= target < len(keys)
            st.button(
                label,
                key=f"compare.{name}",
                icon=icon,
                disabled=not possible,
                on_click=write,
                args=(ROW, keys[target] if possible else current),
            )
        st.caption(_("{place} of {count}", place=number(place + 1), count=number(len(keys))))


def _show_system(system: System, row: Comparison, results: Results) -> None:
    st.markdown(f"**{system_words()[system.kind]}**")
    outputs = [one for one in row.outputs if one.system is system.kind]
    if not outputs:
        st.caption(_("Nothing written for this row."))
    for output in outputs:
        with st.container(border=True, gap="xsmall"):
            _show_output(output, results.scores.get(output.id, {}).get("bertscore_f1"))


def _show_output(output: Output, f1: float | None) -> None:
    if output.status is not OutputStatus.COMPLETE:
        st.badge(output_status_word(output.status), icon=":material/content_cut:", color="orange")
    if output.text:
        plain(output.text)
    if output.error:
        plain(stored_sentence(output.error))
    if f1 is not None:
        st.caption(_("BERTScore F1 {value}", value=number(f1, 3)))
    show_cost(
        output.usage.prompt_tokens if output.usage else None,
        output.usage.completion_tokens if output.usage else None,
        output.latency_seconds,
    )


def show_cost(prompt: int | None, completion: int | None, seconds: float | None) -> None:
    """Tokens read and written, and how long it took."""
    parts = []
    if prompt is not None and completion is not None:
        parts.append(
            _("{read} tokens read, {wrote} written", read=number(prompt), wrote=number(completion))
        )
    if seconds is not None:
        parts.append(_("{seconds} s", seconds=number(seconds, 1)))
    st.caption(" · ".join(parts))
