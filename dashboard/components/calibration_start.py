"""Starting a calibration round: a name, its experts, and how many examples."""

from __future__ import annotations

import streamlit as st

from dashboard.domain.calibration import LARGEST, MAX_NAME, SMALLEST, Invitation
from dashboard.navigation import page
from dashboard.session import _, acting, outcome, person, services, team_names, written

NAME, EXPERTS, SIZE, SEED = (f"calibration.{one}" for one in ("title", "experts", "size", "seed"))


def show_start(study: str) -> None:
    """Draw the form, or the way to a team that is large enough."""
    outcome("calibration.start")
    names = team_names()
    if len(names) < 2:
        st.info(_("A round needs at least two people in the team."))
        st.page_link(page("team"), label=_("Team"), icon=":material/group:")
        return
    st.text_input(_("Name of the round"), key=NAME, max_chars=MAX_NAME)
    st.multiselect(_("Experts"), names, key=EXPERTS, placeholder=_("Choose at least two"))
    with st.grid(2, min_column_width=160):
        st.number_input(_("Examples"), SMALLEST, LARGEST, 12, key=SIZE)
        st.number_input(
            _("Seed of the draw"),
            1,
            value=1,
            key=SEED,
            help=_("The same seed draws the same examples again, spread over the conditions."),
        )
    st.button(
        _("Start the round"),
        key="calibration.start",
        icon=":material/play_arrow:",
        type="primary",
        disabled=not person(),
        on_click=start,
        args=(study,),
    )


def start(study: str) -> None:
    """Draw the examples and ask the experts for them."""
    experts, size, seed = written(EXPERTS), written(SIZE), written(SEED)
    invitation = Invitation(
        study=study,
        name=str(written(NAME) or ""),
        experts=tuple(experts) if isinstance(experts, list) else (),
        size=size if isinstance(size, int) else SMALLEST,
        seed=seed if isinstance(seed, int) else 1,
    )
    with acting("calibration.start", _("The round has started; its examples come first now.")):
        services().calibration.start(invitation, person())
