"""Results as figures and one table; `labels` turns keys into words of the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from dashboard.charts.labels import word
from dashboard.charts.theme import PARTS, RUNS, TEXT, system_color, themed
from dashboard.domain.results import BERTSCORE, METRICS, Results
from dashboard.domain.scores import Description, SystemResult
from dashboard.domain.training import CurvePoint
from dashboard.statistics.intervals import half_width

if TYPE_CHECKING:
    import pandas as pd


def bertscore_bars(results: Results, labels: Mapping[str, str]) -> go.Figure:
    """Mean precision, recall and F1 by system, with 95% t intervals."""
    repeats = results.generation.repeats
    figure = go.Figure([_score_bars(one, repeats, labels) for one in results.systems])
    figure.update_layout(barmode="group", yaxis_range=[0, 1])
    return themed(figure, "", word(labels, "bertscore"))


def _score_bars(system: SystemResult, repeats: int, labels: Mapping[str, str]) -> go.Bar:
    found = {name: system.figures[name] for name in BERTSCORE if name in system.figures}
    widths = [half_width(one, repeats) for one in found.values()]
    return go.Bar(
        name=word(labels, system.kind),
        x=[word(labels, name) for name in found],
        y=[one.mean for one in found.values()],
        error_y={"type": "data", "array": widths, "color": TEXT, "thickness": 1.5, "width": 5},
        marker_color=system_color(system.kind),
        text=[f"{one.mean:.3f}" for one in found.values()],
        textposition="inside",
        insidetextanchor="start",
        textfont_color="#ffffff",
        hovertext=[_hover(one, width) for one, width in zip(found.values(), widths, strict=True)],
        hovertemplate="%{x}<br>%{hovertext}",
    )


def _hover(figures: Description, width: float | None) -> str:
    if width is None:
        return f"{figures.mean:.3f}, n = {figures.count}"
    low, high = figures.mean - width, figures.mean + width
    return f"{figures.mean:.3f} (95%: {low:.3f}–{high:.3f}), n = {figures.count}"


def token_bars(results: Results, labels: Mapping[str, str]) -> go.Figure:
    """Mean prompt and completion tokens by system, stacked, with the total on top."""
    counted = [one for one in results.systems if PARTS.keys() <= one.figures.keys()]
    names = [word(labels, one.kind) for one in counted]
    figure = go.Figure()
    for part, color in PARTS.items():
        means = [one.figures[part].mean for one in counted]
        figure.add_bar(
            name=word(labels, part),
            x=names,
            y=means,
            marker_color=color,
            customdata=[one.figures[part].count for one in counted],
            hovertemplate="%{x}<br>%{y:.2f}, n = %{customdata}",
        )
    for name, system in zip(names, counted, strict=True):
        total = sum(system.figures[part].mean for part in PARTS)
        figure.add_annotation(
            x=name, y=total, text=f"{total:.1f}", showarrow=False, yanchor="bottom", yshift=2
        )
    figure.update_layout(barmode="stack", bargap=0.5, legend_traceorder="normal")
    return themed(figure, "", word(labels, "tokens"))


def loss_curve(runs: Mapping[str, Sequence[CurvePoint]], labels: Mapping[str, str]) -> go.Figure:
    """Training loss of every step and validation loss where it was measured, nothing smoothed."""
    figure = go.Figure()
    for index, (run, points) in enumerate(runs.items()):
        prefix = f"{word(labels, run)} · " if len(runs) > 1 else ""
        train = [(point.step, point.train_loss) for point in points if point.train_loss is not None]
        valid = [(point.step, point.valid_loss) for point in points if point.valid_loss is not None]
        color = RUNS[index % len(RUNS)]
        looks = (
            ("train_loss", train, {"mode": "lines", "line": {"color": color, "width": 1.5}}),
            ("valid_loss", valid, {"mode": "lines+markers", "line": _dashed(color)}),
        )
        for key, series, look in looks:
            if series:
                x, y = zip(*series, strict=True)
                figure.add_scatter(name=prefix + word(labels, key), x=list(x), y=list(y), **look)
    figure.update_traces(hovertemplate="%{x}<br>%{y:.4f}")
    figure.update_layout(showlegend=True)
    return themed(figure, word(labels, "step"), word(labels, "loss"))


def _dashed(color: str) -> dict[str, object]:
    return {"color": color, "width": 2.5, "dash": "dot"}


def description_table(results: Results, labels: Mapping[str, str]) -> pd.DataFrame:
    """The study's eight figures, one row per system and metric."""
    import pandas as pd

    figures = [field.name for field in fields(Description)]
    columns = [word(labels, key) for key in ("system", "metric", *figures)]
    rows = [
        (word(labels, system.kind), word(labels, metric), *astuple(system.figures[metric]))
        for system in results.systems
        for metric in METRICS
        if metric in system.figures
    ]
    return pd.DataFrame(rows, columns=columns)
