"""What I have done, what waits for me, and what has changed since."""

from __future__ import annotations

import streamlit as st

from dashboard.components.guideline_words import version_word
from dashboard.components.numbers import moment, number
from dashboard.components.plain import escaped, excerpt, plain
from dashboard.components.review_desk import WANTED
from dashboard.domain.examples import Example
from dashboard.domain.progress import PAUSE, Mine
from dashboard.navigation import page
from dashboard.session import _

SHOWN = 20
"""So many links at most; the rest is a number."""


def show_mine(mine: Mine) -> None:
    """Draw the counts of one expert and the work they have begun."""
    with st.grid(4, min_column_width=130):
        for label, count in (
            (_("Answered"), mine.answered),
            (_("Skipped"), mine.skipped),
            (_("Drafts open"), len(mine.begun)),
            (_("Waiting for me"), mine.remaining),
        ):
            st.metric(label, number(count), border=True)
    _show_estimate(mine)
    if mine.remaining:
        review = page("review")
        st.page_link(review, label=_("Go on reviewing"), icon=review.icon)
    _show_begun(mine)
    _show_news(mine)
    _show_flagged(mine)


def _show_estimate(mine: Mine) -> None:
    if not mine.remaining:
        st.caption(_("Nothing waits for you right now."))
    elif mine.pace is None or mine.seconds_left is None:
        st.caption(_("After a few more answers you will see here how long the rest may take."))
    else:
        st.caption(
            _(
                "About {minutes} minutes are left: {seconds} seconds an answer, the middle of "
                "your last {waits} waits between two answers. Pauses over {pause} minutes are "
                "left out.",
                minutes=number(max(1, round(mine.seconds_left / 60))),
                seconds=number(mine.pace.seconds),
                waits=number(mine.pace.waits),
                pause=number(PAUSE.total_seconds() / 60),
            )
        )


def _show_begun(mine: Mine) -> None:
    if mine.begun:
        st.header(_("Your open drafts"))
        for one in mine.begun[:SHOWN]:
            show_link(one.example, moment(one.draft.saved_at))


def _show_news(mine: Mine) -> None:
    if not mine.news:
        return
    st.header(_("The guideline has changed since your last answer"))
    for one in mine.news:
        st.caption(version_word(one))
        plain(one.reason)
    st.page_link(page("guideline"), label=_("Read the guideline"), icon=":material/menu_book:")


def _show_flagged(mine: Mine) -> None:
    if not mine.flagged:
        return
    st.header(_("Worth a second look"))
    st.caption(
        _(
            "{count} of your answers were given before a change of the guideline that bears on "
            "them. They count as they are; reopen one if you would answer differently now.",
            count=number(len(mine.flagged)),
        )
    )
    for one in mine.flagged[:SHOWN]:
        show_link(one)


def show_link(example: Example, note: str = "") -> None:
    """A link to one's own judgment of an example, with a note behind its key."""
    words = " · ".join(part for part in (example.key, note, excerpt(example.message)) if part)
    st.page_link(
        page("review"),
        label=escaped(words),
        icon=":material/arrow_forward:",
        query_params={WANTED: example.id},
    )
