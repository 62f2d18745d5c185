"""The versions of the guideline: what changed between any two, and an earlier one again."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.components.choices import select
from dashboard.components.differences import show_line_differences
from dashboard.components.guideline_edit import start_over
from dashboard.components.guideline_words import text_of, version_word
from dashboard.components.plain import plain
from dashboard.domain.studies import Study
from dashboard.domain.team import Guideline
from dashboard.session import _, acting, outcome, person, services


def show_versions(study: Study, versions: tuple[Guideline, ...]) -> None:
    """Draw the list, the comparison and the way back."""
    outcome("guideline.restore")
    current = versions[0].number
    for one in versions:
        with st.container(border=True, gap="xxsmall"):
            st.caption(version_word(one))
            if one.reason:
                plain(one.reason)
            if one.number != current:
                st.button(
                    _("Restore as a new version"),
                    key=f"guideline.restore.{one.number}",
                    disabled=not person(),
                    on_click=restore,
                    args=(study, one.number, current),
                )
    if len(versions) > 1:
        _show_comparison(versions)


def restore(study: Study, number: int, seen: int) -> None:
    """Write an earlier version again."""
    with acting("guideline.restore", _("The earlier version stands again.")):
        services().guidelines.restore(study.name, number, seen, person())
        start_over()


def _show_comparison(versions: tuple[Guideline, ...]) -> None:
    st.header(_("Compare two versions"))
    by_number: Mapping[str, Guideline] = {str(one.number): one for one in versions}
    words = {number: _("Version {number}", number=number) for number in by_number}
    with st.grid(2, min_column_width=160):
        old = select(_("From"), words, "guideline.old", str(versions[1].number))
        new = select(_("To"), words, "guideline.new", str(versions[0].number))
    if old == new:
        st.caption(_("Choose two different versions."))
        return
    show_line_differences(text_of(by_number[old]), text_of(by_number[new]))
