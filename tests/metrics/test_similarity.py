from __future__ import annotations

import random
import time

import pytest

from dashboard.metrics.similarity import BLOCK, near_duplicates, same_words

FIRST = "Raka, pelan-pelan aja ya. Satu soal selesai itu udah kemajuan 😊"
OTHER = "Dinda, coba tebak dulu kenapa kapal besi bisa ngapung di laut 🌊"


@pytest.mark.parametrize(
    "second",
    [
        FIRST,
        FIRST.replace("😊", "🌱"),
        FIRST.upper(),
        FIRST.replace("kemajuan", "kemajuann"),
        "Satu soal selesai itu udah kemajuan ya Raka, pelan-pelan aja 😊",
    ],
)
def test_a_text_and_its_slight_change_are_a_pair(second: str) -> None:
    [pair] = near_duplicates([FIRST, OTHER, second])
    assert (pair.first, pair.second) == (0, 2)
    assert 0.9 <= pair.similarity <= 1


@pytest.mark.parametrize(
    "texts", [[], [FIRST], [FIRST, OTHER], ["", ""], ["😊", "🌊"], ["", FIRST]]
)
def test_unlike_and_empty_texts_are_no_pair(texts: list[str]) -> None:
    assert near_duplicates(texts) == []


def test_the_most_alike_pair_comes_first() -> None:
    pairs = near_duplicates([FIRST, FIRST.replace("kemajuan", "kemajuann"), OTHER, OTHER])
    assert [(one.first, one.second) for one in pairs] == [(2, 3), (0, 1)]


def test_a_lower_threshold_finds_more() -> None:
    assert len(near_duplicates([FIRST, OTHER], threshold=0.0)) == 1


def test_planted_pairs_are_all_found_across_blocks() -> None:
    chance = random.Random(1)
    words = [f"{a}{b}" for a in "bcdfgklmnprst" for b in ("ala", "eni", "oru", "ita", "upo")]
    texts = [" ".join(chance.choices(words, k=15)) for _ in range(BLOCK + 200)]
    planted = {(index, len(texts) + index) for index in range(0, BLOCK + 200, 10)}
    copies = [texts[index] + " ya" if index % 10 == 0 else "" for index in range(len(texts))]
    started = time.perf_counter()
    found = {(one.first, one.second) for one in near_duplicates([*texts, *copies])}
    assert found == planted
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize("degree", [80.0, 95.0, 100.0])
def test_same_words_are_what_comparing_every_pair_finds(degree: float) -> None:
    from rapidfuzz.fuzz import token_sort_ratio
    from rapidfuzz.utils import default_process

    chance = random.Random(5)
    texts = [FIRST, OTHER, FIRST.upper(), "😊"]
    for _ in range(200):
        words = chance.choice(texts[:2]).split()
        chance.shuffle(words)
        texts.append(" ".join(words[: chance.randint(len(words) // 2, len(words))]))
    others = texts[::3]
    expected = {
        (first, second)
        for first, one in enumerate(texts)
        for second, other in enumerate(others)
        if token_sort_ratio(default_process(one) or one, default_process(other) or other) >= degree
    }
    assert set(same_words(texts, others, degree)) == expected


def test_a_text_is_not_its_own_repetition() -> None:
    texts = [FIRST, OTHER, FIRST]
    assert list(same_words(texts, texts)) == [(0, 2)]
    assert list(same_words([], texts)) == list(same_words(texts, [])) == []
