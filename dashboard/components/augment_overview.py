"""What there is before anybody makes variants: counts, and what variants are and are not."""

from __future__ import annotations

import streamlit as st

from dashboard.components.numbers import number
from dashboard.domain.augmentation import AugmentationPlan
from dashboard.domain.studies import Study
from dashboard.navigation import page
from dashboard.session import _, services


def show_overview(study: Study) -> None:
    """Draw the counts and the rules that hold for every variant."""
    target = services().team.policy(study.name).target
    census = services().broods.census(study.name)
    short = services().augmentation.missing(AugmentationPlan(study.name, target=target))
    with st.grid(4, min_column_width=130):
        st.metric(_("Examples"), number(census.examples), border=True)
        st.metric(_("Of these, variants"), number(census.variants), border=True)
        st.metric(_("Not yet reviewed"), number(census.unreviewed), border=True)
        st.metric(_("Examples missing"), number(sum(short.values())), border=True)
    coverage = page("coverage")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            _(
                "The team wants {target} examples in every condition, {total} in all.",
                target=number(target),
                total=number(target * len(short)),
            )
        )
        st.page_link(coverage, label=_("See every condition"), icon=coverage.icon)
    with st.expander(_("What variants are"), key="augment.rules", icon=":material/info:"):
        st.markdown("\n".join(f"- {said}" for said in _rules()))
        datasets = page("datasets")
        st.page_link(datasets, label=_("Datasets"), icon=datasets.icon)


def _rules() -> tuple[str, ...]:
    return (
        _("A variant is a message that exists already, said a little differently."),
        _("Its student, emotion and condition stay those of the original."),
        _("Filters look at it first; whatever they doubt is held for you."),
        _("Being made counts as no review: every variant waits for an expert's answer."),
        _(
            "It enters a dataset only when its original and it itself are accepted. "
            "Researchers may loosen this for a dataset version, and every report then says so."
        ),
    )
