"""The way from an example to the page where it is judged, once there is one."""

from __future__ import annotations

import streamlit as st

from dashboard.domain.examples import Example
from dashboard.navigation import pages
from dashboard.session import _


def show_review_link(example: Example) -> None:
    """Draw a link to the Review page with this example; nothing while there is no such page."""
    listed = [one for section in pages().values() for one in section]
    review = next((one for one in listed if one.url_path == "review"), None)
    if review is not None:
        st.page_link(
            review,
            label=_("Judge this example"),
            icon=":material/rate_review:",
            query_params={"example": example.id},
        )
