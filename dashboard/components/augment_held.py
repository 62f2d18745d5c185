"""Variants the filters were in doubt about: why, and boxes to take in or leave out many at once."""

from __future__ import annotations

import streamlit as st

from dashboard.components.augment_preview import show_pair
from dashboard.components.augmentation_words import reason_sentence, reason_sentences
from dashboard.components.choices import select
from dashboard.components.coverage_grid import cell_words
from dashboard.components.numbers import number
from dashboard.components.plain import escaped
from dashboard.components.taking_back import remember, show_taking_back
from dashboard.components.technique_words import technique_word
from dashboard.domain.augmentation import Attempt, Reason
from dashboard.domain.studies import Study
from dashboard.session import (
    HELD_SHOWN,
    HeldOne,
    HeldPage,
    _,
    acting,
    forget,
    outcome,
    person,
    services,
    write,
    written,
)

PLACE = "augment.held"
ALL = ""
LEFT = f"{PLACE}.left"
"""What was left out last, so that it can be put back."""


def show_held(study: Study) -> None:
    """Draw the held variants of a reason or of all, and what to do with the ticked ones."""
    outcome(PLACE)
    _show_ways_back(study)
    chosen = str(written(f"{PLACE}.reason") or ALL)
    shown = _page(study, Reason(chosen) if chosen in set(Reason) else None)
    if not shown.reasons:
        st.info(_("Nothing is held. Whatever the filters doubt waits here for a person."))
        return
    words = {ALL: _("All")} | {
        one.value: f"{reason_sentence(one)} ({number(count)})"
        for one, count in shown.reasons.items()
    }
    select(_("Why it is held"), words, f"{PLACE}.reason")
    st.caption(
        _(
            "{count} variants are held. Those you take in wait for experts like all others; those "
            "you leave out stay stored and are not shown again.",
            count=number(shown.total),
        )
    )
    for one in shown.children:
        _show_one(study, one)
    _show_actions(study, shown)
    pages = -(-shown.total // HELD_SHOWN)
    if pages > 1:
        st.pagination(pages, key=f"{PLACE}.page", max_visible_pages=5)


def take(study: Study, attempts: tuple[Attempt, ...]) -> None:
    """Take the ticked ones in."""
    with acting(PLACE):
        count = services().holding.take(attempts, person())
        remember(PLACE, study)
        forget(LEFT)
        _say(_("{count} variants are taken in; they wait for an answer.", count=number(count)))


def leave(attempts: tuple[Attempt, ...]) -> None:
    """Leave the ticked ones out."""
    with acting(PLACE):
        count = services().holding.leave(attempts, person())
        write(LEFT, attempts)
        _say(_("{count} variants are left out.", count=number(count)))


def put_back(attempts: tuple[Attempt, ...]) -> None:
    """Hold again what was left out last."""
    forget(LEFT)
    with acting(PLACE, _("They are held again.")):
        services().holding.put_back(attempts)


def _page(study: Study, reason: Reason | None) -> HeldPage:
    """The page that is open; the first one where what was on it is gone by now."""
    held = written(f"{PLACE}.page")
    shown = services().holding.waiting(study.name, reason, held if isinstance(held, int) else 1)
    if shown.children or not shown.reasons:
        return shown
    forget(f"{PLACE}.page")
    return services().holding.waiting(study.name, reason if shown.total else None)


def _show_ways_back(study: Study) -> None:
    said = written(f"{PLACE}.said")
    forget(f"{PLACE}.said")
    with st.container(horizontal=True, vertical_alignment="center"):
        if isinstance(said, str):
            st.success(said, icon=":material/check:")
        left = written(LEFT)
        if isinstance(left, tuple):
            st.button(
                _("Put back"),
                key=f"{PLACE}.put_back",
                icon=":material/undo:",
                on_click=put_back,
                args=(left,),
            )
        else:
            show_taking_back(PLACE, study)


def _show_one(study: Study, one: HeldOne) -> None:
    attempt = one.attempt
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, wrap=False, gap="small"):
            st.checkbox(escaped(one.parent.key), key=_pick(attempt), label_visibility="collapsed")
            word, cell = technique_word(attempt.technique), cell_words(study, attempt.cell)
            st.caption(f"**{word}** · {escaped(one.parent.key)} · {cell}")
        show_pair(one.before, attempt.rewriting.message)
        st.markdown(f":material/pan_tool: {reason_sentences(attempt.reasons)}")


def _show_actions(study: Study, shown: HeldPage) -> None:
    every = [one.attempt for one in shown.children]
    ticked = tuple(one for one in every if written(_pick(one)) is True)
    count = number(len(ticked))
    with st.container(horizontal=True):
        st.button(
            _("Tick all on this page"),
            key=f"{PLACE}.all",
            type="tertiary",
            icon=":material/done_all:",
            on_click=_tick,
            args=(every,),
        )
        st.button(
            _("Take in ({count})", count=count),
            key=f"{PLACE}.take",
            type="primary",
            icon=":material/add:",
            disabled=not (ticked and person()),
            on_click=take,
            args=(study, ticked),
        )
        st.button(
            _("Leave out ({count})", count=count),
            key=f"{PLACE}.leave",
            icon=":material/remove:",
            disabled=not (ticked and person()),
            on_click=leave,
            args=(ticked,),
        )
    if not person():
        st.caption(_("Write your name in the sidebar first; it stands under what you decide."))


def _tick(attempts: list[Attempt]) -> None:
    ticked = all(written(_pick(one)) is True for one in attempts)
    for one in attempts:
        write(_pick(one), not ticked)


def _say(words: str) -> None:
    write(f"{PLACE}.said", words)


def _pick(attempt: Attempt) -> str:
    return f"{PLACE}.pick.{attempt.run_id}.{'.'.join(attempt.cell)}.{attempt.number}"
