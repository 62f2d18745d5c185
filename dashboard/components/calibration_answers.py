"""The answers of a revealed round side by side, and how far they agree before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.components.example_detail import show_inputs
from dashboard.components.numbers import number
from dashboard.components.plain import escaped, plain
from dashboard.components.progress_mine import show_link
from dashboard.components.words import decision_word
from dashboard.domain.calibration import Round
from dashboard.domain.responses import Response
from dashboard.domain.studies import Study
from dashboard.session import (
    DECISION,
    Compared,
    Concord,
    Seen,
    SideBySide,
    _,
    acting,
    language,
    outcome,
    person,
    services,
)

EMPTY = "–"
ARROW = " → "


def show_agreement(study: Study, compared: Sequence[Compared]) -> None:
    """Draw one row for every question, before the talk and after it."""
    st.header(_("Agreement"))
    if not compared:
        st.caption(_("You see this once the round is open and your own answers are all in."))
        return
    columns = {
        _("Question"): [escaped(_question(study, one.question)) for one in compared],
        _("Same answer, before"): [_share(one.before) for one in compared],
        _("Same answer, now"): [_share(one.after) for one in compared],
        _("Alpha, before"): [_alpha(one.before) for one in compared],
        _("Alpha, now"): [_alpha(one.after) for one in compared],
    }
    st.table(columns, hide_index=True, border="horizontal")
    st.caption(
        _(
            "Krippendorff's alpha is 1 for full agreement and 0 for what chance gives; in brackets "
            "the 95% interval over the examples, wide because a round is small. A dash means that "
            "there is no value: too few answers, or all the same. Only the answers before are "
            "independent; afterwards people have talked."
        )
    )


def show_answers(study: Study, of: Round, rows: Sequence[SideBySide]) -> None:
    """Draw every example with the answers this viewer may read."""
    st.header(_("Answers side by side"))
    outcome("calibration.reopen")
    for row in rows:
        with st.expander(escaped(row.example.key), key=f"calibration.row.{row.example.id}"):
            plain(row.example.message)
            show_inputs(study, row.example.inputs)
            if row.is_open:
                _show_row(study, row)
                _show_reopen(of, row)
            else:
                st.caption(_("Answer this example first; then you see what the others answered."))
                show_link(row.example)


def reopen(row: SideBySide) -> None:
    """Take the own answer back into a draft, to revise it."""
    done = _("Your answer is a draft again; the first one stays in the history.")
    with acting("calibration.reopen", done):
        seen = Seen(row.example.id, row.example.revision_id, person())
        services().reviewing.reopen(seen)


def _show_row(study: Study, row: SideBySide) -> None:
    first, now = ({one.expert: one for one in side} for side in (row.first, row.now))
    experts = sorted({*first, *now}, key=str.casefold)
    questions = (DECISION, *(one.key for one in study.form.ratings))
    columns = {_("Question"): [escaped(_question(study, one)) for one in questions]}
    for one in experts:
        given = (first.get(one), now.get(one))
        columns[escaped(one)] = [_change(question, *given) for question in questions]
    st.table(columns, hide_index=True, border="horizontal")
    for response in (*now.values(), *(first[name] for name in experts if name not in now)):
        _show_words(study, response)


def _show_words(study: Study, response: Response) -> None:
    labels = {one.key: one.label.get(language(), one.key) for one in study.form.flags}
    flags = ", ".join(labels.get(one, one) for one in response.answer.flags)
    said = [part for part in (flags, response.answer.reason, response.answer.message) if part]
    if said:
        st.caption(escaped(response.expert))
        plain("\n".join(said))


def _show_reopen(of: Round, row: SideBySide) -> None:
    own = any(one.expert == person() for one in row.now)
    if own and of.is_running:
        st.button(
            _("Revise my answer"),
            key=f"calibration.reopen.{row.example.id}",
            icon=":material/edit:",
            on_click=reopen,
            args=(row,),
        )
    show_link(row.example)


def _change(question: str, first: Response | None, now: Response | None) -> str:
    """One answer, or the first one and what became of it."""
    before, after = _cell(question, first), _cell(question, now)
    if before == after or first is None:
        return after
    return f"{before}{ARROW}{after}"


def _cell(question: str, response: Response | None) -> str:
    if response is None:
        return EMPTY
    if question == DECISION:
        decision = response.answer.decision
        return decision_word(decision) if decision else EMPTY
    rating = response.answer.ratings.get(question)
    return number(rating) if rating else EMPTY


def _question(study: Study, key: str) -> str:
    labels: Mapping[str, str] = {
        one.key: one.label.get(language(), one.key) for one in study.form.ratings
    }
    return labels.get(key, _("Decision"))


def _share(concord: Concord) -> str:
    share = concord.percent.value
    return EMPTY if share is None else f"{number(100 * share)}%"


def _alpha(concord: Concord) -> str:
    figure = concord.alpha
    if figure.value is None:
        return EMPTY
    if figure.low is None or figure.high is None:
        return number(figure.value, 2)
    return f"{number(figure.value, 2)} ({number(figure.low, 2)} – {number(figure.high, 2)})"
