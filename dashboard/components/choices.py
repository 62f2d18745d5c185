"""Choices among words; the linked ones stand in the address, so that a link shows the same.

Streamlit's own `bind` writes the shown words into the address, which change with the language
and the time; these write the option itself.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.session import publish, recall


def select(label: str, words: Mapping[str, str], key: str, usual: str | None = None) -> str:
    """A select box; says which option is chosen, the usual (or first) until somebody chooses."""
    usual = next(iter(words)) if usual is None else usual
    recall(key, words, usual, linked=False)
    choice = _box(label, words, key)
    return choice if choice in words else usual


def linked_select(label: str, words: Mapping[str, str], key: str, *, bare: bool = False) -> str:
    """A select box whose choice stands in the address."""
    usual = next(iter(words))
    recall(key, words, usual)
    choice = _box(label, words, key, bare=bare, kept=True)
    publish(key, usual)
    return choice if choice in words else usual


def linked_segments(
    label: str, words: Mapping[str, str], key: str, usual: str, *, bare: bool = False
) -> str:
    """A row of segments, one of which is always chosen; the choice stands in the address."""
    recall(key, words, usual)
    choice = st.segmented_control(
        label,
        list(words),
        format_func=lambda option: words.get(option, option),
        key=key,
        required=True,
        label_visibility="collapsed" if bare else "visible",
        persist_state="session",
    )
    publish(key, usual)
    return choice if choice is not None and choice in words else usual


def linked_search(label: str, key: str, placeholder: str) -> str:
    """A search box whose words stand in the address."""
    recall(key, None, "")
    text = st.text_input(
        label,
        key=key,
        type="search",
        placeholder=placeholder,
        label_visibility="collapsed",
        persist_state="session",
    )
    publish(key, "")
    return (text or "").strip()


def _box(
    label: str, words: Mapping[str, str], key: str, *, bare: bool = False, kept: bool = False
) -> str:
    return st.selectbox(
        label,
        list(words),
        format_func=lambda option: words.get(option, option),
        key=key,
        label_visibility="collapsed" if bare else "visible",
        persist_state="session" if kept else None,
    )
