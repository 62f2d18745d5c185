"""What happened to an example, newest first."""

from __future__ import annotations

import streamlit as st

from dashboard.components.numbers import moment
from dashboard.components.plain import escaped, plain
from dashboard.components.words import decision_word
from dashboard.domain.examples import Response, Revision
from dashboard.session import ExampleDetail, _


def show_history(detail: ExampleDetail) -> None:
    """Versions and judgments in one line of time."""
    numbers = {one.id: one.number for one in detail.revisions}
    events: list[Revision | Response] = [*detail.revisions, *detail.responses]
    for event in sorted(events, key=lambda one: (one.created_at, one.id), reverse=True):
        with st.container(border=True, gap="xxsmall"):
            if isinstance(event, Revision):
                _show_revision(event)
            else:
                _show_response(event, numbers.get(event.revision_id, 0))


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


def _show_response(response: Response, number: int) -> None:
    st.caption(
        _(
            "**Version {number} {decision}** · {expert} · {time}",
            number=number,
            decision=decision_word(response.decision),
            expert=escaped(response.expert),
            time=escaped(moment(response.created_at)),
        )
    )
    if response.reason:
        plain(response.reason)
