"""The sidebar lies over the page on a narrow screen; a page chosen there folds it away."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_folder = st.components.v2.component(
    "afektif.narrow_sidebar",
    js=(Path(__file__).parent / "fold.js").read_text(encoding="utf-8"),
)


def fold_when_narrow() -> None:
    """Watch the links of the sidebar; Streamlit folds it for its own list of pages only."""
    _folder(key="sidebar.narrow", height=1)
