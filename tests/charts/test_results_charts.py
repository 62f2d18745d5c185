from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from dashboard.charts.labels import ENGLISH
from dashboard.charts.results import bertscore_bars, description_table, loss_curve, token_bars
from dashboard.charts.theme import OTHER, PARTS, RUNS, SYSTEMS, TEXT, system_color
from dashboard.domain.results import METRICS, Results
from dashboard.domain.training import CurvePoint
from dashboard.statistics.intervals import half_width

INDONESIAN = {"base": "Dasar", "bertscore_f1": "F1", "step": "Langkah", "loss": "Rugi"}


def test_bertscore_bars_show_each_systems_means(results: Results) -> None:
    figure = bertscore_bars(results, ENGLISH)
    assert [bar.name for bar in figure.data] == ["Base", "Base, few-shot", "Tuned"]
    tuned = figure.data[2]
    assert list(tuned.x) == ["Precision", "Recall", "F1"]
    assert list(tuned.y) == pytest.approx([0.72, 0.73, 0.74])
    assert figure.layout.yaxis.title.text == "BERTScore"
    assert tuple(figure.layout.yaxis.range) == (0, 1)


def test_whiskers_are_the_t_interval_and_the_hover_tells_n(results: Results) -> None:
    tuned = bertscore_bars(results, ENGLISH).data[2]
    expected = half_width(results.systems[2].figures["bertscore_f1"])
    assert tuned.error_y.array[2] == pytest.approx(expected)
    assert "n = 20" in tuned.hovertext[2]
    assert "95%" in tuned.hovertext[2]


def test_one_row_has_no_whisker(results: Results) -> None:
    one = replace(results.systems[0].figures["bertscore_f1"], count=1, std=None)
    system = replace(results.systems[0], figures={"bertscore_f1": one})
    [bar] = bertscore_bars(replace(results, systems=(system,)), ENGLISH).data
    assert list(bar.error_y.array) == [None]
    assert bar.hovertext == ("0.640, n = 1",)


def test_token_bars_are_stacked_with_their_total_on_top(results: Results) -> None:
    figure = token_bars(results, ENGLISH)
    assert figure.layout.barmode == "stack"
    assert [bar.name for bar in figure.data] == ["Prompt tokens", "Completion tokens"]
    assert list(figure.data[0].y) == [109.5] * 3
    assert [note.text for note in figure.layout.annotations] == ["129.5"] * 3
    assert figure.layout.yaxis.title.text == "Mean tokens per output"


def test_the_loss_curve_shows_every_measured_point_as_it_is(results: Results) -> None:
    figure = loss_curve({"run": results.curve}, ENGLISH)
    train, valid = figure.data
    assert (train.name, list(train.x), list(train.y)) == (
        "Training loss",
        [1, 2, 3],
        [3.2, 2.8, 2.5],
    )
    assert (valid.name, list(valid.x), list(valid.y)) == ("Validation loss", [2], [2.9])
    assert (train.mode, valid.mode) == ("lines", "lines+markers")
    assert figure.layout.xaxis.title.text == "Step"


def test_several_runs_are_told_apart_by_name_and_color(results: Results) -> None:
    figure = loss_curve({"a": results.curve, "b": (CurvePoint(1, 2.0),)}, {"a": "First"})
    names = [line.name for line in figure.data]
    assert names == ["First · train_loss", "First · valid_loss", "b · train_loss"]
    assert figure.data[0].line.color != figure.data[2].line.color


def test_the_table_has_the_eight_figures_by_system_and_metric(results: Results) -> None:
    frame = description_table(results, ENGLISH)
    assert list(frame.columns) == [
        "System", "Metric", "Count", "Mean", "Std", "Min", "Q1", "Median", "Q3", "Max"
    ]  # fmt: skip
    assert len(frame) == 3 * len(METRICS)
    last = frame.iloc[-1]
    assert (last["System"], last["Metric"], last["Count"]) == ("Tuned", "Total tokens", 20)
    assert last["Mean"] == pytest.approx(129.5)


def test_labels_are_the_readers_and_a_missing_one_shows_its_key(results: Results) -> None:
    assert [bar.name for bar in bertscore_bars(results, INDONESIAN).data] == [
        "Dasar", "few_shot", "tuned"
    ]  # fmt: skip
    assert loss_curve({}, INDONESIAN).layout.xaxis.title.text == "Langkah"
    assert "mean" in description_table(results, {}).columns


def test_nothing_yet_draws_empty_charts(empty_results: Results) -> None:
    assert all(bar.x is None or len(bar.x) == 0 for bar in bertscore_bars(empty_results, {}).data)
    assert not token_bars(empty_results, {}).layout.annotations
    assert loss_curve({"run": ()}, {}).data == ()
    pd.testing.assert_index_equal(
        description_table(empty_results, {}).columns[:2], pd.Index(["system", "metric"])
    )


def test_a_system_keeps_its_color_in_every_chart(results: Results) -> None:
    colors = [bar.marker.color for bar in bertscore_bars(results, {}).data]
    assert colors == [SYSTEMS["base"], SYSTEMS["few_shot"], SYSTEMS["tuned"]]
    assert system_color("something else") == OTHER


def _luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("color", sorted({*SYSTEMS.values(), *PARTS.values(), *RUNS, TEXT, OTHER}))
def test_every_color_can_be_seen_on_white_and_on_dark(color: str) -> None:
    assert 1.05 / (_luminance(color) + 0.05) >= 3
    assert (_luminance(color) + 0.05) / (_luminance("#0e1117") + 0.05) >= 3
