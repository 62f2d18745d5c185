"""Choosing what a new dataset version holds; what is chosen is a recipe."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.components.choices import select
from dashboard.components.dataset_shares import with_shares
from dashboard.components.numbers import number
from dashboard.components.words import children_word
from dashboard.domain.datasets import Children, HeldOut, Recipe
from dashboard.domain.studies import Study
from dashboard.session import Supply, _

SIZES = (3.0, 5.0, 8.75)
"""Rows for every original: the study's 8.75 and two smaller ones to compare it with."""
ORIGINALS, EVERY = "1", "every"


def times(size: float) -> str:
    """A size as people say it."""
    return f"{number(size, 0 if size == int(size) else 2)}×"


def show_dataset_form(study: Study, supply: Supply) -> Recipe:
    """Draw the choices; returns what they amount to."""
    recipe = Recipe(accepted_only=_accepted_only(supply))
    size = _size(supply)
    if size != ORIGINALS:
        with st.grid(2, min_column_width=280):
            rule, held_out = _rule(supply), _held_out()
        growth = None if size == EVERY else float(size)
        recipe = replace(recipe, children=rule, test_on=held_out, growth=growth)
    with st.expander(_("Other proportions"), key="datasets.proportions", icon=":material/tune:"):
        return with_shares(study, supply, recipe)


def _accepted_only(supply: Supply) -> bool:
    return st.checkbox(
        _(
            "Only originals that experts have accepted ({accepted} of {originals})",
            accepted=number(supply.accepted),
            originals=number(supply.originals),
        ),
        key="datasets.accepted_only",
    )


def _size(supply: Supply) -> str:
    words = {ORIGINALS: _("Originals only")}
    words |= {str(one): times(one) for one in SIZES}
    words |= {EVERY: _("All variants")}
    with st.container(gap="xxsmall"):
        size = select(_("Size"), words, "datasets.size")
        st.caption(
            _(
                "3× means three rows for every original, itself included. A smaller size is part "
                "of every larger one, so they can be compared."
            )
        )
    return size


def _rule(supply: Supply) -> Children:
    words: dict[str, str] = {
        one.value: f"{children_word(one)} ({number(supply.children[one])})"
        for one in (Children.REVIEWED, Children.OF_ACCEPTED, Children.ALL)
    }
    with st.container(gap="xxsmall"):
        rule = Children(select(_("Which variants may enter"), words, "datasets.children"))
        st.caption(_("Rejected and disputed texts never do. A loosened rule is said in reports."))
    return rule


def _held_out() -> HeldOut:
    words: dict[str, str] = {
        HeldOut.ORIGINALS: _("originals only"),
        HeldOut.ALL: _("originals with their variants"),
    }
    with st.container(gap="xxsmall"):
        held_out = HeldOut(select(_("Held out for the test"), words, "datasets.test_on"))
        st.caption(
            _(
                "A variant never stands on another side than its original. With originals only, "
                "variants of held-out originals stay out altogether."
            )
        )
    return held_out
