"""The way from an example to the page where it is judged."""

from __future__ import annotations

import streamlit as st

from dashboard.components.review_desk import WANTED
from dashboard.domain.examples import Example
from dashboard.navigation import page
from dashboard.session import _


def show_review_link(example: Example) -> None:
    """Draw a link to the Review page with this example on the desk."""
    target = page("review")
    st.page_link(
        target,
        label=_("Judge this example"),
        icon=target.icon,
        query_params={WANTED: example.id},
    )
