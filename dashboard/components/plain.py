"""Text of people and models: shown as it is, never read as Markdown or HTML."""

from __future__ import annotations

import re

import streamlit as st

from dashboard.session import escaped

__all__ = ["escaped", "excerpt", "plain", "unlinked"]

_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
_JOINER = "\u2060"
"""Invisible and without width."""


def plain(text: str) -> None:
    """Show a text exactly as it was written."""
    st.text(text)


def unlinked(text: str) -> str:
    """A text whose addresses the page makes no links of, as it does even of escaped ones."""
    return _ADDRESS.sub(_JOINER, text)


def excerpt(text: str, length: int = 60) -> str:
    """The beginning of a text, cut at a word."""
    words = " ".join(text.split())
    if len(words) <= length:
        return words
    return words[:length].rsplit(" ", 1)[0].rstrip(",.;:") + " …"
