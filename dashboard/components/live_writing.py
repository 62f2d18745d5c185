"""Base and tuned model answer one student at the same time, while somebody watches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from dashboard.components.choices import select
from dashboard.components.example_detail import show_inputs
from dashboard.components.plain import escaped, plain
from dashboard.components.stored_outputs import row_words, show_cost
from dashboard.components.words import system_words
from dashboard.domain.errors import UserError
from dashboard.domain.generation import Comparison, Completion, GenerationRun, System, SystemKind
from dashboard.domain.studies import Field, Inputs, Study
from dashboard.session import _, language, sentence, services, write, written

OWN = ""
KEPT = "compare.answers"
Pieces = Iterator[str | Completion]


@dataclass(frozen=True)
class Answers:
    """What the systems of a run wrote last, by system."""

    run_id: str
    completions: dict[str, Completion]


def show_live(study: Study, run: GenerationRun, rows: tuple[Comparison, ...]) -> None:
    """Draw the inputs, the button, and what base and tuned model write."""
    inputs = _ask_inputs(study, rows)
    complete = all(inputs[field.key].strip() for field in study.fields)
    pressed = st.button(
        _("Write"),
        key="compare.write",
        type="primary",
        icon=":material/edit:",
        disabled=not complete,
    )
    if not complete:
        st.caption(_("Fill in every field first."))
    systems = [one for one in run.systems if one.kind is not SystemKind.FEW_SHOT]
    if pressed:
        _stream(run, systems, inputs)
        return
    kept = written(KEPT)
    if isinstance(kept, Answers) and kept.run_id == run.id:
        for system, column in zip(systems, st.columns(len(systems)), strict=True):
            with column:
                _show_answer(system, kept.completions.get(system.kind))


def _ask_inputs(study: Study, rows: tuple[Comparison, ...]) -> Inputs:
    words = {OWN: _("My own student")} | row_words(study, rows)
    choice = select(_("Write to"), words, "compare.source", next(iter([*words][1:]), OWN))
    for row in rows:
        if row.key == choice:
            show_inputs(study, row.inputs)
            return row.inputs
    with st.grid(3, min_column_width=160):
        return {field.key: _ask(field) for field in study.fields}


def _ask(field: Field) -> str:
    label, key = escaped(field.label.get(language(), field.name)), f"compare.own.{field.key}"
    if field.values:
        words = {value: field.label_of(value, language()) for value in field.values}
        return select(label, words, key)
    return st.text_input(label, key=key, max_chars=120) or ""


def _stream(run: GenerationRun, systems: list[System], inputs: Inputs) -> None:
    """Take a piece from each system in turn, so that both texts grow at the same time."""
    generation = services().generation
    places, open_streams = {}, {}
    for system, column in zip(systems, st.columns(len(systems)), strict=True):
        with column:
            st.markdown(f"**{system_words()[system.kind]}**")
            places[system.kind] = st.container(border=True).empty()
            places[system.kind].text("…")
        open_streams[system.kind] = generation.stream(
            run.version_id, system, inputs, run.engine_url, run.seed
        )
    texts = dict.fromkeys(open_streams, "")
    completions: dict[str, Completion] = {}
    while open_streams:
        for kind in tuple(open_streams):
            piece = _next(open_streams[kind])
            if isinstance(piece, str):
                texts[kind] += piece
                places[kind].text(texts[kind])
                continue
            del open_streams[kind]
            with places[kind].container():
                _show_end(piece)
            if isinstance(piece, Completion):
                completions[kind] = piece
    write(KEPT, Answers(run.id, completions))


def _next(pieces: Pieces) -> str | Completion | UserError | None:
    try:
        return next(pieces, None)
    except UserError as error:
        return error


def _show_end(end: Completion | UserError | None) -> None:
    if isinstance(end, UserError):
        st.error(sentence(end))
    elif end is None:
        st.error(_("The answer ended early; its last part is missing."))
    else:
        _show_completion(end)


def _show_answer(system: System, completion: Completion | None) -> None:
    st.markdown(f"**{system_words()[system.kind]}**")
    if completion is not None:
        with st.container(border=True):
            _show_completion(completion)


def _show_completion(completion: Completion) -> None:
    if completion.finish_reason == "length":
        st.badge(_("cut off"), icon=":material/content_cut:", color="orange")
    plain(completion.text.strip() or "–")
    usage = completion.usage
    show_cost(
        usage.prompt_tokens if usage else None,
        usage.completion_tokens if usage else None,
        completion.latency_seconds,
    )
