"""Small pieces of screen that need no browser."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dashboard.charts.labels import ENGLISH
from dashboard.components import numbers, words
from dashboard.components.plain import excerpt
from dashboard.domain.examples import Origin
from dashboard.domain.generation import OutputStatus
from dashboard.domain.responses import Decision
from dashboard.domain.study_runs import StepName
from dashboard.domain.training import RunStatus
from dashboard.domain.verdicts import Verdict


@pytest.mark.parametrize(("language", "shown"), [("id", "1.234,5"), ("en", "1,234.5")])
def test_numbers_follow_the_language(
    monkeypatch: pytest.MonkeyPatch, language: str, shown: str
) -> None:
    monkeypatch.setenv("AFEKTIF_LANGUAGE", language)
    assert numbers.number(1234.5, 1) == shown


def test_a_small_negative_number_is_no_minus_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFEKTIF_LANGUAGE", "en")
    assert [numbers.number(one, 2) for one in (-0.001, -0.01, 0.0)] == ["0.00", "-0.01", "0.00"]


def test_moments_name_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFEKTIF_LANGUAGE", "id")
    assert numbers.moment(datetime(2026, 11, 22, 8, 5, tzinfo=UTC)).startswith("22 Nov 2026")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("pendek", "pendek"),
        ("satu dua\ntiga", "satu dua tiga"),
        ("satu, dua tiga empat", "satu, dua …"),
    ],
)
def test_an_excerpt_ends_at_a_word(text: str, shown: str) -> None:
    assert excerpt(text, 13) == shown


def test_every_state_has_a_word() -> None:
    assert all(words.verdict_word(one) for one in Verdict)
    assert all(words.origin_word(one) for one in Origin)
    assert all(words.decision_word(one) for one in Decision)
    assert all(words.status_word(one) for one in RunStatus)
    assert all(words.step_word(one) for one in StepName)
    assert all(words.output_status_word(one) for one in OutputStatus)


def test_every_word_of_a_chart_is_given() -> None:
    assert set(ENGLISH) <= set(words.chart_labels())
