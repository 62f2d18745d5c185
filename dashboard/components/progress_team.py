"""How far the team has come, as counts; what anybody answered is not in them."""

from __future__ import annotations

import streamlit as st

from dashboard.charts.progress import coverage_bars
from dashboard.components.numbers import clock, number
from dashboard.components.plain import escaped
from dashboard.components.words import VERDICT_ICONS, verdict_word
from dashboard.domain.progress import Everyone, Held
from dashboard.domain.team import Policy
from dashboard.domain.verdicts import Verdict
from dashboard.navigation import page
from dashboard.session import _, acting, outcome, services

BARE = {"displayModeBar": False}


def show_everyone(everyone: Everyone, policy: Policy) -> None:
    """Draw the team's counts."""
    st.header(_("All examples"))
    with st.grid(4, min_column_width=130):
        for verdict, count in everyone.verdicts.items():
            st.metric(
                verdict_word(verdict).capitalize(),
                number(count),
                icon=VERDICT_ICONS[verdict],
                border=True,
            )
    if everyone.verdicts[Verdict.DISPUTED]:
        adjudicate = page("adjudicate")
        st.page_link(adjudicate, label=_("Decide where experts differ"), icon=adjudicate.icon)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _show_coverage(everyone, policy)
    with right:
        _show_shares(everyone)
    _show_flagged(everyone)
    _show_held(everyone.held)


def _show_coverage(everyone: Everyone, policy: Policy) -> None:
    st.header(_("Answers per example"))
    st.caption(
        _(
            "Each example needs {overlap} answers, a variant {children}.",
            overlap=number(policy.overlap),
            children=number(policy.child_overlap),
        )
    )
    st.plotly_chart(
        coverage_bars(everyone.coverage, _("Answers"), _("Examples")),
        key="progress.coverage",
        config=BARE,
        alt=_("How many examples have no answer, one answer, two answers, and so on"),
    )
    rows = [(number(one), number(count)) for one, count in everyone.coverage.items()]
    answers, examples = zip(*rows, strict=True) if rows else ((), ())
    with st.expander(_("As a table"), key="progress.coverage.table"):
        st.table(
            {_("Answers"): list(answers), _("Examples"): list(examples)},
            hide_index=True,
            border="horizontal",
        )


def _show_shares(everyone: Everyone) -> None:
    st.header(_("Who has done how much"))
    if not everyone.shares:
        st.caption(_("Nobody has answered yet."))
        return
    away = _("has left")
    st.table(
        {
            _("Expert"): [
                escaped(one.expert) + ("" if one.is_active else f" ({away})")
                for one in everyone.shares
            ],
            _("Submitted"): [number(one.submitted) for one in everyone.shares],
            _("Skipped"): [number(one.skipped) for one in everyone.shares],
        },
        hide_index=True,
        border="horizontal",
    )


def _show_flagged(everyone: Everyone) -> None:
    for tag, count in everyone.flagged.items():
        st.caption(
            _(
                "A change of the guideline bears on {count} answered examples; find them by the "
                "tag {tag}.",
                count=number(count),
                tag=escaped(tag),
            )
        )


def _show_held(held: tuple[Held, ...]) -> None:
    st.header(_("Places held right now"))
    outcome("progress.release")
    if not held:
        st.caption(_("Nobody holds an example at the moment."))
        return
    st.caption(
        _("Free a place only if somebody is stuck; what they have typed stays as their draft.")
    )
    for one in held:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(
                _(
                    "{person} holds {key} until {time}",
                    person=escaped(one.expert),
                    key=escaped(one.example.key),
                    time=escaped(clock(one.expires_at)),
                )
            )
            st.button(
                _("Free the place"),
                key=f"progress.release.{one.example.id}.{one.expert}",
                on_click=free,
                args=(one,),
            )


def free(held: Held) -> None:
    """Give the place back."""
    with acting("progress.release", _("The place is free.")):
        services().progress.release(held.example.id, held.expert)
