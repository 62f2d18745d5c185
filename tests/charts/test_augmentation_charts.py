"""Charts of augmentation, by what they hold."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.augmentation import (
    DROPPED,
    MEASURES,
    OUTCOMES,
    acceptance_bars,
    cell_progress,
    diversity_bars,
    yield_bars,
)

LABELS = {"kept": "Disimpan", "too_long": "Terlalu panjang", "distinct_1": "distinct-1"}


def test_attempts_are_stacked_by_what_became_of_them() -> None:
    rows = [("swap", "kept", 7), ("swap", "too_long", 2), ("synonym", "held", 1)]
    figure = yield_bars(pd.DataFrame(rows, columns=["technique", "outcome", "count"]), LABELS)
    assert [bar.name for bar in figure.data] == ["Disimpan", "held", "Terlalu panjang"]
    assert (list(figure.data[0].y), list(figure.data[0].x)) == (["swap"], [7])
    assert figure.layout.barmode == "stack"


def test_acceptance_shows_its_interval_and_n_and_leaves_out_what_nobody_judged() -> None:
    rows = [("swap", 0.5, 0.3, 0.7, 20), ("synonym", None, None, None, 0)]
    frame = pd.DataFrame(rows, columns=["technique", "accepted", "low", "high", "n"])
    figure = acceptance_bars(frame, LABELS)
    [bar] = figure.data
    assert list(bar.y) == ["swap"]
    assert list(bar.error_x.array) == [0.7 - 0.5]
    assert "n = %{customdata[2]}" in bar.hovertemplate
    assert tuple(figure.layout.xaxis.range) == (0, 1)


def test_a_measure_that_cannot_be_said_has_no_bar() -> None:
    frame = pd.DataFrame(
        [("swap", 0.4, None), ("synonym", 0.5, 0.2)],
        columns=["technique", "distinct_1", "self_bleu"],
    )
    first, second = diversity_bars(frame, LABELS).data
    assert (first.name, list(first.x)) == ("distinct-1", ["swap", "synonym"])
    assert (second.name, list(second.x)) == ("self_bleu", ["synonym"])


def test_conditions_show_their_rows_against_the_target() -> None:
    frame = pd.DataFrame(
        [("sedih", "positif", 25), ("sedih", "negatif", 5), ("senang", "positif", 30)],
        columns=["leading", "rest", "rows"],
    )
    figure = cell_progress(frame, 25, LABELS)
    [heatmap] = figure.data
    assert list(heatmap.y) == ["sedih", "senang"]
    assert heatmap.z[0][0] == heatmap.z[1][0] == 1
    assert heatmap.z[0][1] == 5 / 25
    assert sorted(one.text for one in figure.layout.annotations) == ["25", "30", "5"]


def test_colors_are_seen_on_white_and_on_dark() -> None:
    for color in (*OUTCOMES.values(), *DROPPED, *MEASURES.values()):
        for ground in ("#ffffff", "#0e1117"):
            assert contrast(color, ground) >= 3, color


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
