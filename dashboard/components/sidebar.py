"""The sidebar every page shares: language, the person's name, and what the examples are."""

from __future__ import annotations

import streamlit as st

from dashboard.components.choices import linked_segments
from dashboard.session import _, usual_language

NAMES = {"id": "Indonesia", "en": "English"}


def show_sidebar() -> None:
    """Draw the sidebar; runs before the navigation, whose titles follow the language."""
    with st.sidebar:
        linked_segments("Bahasa · Language", NAMES, "lang", usual_language())
        st.text_input(
            _("Your name"),
            key="person",
            max_chars=80,
            persist_state="session",
            autocomplete="name",
            placeholder=_("e.g. Ibu Ratna"),
            help=_("It stands under what you accept, reject and edit."),
        )
        st.caption(
            _(
                "The 160 examples that come with Afektif are starters written for this project. "
                "They are not the study's expert-verified set."
            )
        )
