"""What the others answered, once the own answer is in."""

from __future__ import annotations

import streamlit as st

from dashboard.components.differences import show_difference
from dashboard.components.plain import escaped, plain
from dashboard.components.words import decision_word
from dashboard.domain.responses import Decision, Response
from dashboard.domain.studies import Study
from dashboard.session import ReviewCard, _, language


def show_answers(study: Study, card: ReviewCard) -> None:
    """Draw every answer this person may read; nothing while there is none."""
    if not card.others:
        return
    st.header(_("The other answers"))
    with st.grid(2, min_column_width=280):
        for response in card.others:
            with st.container(border=True, gap="xsmall"):
                _show_answer(study, card.example.message, response)


def _show_answer(study: Study, message: str, response: Response) -> None:
    answer = response.answer
    if answer.decision is not None:
        st.markdown(
            _(
                "**{expert}**: {decision}",
                expert=escaped(response.expert),
                decision=decision_word(answer.decision),
            )
        )
    if answer.reason:
        plain(answer.reason)
    if answer.decision is Decision.EDIT:
        show_difference(message, answer.message)
    flags = [one.label[language()] for one in study.form.flags if one.key in answer.flags]
    if flags:
        st.caption(_("Flags: {flags}", flags=escaped(", ".join(flags))))
    rated = [
        f"{one.label[language()]} {answer.ratings[one.key]}"
        for one in study.form.ratings
        if one.key in answer.ratings
    ]
    if rated:
        st.caption(_("Ratings: {ratings}", ratings=escaped(" · ".join(rated))))
