"""Everything that happened to an example, newest first, as far as a person may read it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from dashboard.components.deed_words import deed_word
from dashboard.components.differences import show_difference
from dashboard.components.example_changes import show_change
from dashboard.components.numbers import moment
from dashboard.components.plain import escaped, plain
from dashboard.domain.examples import Entry, Revision
from dashboard.domain.ids import ExampleId
from dashboard.domain.ledger import Action, Change
from dashboard.session import ExampleDetail, _, acting, outcome, person, services

PLACE = "examples.history"


def show_history(detail: ExampleDetail) -> None:
    """Draw every deed with what it changed; earlier texts can be restored."""
    outcome(PLACE)
    logged = services().history.of_example(detail.example.id, person())
    for action, group in groupby(logged, key=lambda one: one.action):
        with st.container(border=True, gap="xsmall"):
            _show_action(detail, action, [one.change for one in group])


def restore(example_id: ExampleId, number: int, seen_number: int) -> None:
    """Let an earlier text stand again, as a new version."""
    done = _("Version {number} stands again, as a new version.", number=number)
    with acting(PLACE, done):
        services().curation.restore(example_id, number, seen_number, person())


def _show_action(detail: ExampleDetail, action: Action, changes: Sequence[Change]) -> None:
    st.caption(
        _(
            "**{who}** · {deed} · {time}",
            who=escaped(action.person),
            deed=deed_word(action.deed),
            time=escaped(moment(action.at)),
        )
    )
    if action.note:
        st.caption(escaped(action.note))
    written = [one.new for one in changes if isinstance(one.new, Revision)]
    for revision in written:
        _show_text(detail, revision, changes)
    for change in changes:
        show_change(detail, change, is_written=bool(written))


def _show_text(detail: ExampleDetail, revision: Revision, changes: Sequence[Change]) -> None:
    before = _text_before(detail, changes)
    st.caption(_("Version {number}", number=revision.number))
    if before is None:
        plain(revision.message)
    else:
        show_difference(before.message, revision.message)
    example = detail.example
    if revision.id != example.revision_id:
        st.button(
            _("Restore this version"),
            key=f"examples.restore.{revision.id}",
            icon=":material/settings_backup_restore:",
            disabled=not person(),
            on_click=restore,
            args=(example.id, revision.number, example.revision_number),
        )


def _text_before(detail: ExampleDetail, changes: Sequence[Change]) -> Revision | None:
    texts = {one.id: one for one in detail.revisions}
    shown = (one.old.revision_id for one in changes if isinstance(one.old, Entry))
    return next((texts[one] for one in shown if one in texts), None)
