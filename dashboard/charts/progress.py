"""How far the answers have come, as one bar for every count of answers."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from dashboard.charts.theme import CLEAR, RUNS, TEXT, themed

HEIGHT = 240


def coverage_bars(coverage: Mapping[int, int], answers: str, examples: str) -> go.Figure:
    """Examples by how many answers they have; `answers` and `examples` title the axes."""
    counts = [coverage.get(number, 0) for number in range(max(coverage, default=0) + 1)]
    figure = go.Figure(
        go.Bar(
            x=[str(number) for number in range(len(counts))],
            y=counts,
            text=[str(one) for one in counts],
            textposition="outside",
            textfont_color=TEXT,
            cliponaxis=False,
            marker_color=RUNS[0],
            marker_line_color=CLEAR,
            hovertemplate="%{x}: %{y}<extra></extra>",
        )
    )
    figure.update_layout(height=HEIGHT, bargap=0.4)
    figure = themed(figure, answers, examples)
    figure.update_xaxes(type="category")
    return figure
