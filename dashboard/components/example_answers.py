"""Answers that a search has found words in, as far as this reader may read them."""

from __future__ import annotations

import streamlit as st

from dashboard.components.marked import show_marked
from dashboard.components.plain import escaped
from dashboard.components.words import decision_word
from dashboard.domain.examples import Example
from dashboard.domain.responses import Response
from dashboard.domain.words import is_found
from dashboard.session import _, person, services


def show_found_answers(example: Example, sought: str) -> None:
    """Draw the reasons and corrected texts that hold a sought word."""
    if not sought:
        return
    card = services().queueing.card(example.id, person())
    answers = ([card.own] if card.own and card.own.is_submitted else []) + list(card.others)
    for one in answers:
        texts = [text for text in (one.answer.reason, one.answer.message) if text]
        if any(is_found(text, sought) for text in texts):
            _show(one, texts, sought)


def _show(response: Response, texts: list[str], sought: str) -> None:
    with st.container(border=True, gap="xxsmall"):
        said = decision_word(response.answer.decision) if response.answer.decision else ""
        st.caption(
            _("**{expert}** answered: {decision}", expert=escaped(response.expert), decision=said)
        )
        for text in texts:
            show_marked(text, sought)
