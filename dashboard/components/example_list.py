"""The list of examples: one line each, the selected one marked."""

from __future__ import annotations

import streamlit as st

from dashboard.components.plain import escaped, excerpt
from dashboard.components.words import VERDICT_ICONS, verdict_word
from dashboard.domain.examples import Example
from dashboard.domain.ids import ExampleId
from dashboard.session import _, choose

HEIGHT = 380


def show_list(examples: tuple[Example, ...], selected: ExampleId) -> None:
    """Draw the examples of a page as lines to press."""
    with st.container(height=HEIGHT, border=True, gap="xxsmall"):
        for one in examples:
            st.button(
                escaped(f"{one.key} · {excerpt(one.message)}"),
                key=f"examples.open.{one.id}",
                help=verdict_word(one.verdict),
                wrap=False,
                icon=VERDICT_ICONS[one.verdict],
                type="secondary" if one.id == selected else "tertiary",
                on_click=choose,
                args=("example", one.id),
            )


def show_neighbors(examples: tuple[Example, ...], current: Example) -> None:
    """Buttons to the examples before and after."""
    before, after = neighbors(examples, current)
    for name, label, key, target in (
        ("previous", _("Previous"), "K", before),
        ("next", _("Next"), "J", after),
    ):
        st.button(
            label,
            key=f"examples.{name}.{current.id}",
            shortcut=key,
            disabled=target is None,
            on_click=choose,
            args=("example", target),
        )


def neighbors(examples: tuple[Example, ...], current: Example) -> tuple[str | None, str | None]:
    """The examples before and after the current one in key order, even if it left the list."""
    before = [one.id for one in examples if one.key < current.key]
    after = [one.id for one in examples if one.key > current.key]
    return (before[-1] if before else None), (after[0] if after else None)
