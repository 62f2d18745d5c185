"""The figures of one comparison: charts, table, prompts, and what to keep in mind."""

from __future__ import annotations

from functools import partial
from math import isnan

import streamlit as st

from dashboard.charts.results import bertscore_bars, description_table, loss_curve, token_bars
from dashboard.components.headline import flagged_words
from dashboard.components.numbers import number
from dashboard.components.plain import escaped, plain
from dashboard.components.words import chart_labels, children_sentence, system_words
from dashboard.domain.results import TOKENS, Results
from dashboard.session import REPORT_FILES, _, services

SHOWN = ("mean", "std", "min", "q1", "median", "q3", "max")
BARE = {"displayModeBar": False}
ICONS = {"html": ":material/article:", "json": ":material/data_object:", "csv": ":material/table:"}


def show_charts(results: Results) -> None:
    """BERTScore, tokens and the training's loss."""
    labels = chart_labels()
    left, right = st.columns(2)
    with left:
        st.header(_("Closeness to the reference"))
        if results.signature is None:
            st.info(_("Not scored yet."))
        else:
            st.plotly_chart(
                bertscore_bars(results, labels),
                key="results.bertscore",
                config=BARE,
                alt=_("Mean BERTScore precision, recall and F1 by system"),
            )
        st.caption(_("BERTScore; higher is better. The thin lines are 95% intervals."))
    with right:
        st.header(_("Tokens per message"))
        st.plotly_chart(
            token_bars(results, labels),
            key="results.tokens",
            config=BARE,
            alt=_("Mean prompt and completion tokens by system"),
        )
        st.caption(_("A token is a piece of a word; every token read or written costs time."))
    if results.curve:
        st.header(_("Training loss"))
        st.plotly_chart(
            loss_curve({"loss": results.curve}, labels),
            key="results.loss",
            config=BARE,
            alt=_("Training and validation loss by step"),
        )


def show_table(results: Results) -> None:
    """The eight descriptive statistics of every figure."""
    st.header(_("All figures"))
    labels = chart_labels()
    table = description_table(results, labels)
    counted = table[labels["metric"]].isin([labels[name] for name in TOKENS])
    for name in SHOWN:
        pairs = zip(table[labels[name]], counted, strict=True)
        table[labels[name]] = [_rounded(value, 1 if tokens else 3) for value, tokens in pairs]
    st.table(table, hide_index=True, border="horizontal")


def _rounded(value: float | None, digits: int) -> str:
    """A figure as text; one that does not exist, as a dash."""
    return "–" if value is None or isnan(value) else number(value, digits)


def show_notes(results: Results) -> None:
    """What the numbers rest on."""
    st.header(_("What to keep in mind"))
    words = system_words()
    notes = [f"{words[one.kind]}: {flagged_words(one)}" for one in results.systems]
    notes += [
        _(
            "Dataset version {name}: {unreviewed} of {rows} rows are unreviewed; they are not the "
            "study's expert-verified set.",
            name=escaped(results.version.name),
            unreviewed=number(results.version.unreviewed),
            rows=number(results.version.rows),
        ),
        _(
            "{children} of {rows} rows are variants.",
            children=number(results.version.children),
            rows=number(results.version.rows),
        )
        + " "
        + children_sentence(results.version),
        _("A text that was cut off is scored and counted as cut off; a failed one has no score."),
        _("Scores of different encoders are never mixed, since their scales differ."),
    ]
    st.markdown("\n".join(f"- {note}" for note in notes))


def show_prompts(results: Results) -> None:
    """The system prompt each model worked under."""
    with st.expander(_("Prompts of the systems"), key="results.prompts"):
        for system in results.systems:
            st.markdown(f"**{system_words()[system.kind]}**")
            plain(system.model)
            if system.shots:
                st.caption(_("With {count} worked examples.", count=number(system.shots)))
            st.code(system.prompt, language=None, wrap_lines=True)


def show_downloads(results: Results) -> None:
    """The report's files, made when somebody asks for them."""
    st.header(_("Downloads"))
    with st.container(horizontal=True):
        for name in REPORT_FILES:
            st.download_button(
                name,
                partial(services().reporting.file, results.generation.id, name, results.signature),
                file_name=name,
                key=f"results.download.{name}",
                icon=ICONS[name.rsplit(".", 1)[-1]],
                on_click="ignore",
            )
