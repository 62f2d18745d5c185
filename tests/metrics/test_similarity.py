from __future__ import annotations

import random
import time

import pytest

from dashboard.metrics.similarity import BLOCK, near_duplicates

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
