"""Near-duplicates: pairs side by side with what differs, and a way to retire one of them."""

from __future__ import annotations

import math

import streamlit as st

from dashboard.components.differences import show_difference
from dashboard.components.numbers import number
from dashboard.components.plain import escaped, plain
from dashboard.components.taking_back import remember, show_taking_back
from dashboard.domain.examples import Example, ExampleFilter
from dashboard.domain.studies import Study
from dashboard.session import (
    Search,
    _,
    acting,
    choose,
    outcome,
    person,
    services,
    write,
    written,
)

PLACE = "examples.twins"
FOUND = f"{PLACE}.found"


def show_twins(study: Study, wanted: ExampleFilter) -> None:
    """Draw the button that compares, then the pairs it found among the current search."""
    st.caption(
        _("Compares every message that the search finds with every other, letter by letter.")
    )
    st.button(
        _("Look for near-duplicates"),
        key=f"{PLACE}.look",
        icon=":material/content_copy:",
        on_click=look,
        args=(wanted,),
    )
    outcome(PLACE)
    show_taking_back(PLACE, study)
    found = written(FOUND)
    if not isinstance(found, Search) or found.wanted != wanted:
        return
    pairs = services().duplicates.shown(found)
    _show_summary(found, len(pairs))
    for first, second, similarity in pairs:
        _show_pair(study, first, second, similarity)


def look(wanted: ExampleFilter) -> None:
    """Compare everything that the search finds."""
    with acting(PLACE):
        write(FOUND, services().duplicates.among(wanted))


def retire(study: Study, example: Example, reason_key: str) -> None:
    """Take one of a pair out."""
    with acting(PLACE, _("{key} is retired.", key=escaped(example.key))):
        services().curation.retire([example.id], person(), str(written(reason_key) or ""))
        remember(PLACE, study)


def _show_summary(found: Search, shown: int) -> None:
    if not found.total:
        st.caption(
            _(
                "Among {compared} messages no two say nearly the same.",
                compared=number(found.compared),
            )
        )
        return
    st.caption(
        _(
            "{total} pairs among {compared} messages say nearly the same; here are {shown}, the "
            "most alike first.",
            total=number(found.total),
            compared=number(found.compared),
            shown=number(shown),
        )
    )


def _show_pair(study: Study, first: Example, second: Example, similarity: float) -> None:
    pair = f"{first.id}.{second.id}"
    reason = f"{PLACE}.reason.{pair}"
    with st.container(border=True, gap="small"):
        st.caption(_("{share} % alike", share=number(math.floor(100 * similarity))))
        with st.grid(2, min_column_width=240):
            for one in (first, second):
                _show_one(study, one, pair, reason)
        show_difference(first.message, second.message)
        st.text_input(_("Why do you retire one of them?"), key=reason, max_chars=500)


def _show_one(study: Study, one: Example, pair: str, reason: str) -> None:
    with st.container(gap="xsmall"):
        plain(one.message)
        with st.container(horizontal=True):
            st.button(
                escaped(one.key),
                key=f"{PLACE}.open.{pair}.{one.id}",
                icon=":material/visibility:",
                type="tertiary",
                on_click=choose,
                args=("example", one.id),
            )
            st.button(
                _("Retire this one"),
                key=f"{PLACE}.retire.{pair}.{one.id}",
                icon=":material/inventory_2:",
                disabled=not person(),
                on_click=retire,
                args=(study, one, reason),
            )
