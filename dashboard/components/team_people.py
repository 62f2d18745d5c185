"""The people of the team: who is in it, who has left, and who may come back."""

from __future__ import annotations

import streamlit as st

from dashboard.components.moves import show_moves
from dashboard.components.plain import escaped, plain
from dashboard.domain.team import Person
from dashboard.session import _, acting, outcome, person, services, write, written

NEW = "team.new"


def show_people(study: str, people: tuple[Person, ...]) -> None:
    """Draw the team and the way in."""
    outcome("team.people")
    if not people:
        st.caption(_("Nobody is in the team yet; whoever answers something joins by it."))
    for one in people:
        with st.container(horizontal=True, vertical_alignment="center"):
            plain(one.name)
            _show_person(one)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("Name of a new person"), key=NEW, max_chars=80)
        st.button(
            _("Add"),
            key="team.add",
            icon=":material/person_add:",
            disabled=not person(),
            on_click=add,
            args=(study,),
        )


def add(study: str) -> None:
    """Take the typed name into the team."""
    with acting("team.people", _("Added to the team.")):
        services().team.add(study, str(written(NEW) or ""), person())
        write(NEW, "")


def leave(one: Person) -> None:
    """Mark somebody as gone."""
    done = _("{name} has left; all their work stays.", name=escaped(one.name))
    with acting("team.people", done):
        services().team.leave(one.study, one.name, person())


def bring_back(one: Person) -> None:
    """Take somebody in again."""
    with acting("team.people", _("{name} is back.", name=escaped(one.name))):
        services().team.bring_back(one.study, one.name, person())


def _show_person(one: Person) -> None:
    if not one.is_active:
        st.badge(_("has left"), color="gray")
        st.button(
            _("Bring back"),
            key=f"team.back.{one.name}",
            disabled=not person(),
            on_click=bring_back,
            args=(one,),
        )
        return
    with st.popover(_("Mark as left …"), key=f"team.leaving.{one.name}"):
        st.caption(
            _(
                "The places this person holds become free at once. All their answers and drafts "
                "stay, and calibration rounds no longer wait for them."
            )
        )
        show_moves(services().team.leaving(one.study, one.name))
        st.button(
            _("Yes, mark as left"),
            key=f"team.leave.{one.name}",
            disabled=not person(),
            on_click=leave,
            args=(one,),
        )
