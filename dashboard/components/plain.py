"""Text of people and models: shown as it is, never read as Markdown or HTML."""

from __future__ import annotations

import streamlit as st

from dashboard.session import escaped

__all__ = ["escaped", "excerpt", "plain"]


def plain(text: str) -> None:
    """Show a text exactly as it was written."""
    st.text(text)


def excerpt(text: str, length: int = 60) -> str:
    """The beginning of a text, cut at a word."""
    words = " ".join(text.split())
    if len(words) <= length:
        return words
    return words[:length].rsplit(" ", 1)[0].rstrip(",.;:") + " …"
