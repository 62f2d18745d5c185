"""Figures of diversity: worked by hand, and self-BLEU as sacrebleu 2.6.0 computes it."""

from __future__ import annotations

import math

import pytest

from dashboard.statistics.diversity import (
    distinct,
    diversity,
    edit_ratio,
    likeness,
    opener_share,
    type_token_ratio,
    words,
)
from dashboard.statistics.proportions import Proportion
from dashboard.statistics.self_bleu import MOST, self_bleu


def test_words_keep_hyphens_and_leave_emoji_and_marks_out() -> None:
    assert words("Pelan-pelan aja ya, Raka 😊! 2 soal") == [
        "pelan-pelan",
        "aja",
        "ya",
        "raka",
        "2",
        "soal",
    ]


def test_distinct_n_counts_different_among_all() -> None:
    texts = ["satu dua satu", "Satu dua"]
    assert distinct(texts, 1) == 2 / 5
    assert distinct(texts, 2) == 2 / 3
    assert distinct(["satu"], 2) is None
    assert distinct([], 1) is None


# Mean of sacrebleu.sentence_bleu(text, others, tokenize="none", use_effective_order=True) / 100.
@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["satu dua tiga", "satu dua tiga"], 1.0),
        (["satu dua tiga empat lima", "satu dua enam empat lima", "tujuh"], 0.20142502649045116),
        (["a b c d e f", "a b c x y z", "a b c d"], 0.4722669825343085),
        (["satu", "dua"], 0.0),
    ],
)
def test_self_bleu_is_that_of_sacrebleu(texts: list[str], expected: float) -> None:
    found = self_bleu([one.split() for one in texts])
    assert found is not None
    assert math.isclose(found, expected, abs_tol=1e-12)


def test_self_bleu_of_many_is_that_of_a_fixed_sample() -> None:
    texts = [["satu", str(number), str(number % 7), "tiga"] for number in range(3 * MOST)]
    assert self_bleu(texts) == self_bleu(texts[::3])
    assert self_bleu([]) is self_bleu([["satu"], []]) is None


def test_an_edit_is_a_share_of_the_longer_text() -> None:
    assert edit_ratio("Ayo coba lagi, Raka", "ayo coba lagi raka 😊") == 0
    assert edit_ratio("satu dua tiga empat", "satu dua lima empat") == 1 / 4
    assert edit_ratio("satu dua", "satu dua tiga empat") == 1 / 2


def test_a_family_of_the_same_text_is_alike_and_a_lonely_one_is_nothing() -> None:
    assert likeness(["abc", "abc", "abc"]) == 1
    assert likeness(["ab", "cd"]) == 0
    assert likeness(["ab"]) is None


def test_the_ratio_of_types_is_taken_text_by_text() -> None:
    assert type_token_ratio(["satu dua satu dua", "tiga empat"]) == 3 / 4
    assert type_token_ratio(["😊"]) is None


def test_the_largest_opener_stands_before_the_others() -> None:
    assert opener_share(["Ayo coba ini", "ayo, coba itu", "Coba ini dulu"]) == 2 / 3
    assert opener_share([]) is None


def test_nothing_has_no_figures() -> None:
    found = diversity([])
    assert (found.texts, found.distinct_1, found.self_bleu, found.opener_share) == (0,) + (
        None,
    ) * 3


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(19, 32, 0.4226, 0.7448), (0, 32, 0.0, 0.1072), (16, 32, 0.3364, 0.6636), (5, 5, 0.5655, 1.0)],
)
def test_the_interval_is_wilsons(hits: int, n: int, low: float, high: float) -> None:
    interval = Proportion(hits, n).interval
    assert interval is not None
    assert interval == pytest.approx((low, high), abs=2e-4)


def test_nothing_asked_is_no_share() -> None:
    assert (Proportion(0, 0).value, Proportion(0, 0).interval) == (None, None)
