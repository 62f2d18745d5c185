"""Agreement of every two experts as a heatmap; the names are shown as they were typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import plotly.graph_objects as go

from dashboard.charts.theme import themed
from dashboard.statistics.agreement.figures import Figure

SCALE = ((0.0, "#f1f6f6"), (1.0, "#0f6a72"))
"""From like chance to full agreement; lightness alone tells them apart."""
DARK_FROM = 0.55
CELL = 48


def pair_heatmap(names: Sequence[str], figures: Mapping[tuple[str, str], Figure]) -> go.Figure:
    """A square of experts × experts; a pair without a value stays empty, below 0 counts as 0."""
    labels = [escape(one) for one in names]  # plotly reads some HTML
    rows = [[_between(figures, one, other) for other in names] for one in names]
    heatmap = go.Heatmap(
        x=labels,
        y=labels,
        z=[[None if one is None else max(0.0, one) for one in row] for row in rows],
        zmin=0,
        zmax=1,
        colorscale=SCALE,
        xgap=2,
        ygap=2,
        showscale=False,
        hovertemplate="%{y} – %{x}: %{text}<extra></extra>",
        text=[["" if one is None else f"{one:.2f}" for one in row] for row in rows],
    )
    figure = themed(go.Figure(heatmap), "", "")
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(side="bottom", showgrid=False)
    figure.update_layout(height=120 + CELL * len(labels))
    for row, one in enumerate(labels):
        for column, other in enumerate(labels):
            value = rows[row][column]
            if value is not None:
                color = "#ffffff" if value > DARK_FROM else "#1d2b2f"
                figure.add_annotation(
                    x=other, y=one, text=f"{value:.2f}", showarrow=False, font={"color": color}
                )
    return figure


def _between(figures: Mapping[tuple[str, str], Figure], one: str, other: str) -> float | None:
    found = figures.get((one, other)) or figures.get((other, one))
    return found.value if found else None
