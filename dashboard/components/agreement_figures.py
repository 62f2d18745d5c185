"""Tables of agreement: all questions at a glance, one question in full, and its slices."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.components.agreement_words import (
    caution,
    caution_legend,
    caution_mark,
    coefficient_word,
    interval_word,
    question_word,
    reading,
    value_word,
)
from dashboard.components.choices import linked_select
from dashboard.components.numbers import number
from dashboard.components.plain import escaped
from dashboard.session import (
    FITTING,
    GUIDELINE,
    Asked,
    Coefficient,
    Evidence,
    Figure,
    Question,
    Undefined,
    _,
    language,
)

ALPHA, STEADY = 1, 2
"""Places of alpha and AC among a scale's figures; percent agreement comes first."""


def show_overview(evidence: Evidence) -> None:
    """Every question with its three main figures; flags nobody marked are only counted."""
    rows, unmarked = [], 0
    for question in evidence.questions:
        figures = evidence.figures(question)
        if question.asked is Asked.FLAG and figures[0].why_undefined is Undefined.NO_VARIATION:
            unmarked += 1
        else:
            rows.append(_overview_row(evidence, question, figures))
    header = [_("Question"), _("Examples"), _("Same answer"), _("Krippendorff's alpha"), _("AC")]
    st.table(pd.DataFrame(rows, columns=header), hide_index=True, border="horizontal")
    st.caption(_("In brackets: 95% intervals over examples. AC is Gwet's AC1, for ratings AC2."))
    if unmarked:
        st.caption(
            _("Flags that were answered alike every time: {count}.", count=number(unmarked)),
        )


def choose_question(evidence: Evidence) -> Question:
    """Let a person choose which question to look at."""
    words = {one.key: question_word(evidence.study.form, one) for one in evidence.questions}
    key = linked_select(_("Question"), words, "agreement.question")
    return next(one for one in evidence.questions if one.key == key)


def show_question(evidence: Evidence, question: Question) -> tuple[Figure, ...]:
    """One question's figures and what each says; returns them."""
    figures = evidence.figures(question)
    rows = [
        [
            coefficient_word(one.coefficient),
            value_word(one),
            interval_word(one),
            number(one.items),
            number(one.raters),
            number(one.pairs),
        ]
        for one in figures
    ]
    header = [_("Figure"), _("Value"), _("95% interval"), _("Examples"), _("Experts"), _("Pairs")]
    st.table(pd.DataFrame(rows, columns=header), hide_index=True, border="horizontal")
    warning = caution(figures[0].items)
    if warning:
        st.info(warning, icon=":material/info:")
    if question.asked is Asked.RATING:
        _show_optional(evidence, question)
    with st.expander(_("What these figures say"), key="agreement.reading", expanded=True):
        for one in figures:
            st.markdown(f"**{coefficient_word(one.coefficient)}.** {reading(one)}")
    return figures


def choose_coefficient(question: Question) -> Coefficient:
    """Let a person choose the figure for slices and pairs; alpha comes first."""
    fitting = FITTING[question.scale]
    in_order = (fitting[ALPHA], fitting[0], *fitting[STEADY:])
    words = {str(one): coefficient_word(one) for one in in_order}
    return Coefficient(linked_select(_("Figure"), words, f"agreement.figure_{question.scale}"))


def show_slices(evidence: Evidence, question: Question, coefficient: Coefficient) -> None:
    """The figure for every value of a field, and for every version of the guideline."""
    fields = {key: _field_word(evidence, key) for key in evidence.study.cell_keys}
    by = linked_select(
        _("Compare by"), fields | {GUIDELINE: _("Guideline version")}, "agreement.by"
    )
    rows = [
        _slice_row(_value_word(evidence, field, value), part, question, coefficient)
        for field, value, part in evidence.slices()
        if field == by
    ]
    header = [_("Slice"), _("Examples"), _("Value"), _("95% interval"), _("To keep in mind")]
    st.table(pd.DataFrame(rows, columns=header), hide_index=True, border="horizontal")
    st.caption(caution_legend())


def _overview_row(evidence: Evidence, question: Question, figures: tuple[Figure, ...]) -> list[str]:
    shown = [figures[0], figures[ALPHA], figures[STEADY]]
    cells = [
        f"{value_word(one)} ({interval_word(one)})" if one.low is not None else value_word(one)
        for one in shown
    ]
    return [question_word(evidence.study.form, question), number(figures[0].items), *cells]


def _slice_row(
    word: str, part: Evidence, question: Question, coefficient: Coefficient
) -> list[str]:
    figure = next(one for one in part.figures(question) if one.coefficient is coefficient)
    cells = [value_word(figure), interval_word(figure), caution_mark(figure.items)]
    return [word, number(figure.items), *cells]


def _field_word(evidence: Evidence, key: str) -> str:
    field = evidence.study.field(key)
    return field.label.get(language(), field.name)


def _value_word(evidence: Evidence, field: str, value: str) -> str:
    if field == GUIDELINE:
        return _("version {number}", number=value)
    return escaped(evidence.study.field(field).label_of(value, language()))


def _show_optional(evidence: Evidence, question: Question) -> None:
    st.caption(
        _(
            "{given} of {all} answers rate this. Ratings are asked for in calibration and where "
            "the decision is not a plain accept, so doubtful messages weigh more here.",
            given=number(evidence.given(question)),
            all=number(len(evidence.responses)),
        )
    )
