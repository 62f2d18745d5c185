from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.scores import Description
from dashboard.statistics.descriptions import describe
from dashboard.statistics.intervals import half_width
from dashboard.statistics.paired import paired_difference

FLOATS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40)


def _figures(count: int, std: float | None) -> Description:
    return Description(count, 0, std, 0, 0, 0, 0, 0)


@given(FLOATS)
def test_the_eight_figures_are_those_of_pandas(values: list[float]) -> None:
    ours, theirs = describe(values), pd.Series(values).describe()
    pairs = zip(
        (ours.count, ours.mean, ours.min, ours.q1, ours.median, ours.q3, ours.max),
        theirs.drop("std"),
        strict=True,
    )
    assert all(math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-6) for a, b in pairs)
    if ours.std is None:
        assert math.isnan(theirs["std"])
    else:
        assert ours.std == pytest.approx(theirs["std"], rel=1e-6, abs=1e-6)


def test_nothing_cannot_be_described() -> None:
    with pytest.raises(ValueError, match="nothing"):
        describe([])


# Quantiles of Student's t as tables print them, for the two-sided 95% interval.
@pytest.mark.parametrize(
    ("rows", "quantile"), [(2, 12.706), (3, 4.303), (11, 2.228), (31, 2.042), (121, 1.980)]
)
def test_the_interval_is_students(rows: int, quantile: float) -> None:
    assert half_width(_figures(rows, 1.0)) == pytest.approx(quantile / math.sqrt(rows), abs=5e-4)


@pytest.mark.parametrize(("count", "std", "repeats"), [(1, None, 1), (5, 0.1, 5), (0, None, 1)])
def test_fewer_than_two_rows_have_no_interval(count: int, std: float | None, repeats: int) -> None:
    assert half_width(_figures(count, std), repeats) is None


def test_repeats_do_not_make_an_interval_shorter() -> None:
    assert half_width(_figures(100, 0.2), repeats=5) == half_width(_figures(20, 0.2))


def test_identical_systems_differ_by_nothing() -> None:
    values = {"r1": [0.5, 0.6], "r2": [0.7], "r3": [0.1]}
    found = paired_difference(values, values)
    assert found is not None
    assert (found.mean, found.wins, found.losses, found.is_clear) == (0, 0, 0, False)


def test_repeats_are_averaged_within_their_row() -> None:
    found = paired_difference({"r1": [0.4, 0.6], "r2": [0.9]}, {"r1": [0.1], "r2": [0.4, 0.6]})
    assert found is not None
    assert found.mean == pytest.approx(0.4)
    assert (found.rows, found.wins, found.is_clear) == (2, 2, True)


def test_only_shared_rows_are_compared() -> None:
    found = paired_difference({"r1": [0.5], "r2": [0.9], "r3": []}, {"r1": [0.6], "r3": [0.2]})
    assert found is not None
    assert (found.rows, found.half_width, found.is_clear) == (1, None, False)
    assert paired_difference({"r1": [0.5]}, {"r2": [0.5]}) is None


def test_noise_is_not_called_a_difference() -> None:
    found = paired_difference(
        {"a": [0.5], "b": [0.6], "c": [0.7]}, {"a": [0.6], "b": [0.5], "c": [0.65]}
    )
    assert found is not None
    assert not found.is_clear
