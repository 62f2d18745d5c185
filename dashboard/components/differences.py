"""Two texts as one: what went is struck out, what came is marked; nothing runs as Markdown."""

from __future__ import annotations

import streamlit as st

from dashboard.components.numbers import number
from dashboard.components.plain import escaped, unlinked
from dashboard.domain.differences import Kept, Piece, differences, line_differences
from dashboard.session import _


def show_difference(old: str, new: str) -> None:
    """Draw the way from one text to the other."""
    st.markdown(" ".join(marked(piece) for piece in differences(old, new)))


def show_line_differences(old: str, new: str) -> None:
    """Draw what changed line by line; lines that stayed are counted."""
    for passage in line_differences(old, new):
        if not passage.is_same:
            show_difference(passage.old, passage.new)
        elif passage.new.strip():
            count = len(passage.new.splitlines())
            st.caption(_("{count} lines are the same", count=number(count)))


def marked(piece: Piece) -> str:
    """A piece as Markdown that shows what became of it; its text is escaped."""
    text = escaped(unlinked(piece.text))
    if piece.kept is Kept.SAME or not text:
        return text
    if piece.kept is Kept.GONE:
        return f":red[~~{text}~~]"
    return f":green-background[**{text}**]"
