"""What an expert reads when nothing waits for them, and where they can go from there."""

from __future__ import annotations

import streamlit as st

from dashboard.components.numbers import number
from dashboard.domain.studies import Study
from dashboard.domain.verdicts import Verdict
from dashboard.navigation import page
from dashboard.session import _, services


def end_word(study: Study, expert: str) -> str:
    """Why nothing is shown: others hold the rest, all is done, or there was nothing to do."""
    held = services().queueing.elsewhere(study.name, expert)
    if held:
        return _(
            "Nothing waits for you right now: {count} examples are in others' hands. Look in "
            "again in a few minutes.",
            count=number(held),
        )
    if services().reviewing.answered(study.name, expert):
        return _("Everything that waited for you is reviewed. Thank you very much.")
    return _("Nothing waits for you right now.")


def show_ways_on(study: Study) -> None:
    """Draw links to what else there is to do."""
    ways = [
        ("progress", _("See what waits for you and how far the team is")),
        ("coverage", _("Write an example where there are too few")),
    ]
    if services().curation.counts(study.name)[Verdict.DISPUTED]:
        ways.insert(1, ("adjudicate", _("Decide where experts differ")))
    for name, label in ways:
        target = page(name)
        st.page_link(target, label=label, icon=target.icon)
