"""One answer for the ticked variants: looked at first, counted as one action, taken back as one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.numbers import number
from dashboard.components.plain import plain
from dashboard.components.taking_back import done_at, remember, show_taking_back
from dashboard.components.words import decision_verb
from dashboard.domain.examples import Example
from dashboard.domain.families import Member
from dashboard.domain.responses import Decision
from dashboard.domain.review_forms import FOR_MANY, MAX_TEXT
from dashboard.domain.studies import Study
from dashboard.session import (
    BroodPage,
    Judged,
    _,
    acting,
    forget,
    outcome,
    person,
    sentence,
    services,
    write,
    written,
)

PLACE = "augment.judge"
NARROWED = f"{PLACE}.narrowed"
DECISION, REASON, CAME = f"{PLACE}.decision", f"{PLACE}.reason", f"{PLACE}.came"


def pick_key(example: Example) -> str:
    """The box of a variant; another text of it has another box."""
    return f"{PLACE}.pick.{example.id}.{example.revision_id}"


def tick(children: Sequence[Member]) -> None:
    """Tick all of them, or none where all are ticked already."""
    keys = [pick_key(one.example) for one in children]
    ticked = all(written(one) is True for one in keys)
    for one in keys:
        write(one, not ticked)


def show_answer(study: Study, shown: BroodPage) -> None:
    """Draw what came of the last answer, then the answer for what is ticked."""
    _show_done(study)
    children = [one.example for brood in shown.broods for one in brood.children]
    meant = [one for one in children if written(pick_key(one)) is True]
    if not meant:
        return
    with st.container(border=True, key=f"{PLACE}.answering"):
        st.markdown(f"**{_('One answer for {count} variants', count=number(len(meant)))}**")
        with st.container(height=90, border=True):
            plain(", ".join(one.key for one in meant))
        words = {one.value: decision_verb(one) for one in FOR_MANY}
        decision = st.segmented_control(
            _("Would you send these messages to the student?"),
            list(words),
            format_func=lambda one: words[one],
            key=DECISION,
        )
        if decision == Decision.REJECT:
            st.text_input(_("Why do you reject them?"), key=REASON, max_chars=MAX_TEXT)
        st.button(
            _("Answer these {count}", count=number(len(meant))),
            key=f"{PLACE}.do",
            type="primary",
            disabled=decision is None,
            on_click=judge,
            args=(study, tuple(meant), Decision(decision) if decision else None),
        )


def judge(study: Study, meant: tuple[Example, ...], decision: Decision | None) -> None:
    """Count the answer to the texts that are on the screen."""
    if decision is None:
        return
    shown = {one.id: one.revision_id for one in meant}
    reason = str(written(REASON) or "") if decision is Decision.REJECT else ""
    with acting(PLACE):
        judged = services().bulk.judge(shown, person(), decision, reason)
        write(CAME, judged)
        if judged.answered:
            remember(PLACE, study)
        forget(DECISION, REASON, *(pick_key(one) for one in meant))


def _show_done(study: Study) -> None:
    outcome(PLACE)
    judged = written(CAME)
    if not isinstance(judged, Judged):
        return
    for refusal in judged.refusals:
        told = _(
            "{count} took no answer: {why}",
            count=number(refusal.count),
            why=sentence(refusal.why),
        )
        st.warning(told, icon=":material/info:")
    if done_at(PLACE) is not None and judged.answered:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success(
                _("{count} variants have your answer.", count=number(judged.answered)),
                icon=":material/check:",
            )
            show_taking_back(PLACE, study)
    else:
        forget(CAME)
