"""Saved views: searches with a name, opened here or by a link."""

from __future__ import annotations

import streamlit as st

from dashboard.components.example_filters import restore, search_address
from dashboard.components.plain import escaped
from dashboard.components.taking_back import remember, show_taking_back
from dashboard.domain.studies import Study
from dashboard.domain.team import SavedView
from dashboard.session import (
    MAX_VIEW_NAME,
    _,
    acting,
    forget,
    outcome,
    person,
    services,
    written,
)

PLACE = "examples.views"
NAME = f"{PLACE}.name"


def show_views(study: Study) -> None:
    """Draw the team's views, and a field that names the current search."""
    outcome(PLACE)
    show_taking_back(PLACE, study)
    views = services().views.all(study.name)
    if not views:
        st.caption(_("No view is saved yet. Search or filter, then give it a name."))
    for view in views:
        _show_view(study, view)
    address = search_address(study)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("Name of the current search"), key=NAME, max_chars=MAX_VIEW_NAME)
        st.button(
            _("Save as a view"),
            key=f"{PLACE}.save",
            icon=":material/bookmark_add:",
            disabled=not (person() and address),
            on_click=save,
            args=(study, address),
        )
    if not person():
        st.caption(_("Write your name in the sidebar first; it stands under the view."))


def save(study: Study, address: str) -> None:
    """Name the current search."""
    name = str(written(NAME) or "")
    with acting(PLACE, _("The view is saved.")):
        services().views.save(study.name, name, address, person())
        forget(NAME)


def remove(study: Study, view: SavedView) -> None:
    """Let a view go."""
    with acting(PLACE, _("The view is gone.")):
        services().views.remove(study.name, view.id, person())
        remember(PLACE, study)


def _show_view(study: Study, view: SavedView) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            escaped(view.name),
            key=f"{PLACE}.open.{view.id}",
            icon=":material/bookmark:",
            help=_("Saved by {author}", author=escaped(view.author)),
            on_click=restore,
            args=(study, view.address),
        )
        st.link_button(
            _("Link"),
            f"?{view.address}",
            key=f"{PLACE}.link.{view.id}",
            icon=":material/link:",
            type="tertiary",
        )
        st.button(
            _("Remove"),
            key=f"{PLACE}.remove.{view.id}",
            icon=":material/close:",
            type="tertiary",
            disabled=not person(),
            on_click=remove,
            args=(study, view),
        )
