"""The grid of a run: a square for every condition, with what it has of what it lacked."""

from __future__ import annotations

from dashboard.charts.augmentation_progress import BEGUN, DONE, Square, progress_grid
from tests.charts.test_augmentation_charts import contrast


def test_squares_stand_in_reading_order_with_their_counts() -> None:
    squares = [Square("sedih", "a", 5, 20), Square("sedih", "b", 0, 0), Square("senang", "a", 3, 3)]
    [grid] = progress_grid(squares).data
    assert (list(grid.y), list(grid.x)) == (["sedih", "senang"], ["a", "b"])
    assert [list(line) for line in grid.text] == [["5/20", "0/0"], ["3/3", ""]]
    assert [list(line) for line in grid.z] == [[0.25, 1.0], [1.0, None]]


def test_white_letters_are_read_on_every_square() -> None:
    for ground in (BEGUN, DONE):
        assert contrast("#ffffff", ground) >= 4.5
