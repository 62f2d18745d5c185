"""A button right after a deed that takes it back as a whole."""

from __future__ import annotations

import streamlit as st

from dashboard.domain.ids import ActionId
from dashboard.domain.studies import Study
from dashboard.session import _, acting, forget, person, services, write, written


def done_at(place: str) -> ActionId | None:
    """The last deed of this session at a place, if it can still be taken back."""
    held = written(_key(place))
    return ActionId(held) if isinstance(held, str) and person() else None


def remember(place: str, study: Study) -> None:
    """Keep in mind what this person has just done."""
    write(_key(place), services().history.undoable(study.name, person())[0].action.id)


def show_taking_back(place: str, study: Study) -> None:
    """Draw the button while there is something to take back."""
    action_id = done_at(place)
    if action_id is not None:
        st.button(
            _("Take back"),
            key=f"{place}.undo",
            icon=":material/undo:",
            on_click=take_back,
            args=(place, study, action_id),
        )


def take_back(place: str, study: Study, action_id: ActionId) -> None:
    """Undo the deed."""
    forget(_key(place))
    with acting(place, _("It was taken back.")):
        services().history.undo(study.name, person(), action_id)


def _key(place: str) -> str:
    return f"{place}.done"
