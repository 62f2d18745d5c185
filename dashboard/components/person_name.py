"""Asking for a name where something is about to be written."""

from __future__ import annotations

import streamlit as st

from dashboard.domain.team import MAX_NAME
from dashboard.session import _, remember_person, written


def ask_name(page: str) -> None:
    """A field for the name and a button to go on; it goes where the sidebar keeps it."""
    key = f"{page}.name"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("What is your name? It stands under what you decide."),
            key=key,
            max_chars=MAX_NAME,
            width=420,
            autocomplete="name",
            placeholder=_("e.g. Ibu Ratna"),
            on_change=lambda: remember_person(str(written(key) or "")),
        )
        # What was typed arrives as soon as the button takes the focus.
        st.button(_("Go on"), key=f"{key}.go", icon=":material/arrow_forward:")
