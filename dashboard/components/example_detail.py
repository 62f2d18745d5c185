"""One example in full: its message, its inputs, what the checks notice, and the judgment."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dashboard.components.plain import escaped, plain
from dashboard.components.words import VERDICT_ICONS, origin_word, verdict_word
from dashboard.domain.examples import Decision, Example, Verdict
from dashboard.domain.findings import Finding, Severity
from dashboard.domain.studies import Inputs, Study
from dashboard.session import (
    ExampleDetail,
    _,
    acting,
    language,
    outcome,
    person,
    sentence,
    services,
    write,
    written,
)

COLORS: dict[Verdict, Literal["gray", "green", "red"]] = {
    Verdict.UNREVIEWED: "gray",
    Verdict.ACCEPTED: "green",
    Verdict.REJECTED: "red",
}


def show_detail(study: Study, detail: ExampleDetail) -> None:
    """Draw the example and the form that judges it."""
    example = detail.example
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        plain(example.key)
        verdict = verdict_word(example.verdict)
        st.badge(verdict, icon=VERDICT_ICONS[example.verdict], color=COLORS[example.verdict])
        st.badge(origin_word(example.origin), color="blue")
        st.badge(_("version {number}", number=example.revision_number), color="gray")
    with st.container(border=True):
        plain(example.message)
    show_inputs(study, example.inputs)
    show_findings(detail.findings)
    _show_judgment(example)


def show_inputs(study: Study, inputs: Inputs) -> None:
    """The input fields with their values."""
    with st.grid(3, min_column_width=110, gap="small"):
        for field in study.fields:
            with st.container(gap=None):
                st.caption(field.label.get(language(), field.name))
                plain(field.label_of(inputs[field.key], language()))


def show_findings(findings: tuple[Finding, ...]) -> None:
    """What the automatic checks noticed; facts, no judgment."""
    if not findings:
        said = _("The checks on length, emoji and wording have no remarks.")
        st.caption(f":material/check: {said}")
    for finding in findings:
        icon = "error" if finding.severity is Severity.ERROR else "lightbulb"
        st.caption(f":material/{icon}: {sentence(finding)}")


def decide(seen: Example, decision: Decision) -> None:
    """Record a judgment of what was on the screen; the same one again changes nothing."""
    curation, expert = services().curation, person()
    reason = str(written(f"examples.reason.{seen.id}") or "").strip()
    done = {
        Decision.ACCEPT: _("{key} is accepted.", key=escaped(seen.key)),
        Decision.REJECT: _("{key} is rejected.", key=escaped(seen.key)),
    }[decision]
    with acting("examples.judgment", done):
        said = [one for one in curation.one(seen.id).responses if one.expert == expert][:1]
        same = [(seen.revision_id, decision, reason)]
        if [(one.revision_id, one.decision, one.reason) for one in said] != same:
            curation.decide(seen, decision, expert, reason)


def _show_judgment(example: Example) -> None:
    outcome("examples.judgment")
    nameless = not person()
    if nameless:
        _ask_name()
    with (
        st.form(f"examples.judge.{example.id}", border=False, enter_to_submit=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(
            _("Reason (needed to reject)"),
            key=f"examples.reason.{example.id}",
            max_chars=500,
            width=230,
        )
        st.form_submit_button(
            _("Accept"),
            key=f"examples.accept.{example.id}",
            type="primary",
            icon=":material/check:",
            shortcut="A",
            disabled=nameless,
            on_click=decide,
            args=(example, Decision.ACCEPT),
        )
        st.form_submit_button(
            _("Reject"),
            key=f"examples.reject.{example.id}",
            icon=":material/close:",
            shortcut="X",
            disabled=nameless,
            on_click=decide,
            args=(example, Decision.REJECT),
        )


def _ask_name() -> None:
    st.text_input(
        _("Write your name first; it stands under what you decide."),
        key="examples.name",
        max_chars=80,
        on_change=lambda: write("person", written("examples.name")),
    )
