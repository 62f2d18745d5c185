"""Frozen dataset versions: one in full, and all of them in a table."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboard.components.choices import linked_select
from dashboard.components.dataset_form import times
from dashboard.components.dataset_preview import show_sizes
from dashboard.components.numbers import moment, number
from dashboard.components.technique_words import counted_techniques
from dashboard.components.words import children_sentence, children_word, split_word, version_words
from dashboard.domain.datasets import DatasetVersion, Split
from dashboard.navigation import page
from dashboard.session import _, escaped, services


def show_versions(versions: tuple[DatasetVersion, ...]) -> None:
    """The chosen version, the newest until somebody chooses, and the table of all."""
    words: dict[str, str] = {one.id: version_words(one) for one in versions}
    chosen = linked_select(_("Frozen version"), words, "version")
    version = next((one for one in versions if one.id == chosen), versions[0])
    with st.container(border=True, key="datasets.version"):
        _show_version(version)
    with st.expander(_("All versions as a table"), key="datasets.all", icon=":material/table:"):
        st.dataframe(_table(versions), hide_index=True, key="datasets.table")


def _show_version(version: DatasetVersion) -> None:
    show_sizes(dict(version.counts), version.children)
    st.markdown(children_sentence(version))
    recipe = version.recipe
    facts = [
        _(
            "{unreviewed} of {rows} rows had not been accepted by experts when it was frozen.",
            unreviewed=number(version.unreviewed),
            rows=number(version.rows),
        ),
        _(
            "{families} families: an original with its variants is one.",
            families=number(version.originals),
        ),
    ]
    if version.children:
        facts.append(_("Variants: {counts}", counts=counted_techniques(version.techniques)))
    if recipe.growth is not None:
        facts.append(_("Size: {size}", size=times(recipe.growth)))
    facts.append(
        _(
            "Frozen on {moment} with seed {seed}.",
            moment=moment(version.created_at),
            seed=recipe.seed,
        )
    )
    st.caption("  \n".join(facts))
    st.caption(_("Fingerprint (SHA-256): the same rows always have the same."))
    st.code(version.sha256, language=None, wrap_lines=True)
    _show_downloads(version)
    st.page_link(
        page("fine_tune"),
        label=_("Fine-tune with it: choose {name} there", name=escaped(version.name)),
        icon=":material/model_training:",
    )


def _show_downloads(version: DatasetVersion) -> None:
    app = services()
    with st.container(horizontal=True):
        for split in Split:
            if not version.counts.get(split):
                continue
            st.download_button(
                split_word(split),
                partial(app.datasets.training_file, version.id, split, app.study.tuned_prompt),
                file_name=f"{version.name}-{split}.jsonl",
                mime="application/jsonl",
                key=f"datasets.download.{split}",
                icon=":material/download:",
                on_click="ignore",
            )
    st.caption(_("Each line is one chat: the prompt, the input and the message to learn (JSONL)."))


def _table(versions: tuple[DatasetVersion, ...]) -> pd.DataFrame:
    rows = [
        {
            _("Version"): one.name,
            _("To train"): one.counts.get(Split.TRAIN, 0),
            _("To validate"): one.counts.get(Split.VALIDATION, 0),
            _("Held out"): one.counts.get(Split.TEST, 0),
            _("Variants"): one.children,
            _("Unreviewed"): one.unreviewed,
            _("Rule for variants"): children_word(one.recipe.children),
            _("Seed"): one.recipe.seed,
            _("Frozen"): moment(one.created_at),
            "SHA-256": one.sha256[:12],
        }
        for one in versions
    ]
    return pd.DataFrame(rows)
