"""Changing many examples at once: looked at first, done as one action, taken back as one."""

from __future__ import annotations

import streamlit as st

from dashboard.components.choices import select
from dashboard.components.example_list import picked
from dashboard.components.numbers import number
from dashboard.components.plain import plain
from dashboard.components.taking_back import done_at, remember, show_taking_back
from dashboard.domain.examples import MAX_TAG, Example, ExampleFilter
from dashboard.domain.ids import ExampleId
from dashboard.domain.studies import Study
from dashboard.session import (
    _,
    acting,
    outcome,
    person,
    problems_shown,
    services,
    written,
)

PLACE = "examples.bulk"
TAG, UNTAG, RETIRE, RETURN = "tag", "untag", "retire", "return"
FOUND, PICKED = "found", "picked"


def show_bulk(study: Study, wanted: ExampleFilter, listed: tuple[Example, ...]) -> None:
    """Draw what was done last, then the choice of a change and exactly what it will touch."""
    outcome(PLACE)
    _show_done(study)
    if not person():
        st.caption(_("Write your name in the sidebar first; it stands under the change."))
    with st.grid(3, min_column_width=150, vertical_alignment="bottom"):
        scope = select(_("Which examples"), _scopes(), f"{PLACE}.scope")
        change = select(_("What to do"), _changes(), f"{PLACE}.change")
        _show_note(study, change)
    with problems_shown():
        meant = picked(listed) if scope == PICKED else services().bulk.matching(wanted)
        _show_meant(meant)
        st.button(
            _("Change these {count} examples", count=number(len(meant))),
            key=f"{PLACE}.do",
            type="primary",
            disabled=not (meant and person()),
            on_click=change_many,
            args=(study, change, tuple(one.id for one in meant)),
        )


def change_many(study: Study, change: str, ids: tuple[ExampleId, ...]) -> None:
    """Do to these examples what was chosen, as one action."""
    bulk, note = services().bulk, str(written(f"{PLACE}.{change}") or "")
    with acting(PLACE):
        if change == TAG:
            bulk.tag(ids, note, person())
        elif change == UNTAG:
            bulk.untag(ids, note, person())
        elif change == RETIRE:
            bulk.retire(ids, person(), note)
        else:
            bulk.bring_back(ids, person())
        remember(PLACE, study)


def _show_done(study: Study) -> None:
    action_id = done_at(PLACE)
    if action_id is None:
        return
    changed = services().history.count(action_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(
            _("{count} examples were changed.", count=number(changed)),
            icon=":material/check:",
        )
        show_taking_back(PLACE, study)


def _show_note(study: Study, change: str) -> None:
    """What the change needs to know."""
    key = f"{PLACE}.{change}"
    if change == TAG:
        st.text_input(_("Tag"), key=key, max_chars=MAX_TAG)
    elif change == UNTAG:
        tags = services().curation.tags(study.name)
        select(_("Tag"), {tag: tag for tag in tags} or {"": _("No tag is in use.")}, key)
    elif change == RETIRE:
        st.text_input(_("Why do you retire them?"), key=key, max_chars=500)


def _show_meant(meant: tuple[Example, ...]) -> None:
    """Exactly which examples, by key."""
    if not meant:
        st.caption(_("No example is chosen: search for some, or tick lines of the list."))
        return
    st.caption(_("These {count} examples, and no others:", count=number(len(meant))))
    with st.container(height=110, border=True):
        plain(", ".join(one.key for one in meant))


def _scopes() -> dict[str, str]:
    return {FOUND: _("All that the search finds"), PICKED: _("The lines I tick")}


def _changes() -> dict[str, str]:
    return {
        TAG: _("Give a tag"),
        UNTAG: _("Take a tag away"),
        RETIRE: _("Retire"),
        RETURN: _("Bring back"),
    }
