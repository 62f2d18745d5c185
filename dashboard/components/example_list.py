"""The list of examples: one line each, the selected one marked."""

from __future__ import annotations

import streamlit as st

from dashboard.components.plain import escaped, excerpt
from dashboard.components.words import VERDICT_ICONS, verdict_word
from dashboard.domain.examples import Example
from dashboard.session import choose

HEIGHT = 470


def show_list(examples: tuple[Example, ...], selected: Example) -> None:
    """Draw the examples of a page as lines to press."""
    with st.container(height=HEIGHT, border=True, gap="xxsmall"):
        for one in examples:
            st.button(
                escaped(f"{one.key} · {excerpt(one.message)}"),
                key=f"examples.open.{one.id}",
                help=verdict_word(one.verdict),
                icon=VERDICT_ICONS[one.verdict],
                type="secondary" if one.id == selected.id else "tertiary",
                on_click=choose,
                args=("example", one.id),
            )


def neighbors(examples: tuple[Example, ...], current: Example) -> tuple[str | None, str | None]:
    """The examples before and after the current one in key order, even if it left the list."""
    before = [one.id for one in examples if one.key < current.key]
    after = [one.id for one in examples if one.key > current.key]
    return (before[-1] if before else None), (after[0] if after else None)
