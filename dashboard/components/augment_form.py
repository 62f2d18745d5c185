"""What to make: the mix of techniques, how many, and how much of a message may change."""

from __future__ import annotations

import streamlit as st

from dashboard.components.augment_preview import look
from dashboard.components.augment_route import routed, show_route
from dashboard.components.augmentation_words import technique_line
from dashboard.components.technique_words import technique_word
from dashboard.domain.augmentation import AugmentationPlan, Route, Technique
from dashboard.domain.augmentation_plans import HEAVIEST, MOST_EDITS, MOST_WANTED
from dashboard.domain.studies import Study
from dashboard.session import _, acting, person, services, written

PLACE = "augment.form"
RUN = "augment.run"
"""Where what came of a run's buttons is told."""
MOST_SEED = 2**31 - 1


def show_plan_form(study: Study) -> None:
    """Draw the form with its two ways on: look at ten, or make them all."""
    route = show_route()
    with st.form(PLACE, border=False):
        st.markdown(f"**{_('Techniques')}**")
        st.caption(
            _("The numbers are shares: equal numbers make equally many, 0 leaves a technique out.")
        )
        with st.grid(5, min_column_width=130):
            for technique in Technique:
                _show_weight(technique, route)
        with st.grid(3, min_column_width=200):
            _show_amounts(study)
        with st.container(horizontal=True):
            st.form_submit_button(
                _("Look at ten first"),
                key=f"{PLACE}.look",
                icon=":material/visibility:",
                on_click=lambda: look(plan_of(study)),
            )
            st.form_submit_button(
                _("Make the variants"),
                key=f"{PLACE}.launch",
                type="primary",
                icon=":material/play_arrow:",
                disabled=not person(),
                on_click=launch,
                args=(study,),
            )
    if not person():
        st.caption(_("Write your name in the sidebar first; it stands under the run."))


def launch(study: Study) -> None:
    """Start a run with what the form holds."""
    with acting(RUN, _("The run is handed over; its progress is shown here.")):
        services().augmentation.launch(plan_of(study), person())


def plan_of(study: Study) -> AugmentationPlan:
    """What the form asks for."""
    usual = AugmentationPlan(study.name)
    plan = AugmentationPlan(
        study=study.name,
        seed=_number("seed", usual.seed),
        mix={one: _number(f"weight.{one.value}", 1) for one in Technique},
        target=_number("target", services().team.policy(study.name).target),
        max_edits=_number("edits", usual.max_edits),
    )
    return routed(plan)


def _show_weight(technique: Technique, route: Route) -> None:
    with st.container(gap="xxsmall"):
        word = technique_word(technique, route).capitalize()
        key = f"{PLACE}.weight.{technique.value}"
        st.number_input(word, 0, HEAVIEST, 1, key=key)
        st.caption(technique_line(technique, route))


def _show_amounts(study: Study) -> None:
    usual = AugmentationPlan(study.name)
    target = services().team.policy(study.name).target
    with st.container(gap="xxsmall"):
        st.number_input(_("Examples per condition"), 1, MOST_WANTED, target, key=f"{PLACE}.target")
        st.caption(_("Only what a condition lacks is made; originals count."))
    with st.container(gap="xxsmall"):
        st.number_input(
            _("Changes per message"), 1, MOST_EDITS, usual.max_edits, key=f"{PLACE}.edits"
        )
        st.caption(_("At most so many; fewer stay closer to the original."))
    with st.container(gap="xxsmall"):
        st.number_input(_("Seed"), 0, MOST_SEED, usual.seed, key=f"{PLACE}.seed")
        st.caption(_("The same seed over the same examples makes the same variants."))


def _number(name: str, usual: int) -> int:
    held = written(f"{PLACE}.{name}")
    return held if isinstance(held, int) else usual
