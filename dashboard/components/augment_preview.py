"""Ten variants to look at: each beside its original, with what the filters say; none is stored."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.components.augmentation_words import FATE_ICONS, fate_word, reason_sentences
from dashboard.components.coverage_grid import cell_words
from dashboard.components.differences import show_difference
from dashboard.components.numbers import number
from dashboard.components.plain import escaped, plain, unlinked
from dashboard.components.technique_words import technique_word
from dashboard.domain.augmentation import AugmentationPlan, Fate
from dashboard.domain.studies import Study
from dashboard.session import Trial, _, forget, problems_shown, services, write, written

PLAN = "augment.preview.plan"


def look(plan: AugmentationPlan) -> None:
    """Show what this plan would make; from a callback."""
    write(PLAN, plan)


def close() -> None:
    """Show it no longer."""
    forget(PLAN)


def show_preview(study: Study) -> None:
    """Draw the ten of the plan somebody wants to look at, if anybody does."""
    plan = written(PLAN)
    if not isinstance(plan, AugmentationPlan):
        return
    st.header(_("Ten to look at"))
    st.caption(_("Only to look at: none of these is stored."))
    with problems_shown():
        with st.spinner(_("Making ten; the first time takes half a minute …")):
            trials = services().augmentation.preview(plan)
        if not trials:
            st.info(_("There is nothing to vary yet, or no technique finds anything to change."))
        else:
            kept = sum(one.is_kept for one in trials)
            st.caption(
                _(
                    "{kept} of these {count} pass the filters.",
                    kept=number(kept),
                    count=number(len(trials)),
                )
            )
        for trial in trials:
            _show_trial(study, plan, trial)
    _show_ways_on(plan)


def _show_trial(study: Study, plan: AugmentationPlan, trial: Trial) -> None:
    sifting = trial.sifting
    with st.container(border=True, gap="small"):
        word = technique_word(trial.technique, plan.route)
        cell = cell_words(study, study.cell(trial.parent.inputs))
        st.caption(f"**{word}** · {escaped(trial.parent.key)} · {cell}")
        show_pair(trial.parent.message, trial.rewriting.message)
        if trial.rewriting.pivot:
            st.caption(f"{_('The text in between:')} {escaped(unlinked(trial.rewriting.pivot))}")
        said = f"{FATE_ICONS[sifting.fate]} **{fate_word(sifting.fate)}**"
        if sifting.fate is not Fate.KEPT:
            said += f" · {reason_sentences(sifting.reasons)}"
        st.markdown(said)


def show_pair(before: str, after: str) -> None:
    """An original and its variant beside each other, with what changed marked."""
    with st.grid(2, min_column_width=260):
        with st.container(gap="xxsmall"):
            st.caption(_("Original"))
            plain(before)
        with st.container(gap="xxsmall"):
            st.caption(_("Variant"))
            show_difference(before, after)


def _show_ways_on(plan: AugmentationPlan) -> None:
    with st.container(horizontal=True):
        st.button(
            _("Ten others"),
            key="augment.preview.others",
            icon=":material/shuffle:",
            on_click=look,
            args=(replace(plan, seed=plan.seed + 1),),
        )
        st.button(
            _("Close"),
            key="augment.preview.close",
            icon=":material/close:",
            type="tertiary",
            on_click=close,
        )
