"""The one look of all charts: readable on white and on dark, and by colorblind people.

Every color keeps a contrast of 3:1 or more on #ffffff and on #0e1117 (WCAG 2.2, 1.4.11).
"""

from __future__ import annotations

import plotly.graph_objects as go

TEXT = "#737d8c"
GRID = "rgba(128, 128, 128, 0.25)"
CLEAR = "rgba(0, 0, 0, 0)"
OTHER = "#8a5aa8"
SYSTEMS = {"base": "#808794", "few_shot": "#c77700", "tuned": "#0b78b8"}
PARTS = {"prompt_tokens": "#8a5aa8", "completion_tokens": "#2a8c82"}
RUNS = ("#0b78b8", "#c77700", "#2a8c82", "#8a5aa8", "#808794")

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": "inherit", "size": 13, "color": TEXT},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "margin": {"l": 60, "r": 16, "t": 36, "b": 48},
        "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0},
        "xaxis": {"gridcolor": GRID, "linecolor": GRID, "zerolinecolor": GRID, "automargin": True},
        "yaxis": {"gridcolor": GRID, "linecolor": GRID, "zerolinecolor": GRID, "automargin": True},
        "hoverlabel": {"font": {"family": "inherit"}},
        "bargap": 0.25,
        "bargroupgap": 0.08,
        "separators": ".,",
    }
)


def system_color(kind: str) -> str:
    """The color a system has everywhere."""
    return SYSTEMS.get(kind, OTHER)


def themed(figure: go.Figure, x_title: str, y_title: str) -> go.Figure:
    """The figure with titled axes, in the one look."""
    figure.update_layout(template=TEMPLATE)
    figure.update_xaxes(title_text=x_title)
    figure.update_yaxes(title_text=y_title)
    return figure
