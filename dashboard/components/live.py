"""A part of a page that redraws itself while something runs."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.session import problems_shown

SECONDS = 2


def live(show: Callable[[], bool], running: bool) -> None:
    """Draw `show`, which says whether work goes on; when it ends, draw the whole page once."""

    @st.fragment(run_every=SECONDS if running else None)
    def turn() -> None:
        going_on = running
        with problems_shown():
            going_on = show()
        if running and not going_on:
            st.rerun()

    turn()
