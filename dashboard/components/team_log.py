"""The team's log, one's own last deeds, and the proof that the log is whole."""

from __future__ import annotations

import streamlit as st

from dashboard.components.choices import linked_select
from dashboard.components.deed_words import deed_words, line_word
from dashboard.components.plain import escaped
from dashboard.domain.ids import ActionId
from dashboard.domain.ledger import Deed
from dashboard.domain.team import HOUSE
from dashboard.navigation import page
from dashboard.session import LogLine, Proof, _, acting, person, services, written

PAGE = 25
FINGERPRINT = 12
"""Letters of a fingerprint that are shown; two different states share them by no accident."""


def choose_lines() -> tuple[LogLine, ...]:
    """Let a person narrow the log; returns what is left of it, newest first."""
    history, study = services().history, services().study.name
    with st.grid(2, min_column_width=200):
        names = {name: name for name in (*history.people(study), HOUSE)}
        who = linked_select(_("Who"), {"": _("Everybody")} | names, "history.by", bare=True)
        did = linked_select(
            _("What"), {"": _("Everything")} | deed_words(), "history.deed", bare=True
        )
    return history.log(study, who or None, Deed(did) if did else None)


def show_lines(lines: tuple[LogLine, ...]) -> None:
    """Draw the log, a page at a time."""
    pages = -(-len(lines) // PAGE)
    turned = written("history.page")
    number = min(turned if isinstance(turned, int) else 1, max(1, pages))
    with st.container(gap="xsmall"):
        for line in lines[(number - 1) * PAGE : number * PAGE]:
            _show_line(line)
    if pages > 1:
        st.pagination(pages, key="history.page", max_visible_pages=5)


def show_own(lines: tuple[LogLine, ...]) -> None:
    """Draw one's own last deeds, each with the way back."""
    for line in lines:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                _("Take back"),
                key=f"history.undo.{line.action.id}",
                icon=":material/undo:",
                on_click=take_back,
                args=(line.action.id,),
            )
            st.markdown(line_word(line))


def take_back(action_id: ActionId) -> None:
    """Undo one action, a bulk one as a whole."""
    with acting("history", _("Taken back. The history keeps both: the deed and its undoing.")):
        services().history.undo(services().study.name, person(), action_id)


def show_proof(proof: Proof) -> None:
    """Say whether what stands is what the ledger adds up to."""
    if proof.holds:
        st.success(
            _("State and replay agree: nothing was changed outside the history."),
            icon=":material/verified:",
        )
    else:
        st.error(
            _(
                "State and replay differ: something was changed outside the history. Keep a copy "
                "of the database and restore the latest backup."
            ),
            icon=":material/error:",
        )
    state, replayed = proof.state[:FINGERPRINT], proof.replayed[:FINGERPRINT]
    st.caption(_("What stands: `{fingerprint}`", fingerprint=escaped(state)))
    st.caption(_("Replayed from nothing: `{fingerprint}`", fingerprint=escaped(replayed)))


def _show_line(line: LogLine) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(line_word(line))
        if line.count == 1 and line.example_id is not None:
            st.page_link(
                page("examples"),
                label=_("Open"),
                icon=":material/open_in_new:",
                query_params={"example": line.example_id},
            )
    if line.action.note:
        st.caption(escaped(line.action.note))
