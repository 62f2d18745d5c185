"""The texts an example has had, newest first."""

from __future__ import annotations

import streamlit as st

from dashboard.components.numbers import moment
from dashboard.components.plain import escaped, plain
from dashboard.domain.examples import Revision
from dashboard.session import ExampleDetail, _


def show_history(detail: ExampleDetail) -> None:
    """Every version with its author, time and reason."""
    for revision in detail.revisions:
        with st.container(border=True, gap="xxsmall"):
            _show_revision(revision)


def _show_revision(revision: Revision) -> None:
    st.caption(
        _(
            "**Version {number}** · {author} · {time}",
            number=revision.number,
            author=escaped(revision.author),
            time=escaped(moment(revision.created_at)),
        )
    )
    plain(revision.message)
    if revision.reason:
        st.caption(escaped(revision.reason))
