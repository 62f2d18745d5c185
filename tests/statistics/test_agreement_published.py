from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from krippendorff import alpha as alpha_of_others

from dashboard.statistics.agreement import weights
from dashboard.statistics.agreement.figures import agreement
from dashboard.statistics.agreement.measures import Coefficient
from dashboard.statistics.agreement.tables import Scale
from tests.ratings import ABSTRACTORS, Rows, by_name, diagnoses, of_two, reference, value

PERCENT, AC1, FLEISS = Coefficient.PERCENT_AGREEMENT, Coefficient.AC1, Coefficient.FLEISS_KAPPA
KAPPA, LINEAR_KAPPA = Coefficient.COHEN_KAPPA, Coefficient.COHEN_KAPPA_LINEAR
QUADRATIC_KAPPA = Coefficient.COHEN_KAPPA_QUADRATIC
ALPHA = {
    Scale.NOMINAL: Coefficient.ALPHA_NOMINAL,
    Scale.ORDINAL: Coefficient.ALPHA_ORDINAL,
    Scale.INTERVAL: Coefficient.ALPHA_INTERVAL,
}
ROWS = st.lists(st.dictionaries(st.sampled_from("abcde"), st.integers(1, 4)), max_size=12)


# Alphas: Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability". Percent, AC1, Fleiss
# and quadratic AC2: irrCAC 1.0, vignettes "overview" and "weighting" (Gwet 2019). Ordinal and
# linear AC2: the Python package irrCAC 0.4.4 on the same table.
@pytest.mark.parametrize(
    ("scale", "name", "published", "digits"),
    [
        (Scale.NOMINAL, Coefficient.ALPHA_NOMINAL, 0.743, 3),
        (Scale.NOMINAL, Coefficient.ALPHA_NOMINAL, 0.74342, 5),
        (Scale.ORDINAL, Coefficient.ALPHA_ORDINAL, 0.815, 3),
        (Scale.INTERVAL, Coefficient.ALPHA_INTERVAL, 0.849, 3),
        (Scale.INTERVAL, Coefficient.ALPHA_INTERVAL, 0.84911, 5),
        (Scale.NOMINAL, PERCENT, 0.8181818, 7),
        (Scale.NOMINAL, AC1, 0.77544, 5),
        (Scale.NOMINAL, FLEISS, 0.76117, 5),
        (Scale.INTERVAL, Coefficient.AC2_QUADRATIC, 0.914, 5),
        (Scale.INTERVAL, Coefficient.AC2_LINEAR, 0.85874, 5),
        (Scale.ORDINAL, Coefficient.AC2_ORDINAL, 0.89894, 5),
    ],
)
def test_the_reference_data_give_the_published_figures(
    scale: Scale, name: Coefficient, published: float, digits: int
) -> None:
    assert value(reference(), scale, name) == pytest.approx(published, abs=0.5001 * 10**-digits)


# irrCAC 1.0, vignettes "overview" (identity) and "weighting" (quadratic). Fleiss' kappa of two
# raters is Scott's pi.
@pytest.mark.parametrize(
    ("scale", "name", "published"),
    [
        (Scale.NOMINAL, PERCENT, 0.89),
        (Scale.NOMINAL, KAPPA, 0.7964094),
        (Scale.NOMINAL, FLEISS, 0.7962397),
        (Scale.NOMINAL, AC1, 0.8493305),
        (Scale.NOMINAL, Coefficient.ALPHA_NOMINAL, 0.7972585),
        (Scale.ORDINAL, QUADRATIC_KAPPA, 0.8921569),
        (Scale.INTERVAL, QUADRATIC_KAPPA, 0.8921569),
        (Scale.INTERVAL, Coefficient.AC2_QUADRATIC, 0.9402369),
        (Scale.INTERVAL, Coefficient.ALPHA_INTERVAL, 0.8926487),
    ],
)
def test_two_abstractors_give_the_published_figures(
    scale: Scale, name: Coefficient, published: float
) -> None:
    assert value(of_two(ABSTRACTORS), scale, name) == pytest.approx(published, abs=5e-8)


# irrCAC 1.0, vignettes "overview" and "weighting".
@pytest.mark.parametrize(
    ("scale", "name", "published"),
    [
        (Scale.NOMINAL, PERCENT, 0.5511111),
        (Scale.NOMINAL, AC1, 0.4448007),
        (Scale.NOMINAL, FLEISS, 0.4139265),
        (Scale.NOMINAL, Coefficient.ALPHA_NOMINAL, 0.4204384),
        (Scale.INTERVAL, Coefficient.AC2_QUADRATIC, 0.4837438),
        (Scale.INTERVAL, Coefficient.ALPHA_INTERVAL, 0.2595110),
    ],
)
def test_six_psychiatrists_give_the_published_figures(
    scale: Scale, name: Coefficient, published: float
) -> None:
    assert value(diagnoses(), scale, name) == pytest.approx(published, abs=5e-8)


# irrCAC 1.0, vignette "weighting": each set of weights for the categories 1:3.
@pytest.mark.parametrize(
    ("near", "beside", "apart"),
    [
        (weights.identity, 0, 0),
        (weights.linear, 0.5, 0),
        (weights.ordinal, 0.6666667, 0),
        (weights.quadratic, 0.75, 0),
    ],
)
def test_weights_are_the_published_ones(near: weights.Weights, beside: float, apart: float) -> None:
    expected = [[1, beside, apart], [beside, 1, beside], [apart, beside, 1]]
    assert near(np.array([1.0, 2.0, 3.0])) == pytest.approx(np.array(expected), abs=5e-8)


def test_linear_kappa_by_hand() -> None:
    # Observed 1 - (7 + 4) / 2 / 100; by chance 1 - sum(p q |i - j| / 2), with shares
    # .13 .27 .60 and .13 .24 .63: distance 1 for .13*.24 + .27*.13 + .27*.63 + .60*.24,
    # distance 2 for .13*.63 + .60*.13.
    by_chance = 1 - (0.0312 + 0.0351 + 0.1701 + 0.1440) / 2 - (0.0819 + 0.0780)
    expected = (0.945 - by_chance) / (1 - by_chance)
    assert value(of_two(ABSTRACTORS), Scale.ORDINAL, LINEAR_KAPPA) == pytest.approx(expected)


def test_a_rare_category_misleads_kappa_and_alpha_but_not_ac1() -> None:
    figures = by_name(agreement(of_two([[94, 3], [3, 0]]), Scale.NOMINAL))
    rounded = {name: round(figure.value or 0, 2) for name, figure in figures.items()}
    assert rounded == {
        PERCENT: 0.94,
        Coefficient.ALPHA_NOMINAL: -0.03,
        AC1: 0.94,
        FLEISS: -0.03,
        KAPPA: -0.03,
    }


@given(ROWS, st.sampled_from(Scale))
@settings(max_examples=200)
def test_alpha_is_that_of_the_krippendorff_package(rows: Rows, scale: Scale) -> None:
    ours = value(rows, scale, ALPHA[scale])
    assume(ours is not None)
    by_rater = [[row.get(rater, math.nan) for row in rows] for rater in "abcde"]
    theirs = alpha_of_others(np.array(by_rater), level_of_measurement=scale.value)
    assert ours == pytest.approx(theirs, abs=1e-9)
