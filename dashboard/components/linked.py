"""Choices that stand in the address, so that a link shows a colleague the same.

Streamlit's own `bind` writes the shown words there, which change with the language and the time;
these write the option itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard.session import publish, recall


def linked_select(
    label: str,
    words: Mapping[str, str],
    key: str,
    label_visibility: str = "visible",
    on_change: Callable[[], None] | None = None,
) -> str:
    """A select box over words; says which option is chosen, the first until somebody chooses."""
    usual = next(iter(words))
    recall(key, words, usual)
    choice = st.selectbox(
        label,
        list(words),
        format_func=lambda option: words.get(option, option),
        key=key,
        label_visibility="collapsed" if label_visibility == "collapsed" else "visible",
        on_change=on_change,
        persist_state="session",
    )
    publish(key, usual)
    return choice if choice is not None and choice in words else usual


def linked_segments(label: str, words: Mapping[str, str], key: str, usual: str) -> str:
    """A row of segments, one of which is always chosen."""
    recall(key, words, usual)
    choice = st.segmented_control(
        label,
        list(words),
        format_func=lambda option: words.get(option, option),
        key=key,
        required=True,
        persist_state="session",
    )
    publish(key, usual)
    return choice if choice is not None and choice in words else usual


def linked_search(label: str, key: str, placeholder: str, on_change: Callable[[], None]) -> str:
    """A search box."""
    recall(key, None, "")
    text = st.text_input(
        label,
        key=key,
        type="search",
        placeholder=placeholder,
        label_visibility="collapsed",
        on_change=on_change,
        persist_state="session",
    )
    publish(key, "")
    return (text or "").strip()
