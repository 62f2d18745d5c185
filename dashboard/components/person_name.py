"""Asking for a name where something is about to be written."""

from __future__ import annotations

import streamlit as st

from dashboard.domain.team import MAX_NAME
from dashboard.session import _, remember_person, written


def ask_name(page: str) -> None:
    """A field for the name; it goes where the sidebar keeps it."""
    key = f"{page}.name"
    st.text_input(
        _("Write your name first; it stands under what you decide."),
        key=key,
        max_chars=MAX_NAME,
        on_change=lambda: remember_person(str(written(key) or "")),
    )
