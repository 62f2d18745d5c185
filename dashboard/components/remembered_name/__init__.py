"""The name a browser keeps: a reload brings it back, and “Not me” makes the browser forget it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.session import is_forgotten, person, remember_person, written

KEY = "person.browser"
MAX_NAME = 80
_keeper = st.components.v2.component(
    "afektif.remembered_name",
    js=(Path(__file__).parent / "name.js").read_text(encoding="utf-8"),
)


def keep_name_in_browser() -> None:
    """Let the browser keep the name as it is now, or hand back the one it has kept."""
    _keeper(
        key=KEY,
        data={"name": person(), "forgotten": is_forgotten()},
        on_kept_change=take_kept,
        height=1,
    )


def take_kept() -> None:
    """Take the name the browser handed back, unless somebody was faster with theirs."""
    kept = getattr(written(KEY), "kept", None)
    if isinstance(kept, str) and not person() and not is_forgotten():
        remember_person(" ".join(kept.split())[:MAX_NAME])
