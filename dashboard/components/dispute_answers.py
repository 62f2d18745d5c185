"""Everybody's answers to one text, side by side, without names until somebody asks for them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.components.differences import show_difference
from dashboard.components.plain import escaped, plain
from dashboard.components.review_words import asked_word, confidence_word, flag_words
from dashboard.components.words import decision_word
from dashboard.domain.responses import Decision, Response
from dashboard.domain.review_forms import Rating, ReviewForm
from dashboard.session import Dispute, _, written

NAMES = "adjudicate.names"
ICONS = {
    Decision.ACCEPT: ":material/check_circle:",
    Decision.EDIT: ":material/edit:",
    Decision.REJECT: ":material/cancel:",
    Decision.UNSURE: ":material/help:",
}
LOWEST, HIGHEST = "▽", "△"


def names_of(dispute: Dispute) -> tuple[str, ...]:
    """What the experts are called here, in the order of their answers."""
    if written(NAMES):
        return tuple(one.expert for one in dispute.responses)
    return tuple(_("Expert {number}", number=n + 1) for n in range(len(dispute.responses)))


def show_answers(form: ReviewForm, dispute: Dispute) -> None:
    """Draw every answer, then the ratings in one table."""
    if not dispute.responses:
        st.caption(
            _(
                "An adjudicator took this text from an edit. What the experts answered to the "
                "version before stands in the history of the example."
            )
        )
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(_("What the experts answered"))
        st.toggle(
            _("Show names"),
            key=NAMES,
            help=_("Names are hidden so that the answers speak for themselves."),
        )
    names = names_of(dispute)
    with st.grid(min(3, max(1, len(names))), min_column_width=180):
        for name, response in zip(names, dispute.responses, strict=True):
            with st.container(border=True, gap="xsmall"):
                _show_answer(form, dispute, name, response)
    _show_ratings(form, names, dispute.responses)


def _show_answer(form: ReviewForm, dispute: Dispute, name: str, response: Response) -> None:
    answer = response.answer
    plain(name)
    with st.container(horizontal=True, gap="xsmall"):
        if answer.decision is not None:
            st.badge(decision_word(answer.decision), icon=ICONS[answer.decision])
        if answer.confidence is not None:
            st.badge(confidence_word(answer.confidence), color="gray")
        for word in flag_words(form, response):
            st.badge(word, icon=":material/flag:", color="orange")
    if answer.decision is Decision.EDIT:
        show_difference(dispute.example.message, answer.message)
    if answer.reason:
        plain(answer.reason)


def _show_ratings(form: ReviewForm, names: Sequence[str], responses: Sequence[Response]) -> None:
    rated = [item for item in form.ratings if any(item.key in r.answer.ratings for r in responses)]
    if not rated:
        st.caption(_("Nobody rated the single points; a plain accept needs no ratings."))
        return
    rows = [[asked_word(item), *_marked(item, responses)] for item in rated]
    columns = [_("Rubric, 1 to 5"), *(escaped(name) for name in names)]
    st.table(pd.DataFrame(rows, columns=columns), hide_index=True, border="horizontal")
    if len(responses) < 2:
        return
    st.caption(
        _(
            "{low} lowest and {high} highest where they differ; – means not rated.",
            low=LOWEST,
            high=HIGHEST,
        )
    )


def _marked(item: Rating, responses: Sequence[Response]) -> list[str]:
    given = [one.answer.ratings.get(item.key) for one in responses]
    known = [one for one in given if one is not None]
    if len(set(known)) < 2:
        return ["–" if one is None else str(one) for one in given]
    marks = {min(known): f" {LOWEST}", max(known): f" {HIGHEST}"}
    return ["–" if one is None else f"{one}{marks.get(one, '')}" for one in given]
