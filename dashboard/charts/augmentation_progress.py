"""How far every condition is, as a grid: a square each, bluer the more it has of what it lacked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.theme import TEMPLATE

ROW_HEIGHT = 26
AROUND = 40
BEGUN, DONE = "#6b7484", "#0b78b8"
"""White letters stand on both, and on everything between them, at 4.5 to 1 or more."""


@dataclass(frozen=True)
class Square:
    """A condition by the words of its row and column, with how many it has of those it wants."""

    row: str
    column: str
    kept: int
    wanted: int

    @property
    def share(self) -> float:
        """How much of what was wanted is there."""
        return self.kept / self.wanted if self.wanted else 1.0


def progress_grid(squares: Sequence[Square]) -> go.Figure:
    """The squares in reading order of their rows and columns."""
    rows = list(dict.fromkeys(one.row for one in squares))
    columns = list(dict.fromkeys(one.column for one in squares))
    by_place = {(one.row, one.column): one for one in squares}
    grid = [[by_place.get((row, column)) for column in columns] for row in rows]
    figure = go.Figure(
        go.Heatmap(
            x=columns,
            y=rows,
            z=[[one.share if one else None for one in line] for line in grid],
            text=[[f"{one.kept}/{one.wanted}" if one else "" for one in line] for line in grid],
            texttemplate="%{text}",
            textfont={"color": "#ffffff"},
            hovertemplate="%{y} · %{x}: %{text}<extra></extra>",
            colorscale=[[0, BEGUN], [1, DONE]],
            zmin=0,
            zmax=1,
            xgap=3,
            ygap=3,
            showscale=False,
        )
    )
    figure.update_layout(template=TEMPLATE, height=ROW_HEIGHT * len(rows) + AROUND)
    figure.update_layout(margin={"l": 8, "r": 8, "t": 28, "b": 8})
    figure.update_xaxes(side="top", type="category", showgrid=False, ticks="", fixedrange=True)
    figure.update_yaxes(
        autorange="reversed", type="category", showgrid=False, ticks="", fixedrange=True
    )
    return figure
