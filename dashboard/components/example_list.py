"""The list of examples: one line each, the selected one marked."""

from __future__ import annotations

import streamlit as st

from dashboard.components.marked import glimpse, marked
from dashboard.components.plain import escaped
from dashboard.components.words import VERDICT_ICONS, verdict_word
from dashboard.domain.examples import Example
from dashboard.domain.ids import ExampleId
from dashboard.session import _, choose, written

HEIGHT = 380


def show_list(
    examples: tuple[Example, ...], selected: ExampleId, sought: str, picking: bool
) -> None:
    """Draw the examples of a page as lines to press, with boxes to tick while picking."""
    with st.container(height=HEIGHT, border=True, gap="xxsmall"):
        for one in examples:
            if picking:
                with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
                    st.checkbox(escaped(one.key), key=_pick(one), label_visibility="collapsed")
                    _show_line(one, selected, sought)
            else:
                _show_line(one, selected, sought)


def picked(examples: tuple[Example, ...]) -> tuple[Example, ...]:
    """The lines of this page that are ticked."""
    return tuple(one for one in examples if written(_pick(one)) is True)


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
    """The examples before and after the current one in the list; the first if it left the list."""
    ids = [one.id for one in examples]
    if current.id not in ids:
        return None, ids[0] if ids else None
    place = ids.index(current.id)
    before, after = ids[:place], ids[place + 1 :]
    return (before[-1] if before else None), (after[0] if after else None)


def _show_line(one: Example, selected: ExampleId, sought: str) -> None:
    st.button(
        marked(f"{one.key} · {glimpse(one.message, sought)}", sought),
        key=f"examples.open.{one.id}",
        help=verdict_word(one.verdict),
        wrap=False,
        icon=VERDICT_ICONS[one.verdict],
        type="secondary" if one.id == selected else "tertiary",
        on_click=choose,
        args=("example", one.id),
    )


def _pick(example: Example) -> str:
    return f"examples.pick.{example.id}"
