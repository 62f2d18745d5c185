"""Why this verdict: who decided what, on which rule and under which guideline."""

from __future__ import annotations

import streamlit as st

from dashboard.components.numbers import moment, number
from dashboard.components.plain import escaped
from dashboard.components.review_words import cause_word, names_word, rule_word
from dashboard.components.words import decision_word, verdict_word
from dashboard.domain.examples import Example
from dashboard.domain.ids import ExampleId
from dashboard.domain.responses import Response
from dashboard.domain.verdicts import Cause, Ruling, Verdict
from dashboard.session import Reasons, _, person, services


def show_reasons(example_id: ExampleId) -> None:
    """Draw what the verdict rests on, as far as this person may see it."""
    reasons = services().tracing.reasons(example_id, person())
    with st.container(gap="xxsmall"):
        _show_text(reasons.example)
        st.caption(_basis_sentence(reasons))
        if reasons.ruling is not None:
            _show_ruling(reasons.ruling)
        for one in reasons.answers:
            _show_answer(one)
        if reasons.guideline_versions:
            versions = ", ".join(number(one) for one in reasons.guideline_versions)
            st.caption(_("Judged under the guideline in version {versions}.", versions=versions))


def _show_text(example: Example) -> None:
    st.markdown(
        _(
            "Version {number}, written by **{author}**: {verdict}.",
            number=example.revision_number,
            author=escaped(example.author),
            verdict=verdict_word(example.verdict),
        )
    )


def _show_answer(response: Response) -> None:
    if response.answer.decision is not None:
        decision = decision_word(response.answer.decision)
        st.caption(_("{who} answered: {decision}", who=escaped(response.expert), decision=decision))


def _basis_sentence(reasons: Reasons) -> str:
    example, names = reasons.example, names_word(reasons.deciders)
    if example.verdict is Verdict.UNREVIEWED:
        return _open_sentence(reasons)
    if example.verdict is Verdict.DISPUTED:
        return _("The answers differ or raise a concern, so somebody has to decide.")
    if reasons.ruling is not None:
        time = escaped(moment(reasons.ruling.at))
        return _("Decided by an adjudicator: {names}, {time}.", names=names, time=time)
    if reasons.hidden:
        return _("The answers stay hidden until the calibration round is revealed.")
    return _(
        "The rule: {rule}. Decided by the answers of {names}.",
        rule=rule_word(reasons.rule),
        names=names,
    )


def _open_sentence(reasons: Reasons) -> str:
    example = reasons.example
    said = _(
        "{answered} of {needed} answers are in.",
        answered=number(example.answered),
        needed=number(example.needed),
    )
    if not reasons.hidden:
        return said
    return f"{said} {_('What others answered stays hidden until your own answer is in.')}"


def _show_ruling(ruling: Ruling) -> None:
    if ruling.cause is not Cause.OTHER:
        st.caption(_("Why it was disputed: {cause}.", cause=cause_word(ruling.cause)))
    if ruling.reason:
        st.caption(escaped(ruling.reason))
    if ruling.answered_self:
        st.caption(_("The adjudicator had answered this example before; the team allows it."))
