"""One example in full: its message, its inputs, and what the checks notice."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dashboard.components.example_answers import show_found_answers
from dashboard.components.example_family import show_family
from dashboard.components.marked import show_marked
from dashboard.components.plain import escaped, plain
from dashboard.components.words import VERDICT_ICONS, basis_word, origin_word, verdict_word
from dashboard.domain.examples import Example
from dashboard.domain.findings import Finding, Severity
from dashboard.domain.studies import Inputs, Study
from dashboard.domain.verdicts import Verdict
from dashboard.session import ExampleDetail, _, language, sentence

COLORS: dict[Verdict, Literal["gray", "green", "orange", "red"]] = {
    Verdict.UNREVIEWED: "gray",
    Verdict.DISPUTED: "orange",
    Verdict.ACCEPTED: "green",
    Verdict.REJECTED: "red",
}


def show_detail(study: Study, detail: ExampleDetail, sought: str = "") -> None:
    """Draw the example, with the words of a search marked."""
    example = detail.example
    _show_state(example)
    with st.container(border=True):
        show_marked(example.message, sought)
    show_inputs(study, example.inputs, sought)
    show_findings(detail.findings)
    show_found_answers(example, sought)
    show_family(example)


def show_inputs(study: Study, inputs: Inputs, sought: str = "") -> None:
    """The input fields with their values."""
    with st.grid(3, min_column_width=110, gap="small"):
        for field in study.fields:
            with st.container(gap=None):
                st.caption(field.label.get(language(), field.name))
                show_marked(field.label_of(inputs[field.key], language()), sought)


def _show_state(example: Example) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        plain(example.key)
        verdict = verdict_word(example.verdict)
        st.badge(verdict, icon=VERDICT_ICONS[example.verdict], color=COLORS[example.verdict])
        if example.basis is not None:
            st.badge(basis_word(example.basis), color="gray")
        st.badge(origin_word(example.origin), color="blue")
        st.badge(_("version {number}", number=example.revision_number), color="gray")
        if example.retired:
            st.badge(_("Retired"), icon=":material/inventory_2:", color="gray")
        for tag in example.tags:
            st.badge(escaped(tag), icon=":material/label:", color="violet")


def show_findings(findings: tuple[Finding, ...]) -> None:
    """What the automatic checks noticed; facts, no judgment."""
    if not findings:
        said = _("The checks on length, emoji and wording have no remarks.")
        st.caption(f":material/check: {said}")
    for finding in findings:
        icon = "error" if finding.severity is Severity.ERROR else "lightbulb"
        st.caption(f":material/{icon}: {sentence(finding)}")
