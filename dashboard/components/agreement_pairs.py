"""Who agrees with whom, and on which examples they differ most."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.charts.agreement import pair_heatmap
from dashboard.components.agreement_words import (
    caution_legend,
    caution_mark,
    coefficient_word,
    interval_word,
    share_word,
    value_word,
)
from dashboard.components.numbers import number
from dashboard.components.plain import escaped, plain
from dashboard.components.review_words import asked_word
from dashboard.components.words import decision_word
from dashboard.domain.review_forms import ReviewForm
from dashboard.domain.verdicts import Verdict
from dashboard.navigation import page
from dashboard.session import Coefficient, Disagreement, Evidence, Figure, Question, _

BARE = {"displayModeBar": False}
SHOWN = 10


def show_pairs(evidence: Evidence, question: Question, coefficient: Coefficient) -> None:
    """The figure for every two experts, as a picture and as a table."""
    found = {
        pair: next(one for one in figures if one.coefficient is coefficient)
        for pair, figures in evidence.pairs(question).items()
    }
    if not found:
        st.info(_("There are no two experts to compare yet."))
        return
    st.plotly_chart(
        pair_heatmap(evidence.experts, found),
        key="agreement.pairs",
        config=BARE,
        alt=_(
            "{figure} of every two experts; the table below has the same values.",
            figure=coefficient_word(coefficient),
        ),
    )
    rows = [_pair_row(pair, figure) for pair, figure in found.items()]
    header = [_("Experts"), _("Examples"), _("Value"), _("95% interval"), _("To keep in mind")]
    st.table(pd.DataFrame(rows, columns=header), hide_index=True, border="horizontal")
    st.caption(caution_legend())


def show_disagreements(evidence: Evidence) -> None:
    """The examples that experts saw most differently, each with the way there."""
    found = evidence.disagreements()
    if not found:
        st.info(_("No example was judged differently."))
        return
    for one in found[:SHOWN]:
        with st.container(border=True, gap="xsmall"):
            _show_disagreement(evidence.study.form, one)
    if len(found) > SHOWN:
        st.caption(_("The {count} most different examples are shown.", count=number(SHOWN)))


def _pair_row(pair: tuple[str, str], figure: Figure) -> list[str]:
    names = escaped(" – ".join(pair))
    cells = [value_word(figure), interval_word(figure), caution_mark(figure.items)]
    return [names, number(figure.items), *cells]


def _show_disagreement(form: ReviewForm, found: Disagreement) -> None:
    example = found.example
    plain(f"{example.key} · {example.message}")
    counts = ", ".join(f"{decision_word(one)} {n}×" for one, n in found.decisions.items())
    st.caption(
        _("{counts}. {share} of pairs differ.", counts=counts, share=share_word(found.differing))
    )
    if found.spread:
        items = {one.key: asked_word(one) for one in form.ratings}
        st.caption(
            _(
                "Rated most differently: {item}, from {low} to {high}.",
                item=items[found.rating],
                low=number(found.low),
                high=number(found.high),
            )
        )
    name = "adjudicate" if example.verdict is Verdict.DISPUTED else "examples"
    target = page(name)
    label = _("Decide it") if name == "adjudicate" else _("Read it")
    st.page_link(target, label=label, icon=target.icon, query_params={"example": example.id})
