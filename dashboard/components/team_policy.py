"""The rules a team reviews by, with what a change would do before it is saved."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.components.choices import select
from dashboard.components.moves import show_moves
from dashboard.components.review_words import rule_word
from dashboard.domain.team import MAX_OVERLAP, Policy
from dashboard.domain.verdicts import Rule
from dashboard.session import _, acting, outcome, person, problems_shown, services

DAY = 24 * 60


def show_policy(seen: Policy) -> None:
    """Draw the form, filled with the rules that stand."""
    outcome("team.policy")
    wanted = _typed(seen)
    if wanted != seen:
        st.caption(_("What this would change:"))
        with problems_shown():
            show_moves(services().team.preview(wanted))
    st.button(
        _("Save the rules"),
        key="team.policy.save",
        icon=":material/save:",
        type="primary",
        disabled=not person() or wanted == seen,
        on_click=save,
        args=(wanted, seen),
    )


def save(wanted: Policy, seen: Policy) -> None:
    """Review by these rules from now on."""
    with acting("team.policy", _("The rules are saved; every example stands by them now.")):
        services().team.agree(wanted, seen, person())


def _typed(seen: Policy) -> Policy:
    """What the form holds; other rules begin a form of their own."""
    form = ".".join(str(one) for one in vars(seen).values())
    with st.grid(3, min_column_width=180):
        overlap = st.number_input(
            _("Answers per example"), 1, MAX_OVERLAP, seen.overlap, key=f"team.overlap.{form}"
        )
        children = st.number_input(
            _("Answers per variant"),
            1,
            MAX_OVERLAP,
            seen.child_overlap,
            key=f"team.children.{form}",
            help=_("Variants are made from other examples and have passed every filter before."),
        )
        rules = {one.value: rule_word(one) for one in Rule}
        rule = select(_("How answers decide"), rules, f"team.rule.{form}", seen.rule.value)
        minutes = st.number_input(
            _("Minutes an example is held"),
            1,
            DAY,
            seen.claim_minutes,
            key=f"team.minutes.{form}",
            help=_("So long nobody else takes the place of an expert who reads an example."),
        )
        target = st.number_input(
            _("Accepted examples wanted per condition"),
            1,
            value=seen.target,
            key=f"team.target.{form}",
            help=_("The queue serves conditions with the fewest accepted examples first."),
        )
    own = st.toggle(
        _("Experts may decide disputed examples that they answered themselves"),
        seen.adjudicate_own,
        key=f"team.own.{form}",
        help=_("Meant for small teams; such a decision is marked."),
    )
    return replace(
        seen,
        overlap=overlap,
        child_overlap=children,
        rule=Rule(rule),
        claim_minutes=minutes,
        target=target,
        adjudicate_own=own,
    )
