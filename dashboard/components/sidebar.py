"""The sidebar every page shares: language, name, the pages, and what the examples are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.components.choices import linked_segments
from dashboard.components.narrow_sidebar import fold_when_narrow
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


def show_person() -> None:
    """Draw language and name; runs before the navigation, whose titles follow the language."""
    with st.sidebar:
        linked_segments("Bahasa · Language", NAMES, "lang", usual_language(), bare=True)
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
        if not person():
            _show_team()


def show_pages(sections: Mapping[str, Sequence[StreamlitPage]]) -> None:
    """Draw the links of every section, and below them what is seldom needed.

    Streamlit's own list of pages always comes first and leaves no room for language and name on a
    small screen.
    """
    with st.sidebar:
        for title, pages in sections.items():
            with st.container(gap="xxsmall"):
                if title:
                    st.caption(title)
                for one in pages:
                    st.page_link(one)
        if person():
            st.button(
                _("Not me"),
                key="person.forget",
                type="tertiary",
                icon=":material/logout:",
                help=_("This browser forgets the name. Your work stays."),
                on_click=forget_person,
            )
        st.caption(
            _(
                "The 160 examples that come with Afektif are starters written for this project. "
                "They are not the study's expert-verified set."
            )
        )
        fold_when_narrow()


def _show_team() -> None:
    """The team's names for who has given none yet."""
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
