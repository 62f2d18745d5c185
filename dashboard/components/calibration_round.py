"""One calibration round: who is how far, its reveal and its end."""

from __future__ import annotations

import streamlit as st

from dashboard.components.numbers import moment, number
from dashboard.components.plain import escaped
from dashboard.domain.calibration import Round, Turnout
from dashboard.session import _, acting, outcome, person, services, write, written

NOTE = "calibration.note"


def show_round(of: Round) -> None:
    """Draw where the round stands and what can be done now."""
    outcome("calibration.round")
    st.caption(state_word(of))
    turnout = services().calibration.turnout(of)
    _show_turnout(turnout)
    if not of.is_running:
        return
    waiting = sum(one.waiting for one in turnout)
    if of.is_blind and waiting:
        st.caption(
            _(
                "{count} answers are still missing. Until the round is opened nobody sees what "
                "the others answered.",
                count=number(waiting),
            )
        )
        st.text_input(_("Why now already?"), key=NOTE, max_chars=300)
    with st.container(horizontal=True):
        if of.is_blind:
            _button(_("Open all answers"), "reveal", of, is_main=True)
            _button(_("Call the round off"), "close", of)
        else:
            _button(_("Close the round"), "close", of, is_main=True)
    if of.is_blind:
        st.caption(_("Opening cannot be taken back: what was seen stays seen."))


def reveal(of: Round) -> None:
    """Lay the answers open."""
    with acting("calibration.round", _("All answers are open. Talk about them.")):
        services().calibration.reveal(of, person(), str(written(NOTE) or ""))
        write(NOTE, "")


def close(of: Round) -> None:
    """End the round."""
    done = _("The round is closed; its examples follow the usual rule again.")
    with acting("calibration.round", done):
        services().calibration.close(of, person(), str(written(NOTE) or ""))
        write(NOTE, "")


def _button(label: str, deed: str, of: Round, *, is_main: bool = False) -> None:
    st.button(
        label,
        key=f"calibration.{deed}.{of.id}",
        type="primary" if is_main else "secondary",
        disabled=not person(),
        on_click=reveal if deed == "reveal" else close,
        args=(of,),
    )


def state_word(of: Round) -> str:
    """Where a round stands, and since when; harmless as Markdown."""
    time = escaped(moment(of.closed_at or of.revealed_at or of.started_at))
    if of.closed_at is not None:
        return _("Closed on {time}", time=time)
    if of.revealed_at is not None:
        return _("Open for discussion since {time}", time=time)
    return _("Blind since {time}", time=time)


def _show_turnout(turnout: tuple[Turnout, ...]) -> None:
    st.table(
        {
            _("Expert"): [escaped(one.expert) for one in turnout],
            _("Answered"): [number(one.answered) for one in turnout],
            _("Skipped"): [number(one.skipped) for one in turnout],
            _("Still to come"): [number(one.waiting) for one in turnout],
        },
        hide_index=True,
        border="horizontal",
    )
