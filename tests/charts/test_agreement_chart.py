"""The heatmap of every two experts."""

from __future__ import annotations

from dashboard.charts.agreement import pair_heatmap
from dashboard.statistics.agreement.figures import Figure, Undefined
from dashboard.statistics.agreement.measures import Coefficient


def figure(value: float | None) -> Figure:
    why = Undefined.NO_PAIRS if value is None else None
    name = Coefficient.ALPHA_NOMINAL
    return Figure(name, items=4, raters=2, pairs=4, value=value, why_undefined=why)


FOUND = {
    ("Ani", "Budi"): figure(0.8),
    ("Ani", "Citra"): figure(-0.25),
    ("Budi", "Citra"): figure(None),
}
NAMES = ("Ani", "Budi", "Citra")


def test_both_halves_hold_the_pairs_value_and_the_diagonal_stays_empty() -> None:
    [heatmap] = pair_heatmap(NAMES, FOUND).data
    assert [list(row) for row in heatmap.z] == [[None, 0.8, 0], [0.8, None, None], [0, None, None]]


def test_the_cells_say_the_value_even_below_zero() -> None:
    notes = pair_heatmap(NAMES, FOUND).layout.annotations
    assert sorted(one.text for one in notes) == ["-0.25", "-0.25", "0.80", "0.80"]


def test_names_do_not_run_as_html() -> None:
    [heatmap] = pair_heatmap(("<b>Ani</b>", "Budi"), {("<b>Ani</b>", "Budi"): figure(1.0)}).data
    assert list(heatmap.x) == ["&lt;b&gt;Ani&lt;/b&gt;", "Budi"]
