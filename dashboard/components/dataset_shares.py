"""Other proportions of a dataset version: shares of the splits, of techniques and of values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from dashboard.components.technique_words import technique_word
from dashboard.domain.augmentation import Technique
from dashboard.domain.datasets import Children, Recipe
from dashboard.domain.studies import Study
from dashboard.session import Supply, _, escaped, language

MOST = 10


def with_shares(study: Study, supply: Supply, recipe: Recipe) -> Recipe:
    """Draw the choices; the recipe with them."""
    with st.grid(3, min_column_width=160):
        test = st.number_input(_("Held out for the test, %"), 5, 50, 20, key="datasets.test")
        validation = st.number_input(_("For validation, %"), 0, 30, 10, key="datasets.validation")
        seed = st.number_input(
            _("Seed"),
            0,
            2**31 - 1,
            recipe.seed,
            key="datasets.seed",
            help=_("Decides everything random; the same seed repeats the same split."),
        )
    recipe = replace(recipe, seed=seed, test_share=test / 100, validation_share=validation / 100)
    if recipe.children is Children.NONE:
        st.caption(_("Choose a size with variants to divide them, too."))
        return recipe
    leading = study.field(study.cell_keys[0])
    return replace(
        recipe,
        parents=_parents(),
        techniques=_weights(
            _("Divide variants by technique"),
            {one: technique_word(Technique(one)) for one in sorted(supply.techniques)},
            "datasets.technique",
        ),
        values=_weights(
            _(
                "Divide variants by {field}",
                field=escaped(leading.label.get(language(), leading.key).lower()),
            ),
            {one: escaped(leading.label_of(one, language())) for one in leading.values},
            "datasets.value",
        ),
    )


def _parents() -> int | None:
    most: int | None = st.number_input(
        _("Originals of a condition that bring variants"),
        1,
        100,
        None,
        key="datasets.parents",
        placeholder=_("all"),
        help=_("Fewer originals with more variants each, or many with few."),
    )
    return most


def _weights(label: str, words: Mapping[str, str], key: str) -> dict[str, int]:
    """Nothing until somebody wants to divide; then every part counts as much as its number."""
    if not st.toggle(label, key=key, disabled=not words):
        return {}
    st.caption(_("2 brings twice as many as 1; 0 brings none. Equal numbers, equal parts."))
    with st.grid(4, min_column_width=130):
        return {
            name: st.number_input(word, 0, MOST, 1, key=f"{key}.{name}")
            for name, word in words.items()
        }
