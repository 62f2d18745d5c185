"""Augmentation as figures: what techniques bring, what experts accept, how different texts are.

Frames hold one row a bar with the columns each function names; their first column is shown as it
is, so a page fills it with words of its language.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from dashboard.charts.labels import word
from dashboard.charts.theme import RUNS, TEXT, themed

if TYPE_CHECKING:
    import pandas as pd

KEPT, HELD = "kept", "held"
OUTCOMES = {KEPT: RUNS[0], HELD: RUNS[1]}
DROPPED = ("#808794", "#8a5aa8", "#2a8c82", "#b0506d", "#5f7a1f", "#4a6fb5", "#a4662e", "#6b6f7b")
"""Reasons share these in the order of how often they are met."""
MEASURES = {
    "distinct_1": RUNS[0],
    "distinct_2": RUNS[2],
    "self_bleu": RUNS[1],
    "edits": RUNS[3],
    "likeness": RUNS[4],
}
BAR = 46
TALL = 380
SCALE = ((0.0, "#f1f6f6"), (1.0, "#0f6a72"))
DARK_FROM = 0.55


def yield_bars(frame: pd.DataFrame, labels: Mapping[str, str]) -> go.Figure:
    """Attempts by technique, stacked: kept, held, and dropped by reason.

    Columns: technique, outcome (`kept`, `held` or a reason), count.
    """
    totals = frame.groupby("outcome")["count"].sum().sort_values(ascending=False)
    reasons = [one for one in totals.index if one not in OUTCOMES]
    colors = {one: DROPPED[place % len(DROPPED)] for place, one in enumerate(reasons)}
    figure = go.Figure()
    for outcome, color in {**OUTCOMES, **colors}.items():
        part = frame[frame["outcome"] == outcome]
        if not part.empty:
            figure.add_bar(
                name=word(labels, outcome),
                y=part["technique"].tolist(),
                x=part["count"].tolist(),
                orientation="h",
                marker_color=color,
                hovertemplate="%{y}<br>%{x}",
            )
    figure.update_layout(barmode="stack", height=_height(frame), legend_traceorder="normal")
    figure.update_yaxes(autorange="reversed")
    return themed(figure, word(labels, "attempts"), "")


def acceptance_bars(frame: pd.DataFrame, labels: Mapping[str, str]) -> go.Figure:
    """The share of decided children that experts accepted, with 95% Wilson intervals.

    Columns: technique, accepted (0 to 1), low, high, n.
    """
    shown = frame[frame["n"] > 0]
    figure = go.Figure(
        go.Bar(
            x=shown["accepted"].tolist(),
            y=shown["technique"].tolist(),
            orientation="h",
            marker_color=RUNS[0],
            error_x={
                "type": "data",
                "array": (shown["high"] - shown["accepted"]).tolist(),
                "arrayminus": (shown["accepted"] - shown["low"]).tolist(),
                "color": TEXT,
                "thickness": 1.5,
                "width": 5,
            },
            customdata=shown[["low", "high", "n"]].to_numpy().tolist(),
            hovertemplate="%{y}: %{x:.0%} (95%: %{customdata[0]:.0%}–%{customdata[1]:.0%}), "
            "n = %{customdata[2]}<extra></extra>",
        )
    )
    figure.update_layout(height=_height(shown), bargap=0.45)
    figure = themed(figure, word(labels, "accepted"), "")
    figure.update_xaxes(range=[0, 1], tickformat=".0%")
    figure.update_yaxes(autorange="reversed")
    return figure


def diversity_bars(frame: pd.DataFrame, labels: Mapping[str, str]) -> go.Figure:
    """Figures of diversity by technique, side by side on one scale from 0 to 1.

    Columns: technique and any of the measures; what cannot be said stays empty.
    """
    figure = go.Figure()
    for measure, color in MEASURES.items():
        if measure in frame:
            part = frame[frame[measure].notna()]
            figure.add_bar(
                name=word(labels, measure),
                x=part["technique"].tolist(),
                y=part[measure].tolist(),
                marker_color=color,
                hovertemplate="%{x}<br>%{y:.2f}",
            )
    figure.update_layout(barmode="group", height=TALL)
    figure = themed(figure, "", word(labels, "share"))
    figure.update_yaxes(range=[0, 1])
    return figure


def cell_progress(frame: pd.DataFrame, target: int, labels: Mapping[str, str]) -> go.Figure:
    """Rows of every condition against its target, darker the nearer; the numbers stand in it.

    Columns: leading (down the side), rest (along the bottom), rows.
    """
    table = frame.pivot_table(index="leading", columns="rest", values="rows", sort=False)
    goal = max(target, 1)
    figure = go.Figure(
        go.Heatmap(
            x=table.columns.tolist(),
            y=table.index.tolist(),
            z=(table / goal).clip(upper=1).to_numpy().tolist(),
            zmin=0,
            zmax=1,
            colorscale=SCALE,
            showscale=False,
            xgap=2,
            ygap=2,
            text=table.to_numpy().tolist(),
            hovertemplate="%{y}, %{x}: %{text:.0f}<extra></extra>",
        )
    )
    figure = themed(figure, "", word(labels, "rows"))
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(showgrid=False)
    figure.update_layout(height=140 + BAR * len(table))
    for leading, row in table.iterrows():
        for rest, rows in row.items():
            if not math.isnan(rows):
                color = "#ffffff" if rows / goal > DARK_FROM else "#1d2b2f"
                figure.add_annotation(
                    x=rest, y=leading, text=f"{rows:.0f}", showarrow=False, font={"color": color}
                )
    return figure


def _height(frame: pd.DataFrame) -> int:
    return 150 + BAR * int(frame["technique"].nunique())
