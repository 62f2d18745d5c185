"""The sidebar every page shares: language, the person's name, and what the examples are."""

from __future__ import annotations

import streamlit as st

from dashboard.components.choices import linked_segments
from dashboard.session import (
    _,
    forget_person,
    person,
    remember_person,
    team_names,
    usual_language,
    written,
)

CHOICE = "person.choice"
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
            on_change=_take_typed,
        )
        _show_ways()
        st.caption(
            _(
                "The 160 examples that come with Afektif are starters written for this project. "
                "They are not the study's expert-verified set."
            )
        )


def _show_ways() -> None:
    """A way out for who sits here next, or the team's names for who has none yet."""
    if person():
        st.button(
            _("Not me"),
            key="person.forget",
            type="tertiary",
            icon=":material/logout:",
            help=_("This browser forgets the name. Your work stays."),
            on_click=forget_person,
        )
        return
    names = team_names()
    if names:
        st.selectbox(
            _("Or choose your name"),
            names,
            index=None,
            key=CHOICE,
            placeholder=_("Names of the team"),
            on_change=_take_chosen,
        )


def _take_typed() -> None:
    remember_person(str(written("person") or ""))


def _take_chosen() -> None:
    remember_person(str(written(CHOICE) or ""))
