"""What a new dataset version would hold, before anybody freezes it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.components.dataset_form import SIZES, times
from dashboard.components.numbers import number
from dashboard.components.technique_words import counted_techniques
from dashboard.domain.datasets import Children, Recipe, Split
from dashboard.domain.errors import UserError
from dashboard.domain.growing import cell_target
from dashboard.session import Draft, _, acting, sentence, services, write


def show_preview(recipe: Recipe, originals: int) -> None:
    """Draw the counts, or the sentence that says what is missing, and the ways to freeze."""
    app, draft = services(), None
    try:
        draft = app.datasets.draft(app.study.name, recipe)
    except UserError as problem:
        st.warning(sentence(problem), icon=":material/info:")
        _show_target(recipe, originals, len(app.study.all_cells()))
    if draft is not None:
        _show_counts(draft)
    _show_buttons(recipe, is_possible=draft is not None)


def _show_target(recipe: Recipe, originals: int, cells: int) -> None:
    """How far one would have to go for this size."""
    if recipe.children is not Children.NONE and recipe.growth is not None:
        target = cell_target(recipe, originals, cells)
        st.caption(
            _(
                "This size takes about {target} examples in every condition, variants included.",
                target=number(target),
            )
        )


def show_sizes(counts: dict[str, int], children: int) -> None:
    """Rows of each split, and how many of all are variants."""
    with st.grid(4, min_column_width=130):
        st.metric(_("To train"), number(counts.get(Split.TRAIN, 0)))
        st.metric(_("To validate"), number(counts.get(Split.VALIDATION, 0)))
        st.metric(_("Held out"), number(counts.get(Split.TEST, 0)))
        st.metric(_("Variants among them"), number(children))


def _show_counts(draft: Draft) -> None:
    st.markdown(f"**{_('This would be frozen')}**")
    show_sizes(draft.counts, draft.children)
    st.caption(
        _(
            "{unreviewed} of {rows} rows have not been accepted by experts.",
            unreviewed=number(draft.unreviewed),
            rows=number(len(draft.rows)),
        )
    )
    if draft.children:
        st.caption(_("Variants: {counts}", counts=counted_techniques(draft.techniques)))


def _show_buttons(recipe: Recipe, is_possible: bool) -> None:
    with st.container(horizontal=True):
        st.button(
            _("Freeze this version"),
            key="datasets.freeze",
            type="primary",
            icon=":material/ac_unit:",
            disabled=not is_possible,
            on_click=freeze,
            args=(recipe,),
        )
        if recipe.children is not Children.NONE:
            st.button(
                _("Freeze all three sizes: {sizes}", sizes=", ".join(times(one) for one in SIZES)),
                key="datasets.freeze_sizes",
                icon=":material/library_add:",
                disabled=not is_possible,
                on_click=freeze_sizes,
                args=(recipe,),
            )


def freeze(recipe: Recipe) -> None:
    """Freeze one version and show it."""
    app = services()
    with acting("datasets", _("Frozen. The version is shown below and ready to train with.")):
        write("version", app.datasets.freeze(app.study.name, recipe).id)


def freeze_sizes(recipe: Recipe) -> None:
    """Freeze a version of every size, the larger ones around the smaller."""
    app = services()
    with acting("datasets", _("Frozen. The three versions are below and ready to train with.")):
        made = app.datasets.freeze_sizes(app.study.name, replace(recipe, growth=None), SIZES)
        write("version", made[-1].id)
