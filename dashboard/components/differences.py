"""Two texts as one: what went is struck out, what came is marked; nothing runs as Markdown."""

from __future__ import annotations

import streamlit as st

from dashboard.components.plain import escaped
from dashboard.domain.differences import Kept, Piece, differences


def show_difference(old: str, new: str) -> None:
    """Draw the way from one text to the other."""
    st.markdown(" ".join(marked(piece) for piece in differences(old, new)))


def marked(piece: Piece) -> str:
    """A piece as Markdown that shows what became of it; its text is escaped."""
    text = escaped(piece.text)
    if piece.kept is Kept.SAME or not text:
        return text
    if piece.kept is Kept.GONE:
        return f":red[~~{text}~~]"
    return f":green-background[**{text}**]"
