"""The numbers a visitor asks for first: does the tuned model beat the base, and at what cost."""

from __future__ import annotations

import streamlit as st

from dashboard.components.numbers import number
from dashboard.components.plain import escaped
from dashboard.components.words import system_words
from dashboard.domain.results import Results
from dashboard.domain.scores import SystemResult
from dashboard.session import _


def show_headline(results: Results) -> None:
    """BERTScore F1 and prompt tokens of each system, with n and what was flagged."""
    with st.grid(3, min_column_width=220):
        for system in results.systems:
            _show_system(system)
    st.caption(
        _(
            "BERTScore F1 says how close a message comes to the reference in meaning; 1 is "
            "the same. Prompt tokens are what the model has to read before it writes; fewer is "
            "cheaper and faster. n counts the scored messages; more than a few dozen are needed "
            "before small differences mean anything."
        )
    )
    show_encoder(results)


def show_encoder(results: Results) -> None:
    """Which language model the BERTScore rests on."""
    if results.signature:
        st.caption(_("Scored with: {signature}", signature=escaped(results.signature)))
        if results.encoder_reads_english:
            st.caption(
                _(
                    "This encoder was made for English; in Indonesian it sees wording and style "
                    "more than meaning."
                )
            )
    else:
        st.caption(_("Not scored yet."))


def _show_system(system: SystemResult) -> None:
    f1 = system.figures.get("bertscore_f1")
    prompt = system.figures.get("prompt_tokens")
    with st.container(border=True):
        st.metric(
            system_words()[system.kind],
            number(f1.mean, 3) if f1 else "–",
            delta=_("BERTScore F1, n = {n}", n=number(f1.count)) if f1 else None,
            delta_color="off",
            delta_arrow="off",
        )
        if prompt:
            st.markdown(_("**{tokens}** prompt tokens on average", tokens=number(prompt.mean, 1)))
        st.caption(flagged_words(system))


def flagged_words(system: SystemResult) -> str:
    """How many texts are missing, or ended early and are marked as such."""
    return _(
        "{flagged} of {outputs} cut off or failed, {missing} missing",
        flagged=number(system.flagged),
        outputs=number(system.outputs),
        missing=number(system.missing),
    )
