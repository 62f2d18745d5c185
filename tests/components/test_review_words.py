"""Words of review: none is missing, and none grades a figure without a source."""

from __future__ import annotations

import pytest

from dashboard.components import agreement_words, deed_words, review_words
from dashboard.domain.ledger import Deed
from dashboard.domain.responses import Confidence
from dashboard.domain.verdicts import Cause, Rule
from dashboard.statistics.agreement.figures import Figure, Undefined
from dashboard.statistics.agreement.measures import Coefficient


def test_every_deed_cause_confidence_and_rule_has_a_word() -> None:
    assert set(deed_words.deed_words()) == set(Deed)
    assert set(review_words.cause_words()) == set(Cause)
    assert all(review_words.confidence_word(one) for one in Confidence)
    assert all(review_words.rule_word(one) for one in Rule)


def test_every_coefficient_and_every_gap_has_words() -> None:
    assert set(agreement_words.coefficient_words()) == set(Coefficient)
    assert all(agreement_words.undefined_word(one) for one in Undefined)


@pytest.mark.parametrize("value", [None, -0.2, 0.0, 0.5, 1.0])
@pytest.mark.parametrize("coefficient", Coefficient)
def test_every_figure_reads_in_words_and_none_is_graded(
    coefficient: Coefficient, value: float | None
) -> None:
    why = Undefined.NO_VARIATION if value is None else None
    figure = Figure(coefficient, items=9, raters=3, pairs=9, value=value, why_undefined=why)
    said = agreement_words.reading(figure)
    assert said.endswith(".")
    grades = ("good", "poor", "baik", "buruk", "substantial", "moderate")
    assert not [one for one in grades if one in said.lower()]


@pytest.mark.parametrize(
    ("items", "mark"),
    [(0, "too few"), (9, "too few"), (10, "interval"), (29, "interval"), (30, "")],
)
def test_few_examples_are_called_few(
    monkeypatch: pytest.MonkeyPatch, items: int, mark: str
) -> None:
    monkeypatch.setenv("AFEKTIF_LANGUAGE", "en")
    assert agreement_words.caution_mark(items).startswith(mark)
    assert bool(agreement_words.caution(items)) is bool(mark)
