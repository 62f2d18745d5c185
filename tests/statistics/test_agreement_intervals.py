from __future__ import annotations

import time

import numpy as np
import pytest

from dashboard.statistics.agreement.figures import agreement
from dashboard.statistics.agreement.measures import FITTING, Coefficient
from dashboard.statistics.agreement.tables import Scale
from tests.ratings import Rows, by_name, of_text, simulated

PERCENT, AC1, ALPHA = (
    Coefficient.PERCENT_AGREEMENT,
    Coefficient.AC1,
    Coefficient.ALPHA_NOMINAL,
)


@pytest.mark.parametrize("scale", Scale)
def test_the_interval_contains_the_estimate_and_repeats_with_its_seed(scale: Scale) -> None:
    rows = simulated(np.random.default_rng(5), items=60, raters=2)
    figures = agreement(rows, scale)
    assert len(figures) == len(FITTING[scale])
    for figure in figures:
        assert figure.value is not None
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low < figure.value < figure.high
        assert figure.usable_resamples == figure.resamples == 1000
    assert figures == agreement(rows, scale)
    assert figures != agreement(rows, scale, seed=1)


def test_more_items_make_the_interval_shorter() -> None:
    few, many = (
        by_name(agreement(simulated(np.random.default_rng(5), items, 3), Scale.NOMINAL))[AC1]
        for items in (30, 480)
    )
    widths = [(figure.high or 0) - (figure.low or 0) for figure in (few, many)]
    assert widths[1] == pytest.approx(widths[0] / 4, rel=0.4)


def test_resamples_without_variation_are_counted_and_leave_no_interval() -> None:
    figures = by_name(agreement(of_text("xy", *["xx"] * 19), Scale.NOMINAL))
    alpha = figures[ALPHA]
    assert (alpha.low, alpha.resamples) == (None, 1000)
    # The one disputed item is missing from a resample with probability 0.95**20 = 0.36.
    assert alpha.usable_resamples == pytest.approx(640, abs=50)
    assert figures[PERCENT].usable_resamples == 1000
    assert figures[PERCENT].low is not None


@pytest.mark.parametrize("rows", [of_text("xy"), of_text(*["xx", "yy"] * 20)])
def test_resamples_that_cannot_differ_leave_no_interval(rows: Rows) -> None:
    for figure in agreement(rows, Scale.NOMINAL):
        assert figure.value is not None
        assert (figure.low, figure.high) == (None, None)


def test_typical_tables_are_measured_at_once() -> None:
    rows = simulated(np.random.default_rng(5), items=160, raters=12)
    started = time.perf_counter()
    agreement(rows, Scale.ORDINAL)
    assert time.perf_counter() - started < 0.3


@pytest.mark.slow
@pytest.mark.parametrize("name", [PERCENT, AC1, ALPHA])
def test_the_interval_covers_the_truth_in_about_95_of_100_tables(name: Coefficient) -> None:
    # Two raters agree with probability .85² + .15²; category 1 has the share .8*.85 + .2*.15.
    agreed, share = 0.85**2 + 0.15**2, 0.8 * 0.85 + 0.2 * 0.15
    by_chance = {
        PERCENT: 0.0,
        AC1: 2 * share * (1 - share),
        ALPHA: share**2 + (1 - share) ** 2,
    }[name]
    truth = (agreed - by_chance) / (1 - by_chance)
    generator = np.random.default_rng(20251)
    tables = [simulated(generator, items=80, raters=3) for _ in range(1000)]
    figures = [by_name(agreement(rows, Scale.NOMINAL))[name] for rows in tables]
    bounds = [(f.low, f.high) for f in figures if f.low is not None and f.high is not None]
    assert len(bounds) == len(tables)
    covered = sum(low <= truth <= high for low, high in bounds)
    # 1,000 tables know a coverage of 95% to within 1.4 points either way.
    assert 0.93 <= covered / len(tables) <= 0.97
