"""How good variants are: what passes, what experts accept, and how different the texts are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.augmentation import MEASURES, acceptance_bars, diversity_bars, yield_bars
from dashboard.components.augment_route import route_word
from dashboard.components.choices import select
from dashboard.components.numbers import number
from dashboard.components.technique_words import technique_word
from dashboard.domain.augmentation import Fate, Route, Technique
from dashboard.domain.studies import Study
from dashboard.session import Quality, _, quality_frames, services

if TYPE_CHECKING:
    import pandas as pd

BARE = {"displayModeBar": False}


def show_quality(study: Study) -> None:
    """Draw the figures of all runs, one way of rewriting at a time."""
    used = {one.plan.route for one in services().augmentation.runs(study.name)}
    if not used:
        st.info(_("No variants have been made yet; their quality shows here afterwards."))
        return
    words = {one.value: route_word(one) for one in Route if one in used}
    route = Route(select(_("Who rewrites"), words, "augment.quality.route"))
    with st.spinner(_("Reading all variants …")):
        quality = services().augmentation_quality.of(study.name, route)
    if not quality.techniques:
        st.info(_("No variants have been made yet; their quality shows here afterwards."))
        return
    _show_yields(quality, route)
    _show_acceptance(quality, route)
    _show_differences(quality, route)


def _show_yields(quality: Quality, route: Route) -> None:
    st.header(_("What passes the filters"))
    labels = {
        Fate.KEPT.value: _("Kept"),
        Fate.HELD.value: _("Held"),
        Fate.DROPPED.value: _("Left out"),
        "attempts": _("Attempts"),
    }
    frame = quality_frames.yields(quality)
    passed = frame["outcome"].isin([Fate.KEPT.value, Fate.HELD.value])
    frame["outcome"] = frame["outcome"].where(passed, Fate.DROPPED.value)
    counted = frame.groupby(["technique", "outcome"], sort=False)[["count"]].sum().reset_index()
    st.plotly_chart(
        yield_bars(_worded(counted, route), labels),
        key="augment.quality.yields",
        config=BARE,
        alt=_("Attempts of each technique: kept, held and left out"),
    )


def _show_acceptance(quality: Quality, route: Route) -> None:
    st.header(_("What experts accept"))
    if not quality.overall.accepted.n:
        st.info(_("No variant has its verdict yet. The shares show with the first answers."))
        return
    st.caption(
        _(
            "Of the {count} variants that have a verdict. The thin lines say how sure the shares "
            "are: 95% intervals.",
            count=number(quality.overall.accepted.n),
        )
    )
    st.plotly_chart(
        acceptance_bars(
            _worded(quality_frames.acceptance(quality), route), {"accepted": _("Accepted")}
        ),
        key="augment.quality.acceptance",
        config=BARE,
        alt=_("The share of decided variants that experts accepted, by technique"),
    )


def _show_differences(quality: Quality, route: Route) -> None:
    st.header(_("How different the texts are"))
    st.caption(
        _(
            "Read this beside what experts accept: a copy is always acceptable, and nonsense is "
            "always different."
        )
    )
    frame, measures = _worded(quality_frames.differences(quality), route), _measures()
    st.plotly_chart(
        diversity_bars(frame, {**measures, "share": _("0 to 1")}),
        key="augment.quality.differences",
        config=BARE,
        alt=_("Measures of difference by technique; the table below says the same"),
    )
    with st.expander(_("As a table"), key="augment.quality.table", icon=":material/table:"):
        names = ["technique", *MEASURES, "texts"]
        titles = {"technique": _("Technique"), **measures, "texts": _("Texts")}
        st.dataframe(frame[names].rename(columns=titles).round(3), hide_index=True)
    meanings = _meanings()
    st.markdown("\n".join(f"- **{measures[one]}**: {meanings[one]}" for one in meanings))


def _worded(frame: pd.DataFrame, route: Route) -> pd.DataFrame:
    """The frame with techniques by their names."""
    words = {one.value: technique_word(one, route) for one in Technique}
    return frame.assign(technique=frame["technique"].map(words))


def _measures() -> Mapping[str, str]:
    return {
        "distinct_1": _("different words"),
        "distinct_2": _("different word pairs"),
        "self_bleu": _("likeness to one another (self-BLEU)"),
        "edits": _("distance from the original"),
        "likeness": _("likeness to siblings"),
    }


def _meanings() -> Mapping[str, str]:
    return {
        "distinct_1": _("how many of all words are different ones (distinct-1)"),
        "distinct_2": _("how many of all pairs of neighboring words are different ones"),
        "self_bleu": _("how much variants repeat one another; lower is more varied"),
        "edits": _("the share of a message that was changed"),
        "likeness": _("how alike variants of one original are, letter by letter"),
    }
