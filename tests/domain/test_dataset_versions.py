from __future__ import annotations

import itertools
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.cutting import cut
from dashboard.domain.datasets import (
    Candidate,
    Recipe,
    Row,
    Split,
    chat_jsonl,
    fingerprint,
)
from dashboard.domain.examples import normalized
from dashboard.domain.ids import ExampleId, RevisionId, new_id
from dashboard.domain.studies import Study

CELLS = list(itertools.product(("angry", "happy", "sad"), ("negative", "positive")))
COUNTS = st.lists(st.integers(0, 12), min_size=len(CELLS), max_size=len(CELLS))
RECIPES = st.builds(
    Recipe,
    seed=st.integers(0, 2**31),
    test_share=st.floats(0, 0.5),
    validation_share=st.floats(0, 0.3),
    limit=st.none() | st.integers(1, 80),
)


def _candidates(counts: Sequence[int]) -> list[Candidate]:
    """New ids every time, the same keys and texts."""
    return [
        Candidate(
            example_id=ExampleId(new_id()),
            revision_id=RevisionId(new_id()),
            key=f"{emotion}-{reinforcement}-{number}",
            inputs={"username": "Raka", "emotion": emotion, "reinforcement": reinforcement},
            message=f"Pesan {emotion} {reinforcement} {number} 😊",
            family=f"{emotion}-{reinforcement}-{number}",
        )
        for (emotion, reinforcement), count in zip(CELLS, counts, strict=True)
        for number in range(count)
    ]


@settings(deadline=None)
@given(COUNTS, st.integers(1, 5), st.integers(0, 2**31))
def test_the_same_message_is_never_on_two_sides(
    study: Study, counts: list[int], different: int, seed: int
) -> None:
    repeated = [
        replace(one, message=f"Pesan  {place % different}" if place % 2 else one.message.upper())
        for place, one in enumerate(_candidates(counts))
    ]
    sides: dict[str, set[Split]] = {}
    for row in cut(study, repeated, Recipe(seed=seed)):
        sides.setdefault(normalized(row.message), set()).add(row.split)
    assert all(len(found) == 1 for found in sides.values())


def _sizes(rows: Sequence[Row]) -> Counter[Split]:
    return Counter(row.split for row in rows)


@settings(deadline=None)
@given(COUNTS, RECIPES)
def test_every_row_is_in_exactly_one_split_and_sizes_are_the_shares(
    study: Study, counts: list[int], recipe: Recipe
) -> None:
    rows = cut(study, _candidates(counts), recipe)
    total = min(sum(counts), recipe.limit or sum(counts))
    test, validation = round(total * recipe.test_share), round(total * recipe.validation_share)
    assert len({row.key for row in rows}) == len(rows) == total
    assert [row.position for row in rows] == list(range(total))
    sizes = _sizes(rows)
    assert (sizes[Split.TEST], sizes[Split.VALIDATION]) == (test, validation)


@settings(deadline=None)
@given(COUNTS, st.integers(0, 2**31), st.floats(0.05, 0.5))
def test_every_cell_gives_its_share_to_the_test_within_one_row(
    study: Study, counts: list[int], seed: int, share: float
) -> None:
    rows = cut(study, _candidates(counts), Recipe(seed=seed, test_share=share))
    for prefix_length in (1, 2):
        sizes = Counter(study.cell(row.inputs)[:prefix_length] for row in rows)
        in_test = Counter(
            study.cell(row.inputs)[:prefix_length] for row in rows if row.split is Split.TEST
        )
        for cell, size in sizes.items():
            expected = size * _sizes(rows)[Split.TEST] / len(rows)
            assert abs(in_test[cell] - expected) < 1 + 1e-9


@settings(deadline=None)
@given(COUNTS, RECIPES, st.randoms(use_true_random=False))
def test_the_same_examples_give_the_same_version_in_any_order_and_under_any_id(
    study: Study, counts: list[int], recipe: Recipe, chance: random.Random
) -> None:
    shuffled = _candidates(counts)
    chance.shuffle(shuffled)
    first, second = cut(study, _candidates(counts), recipe), cut(study, shuffled, recipe)
    assert fingerprint(first) == fingerprint(second)
    assert chat_jsonl(study, first, "P") == chat_jsonl(study, second, "P")


def test_another_seed_gives_another_split(study: Study) -> None:
    candidates = _candidates([10] * len(CELLS))
    prints = {fingerprint(cut(study, candidates, Recipe(seed=seed))) for seed in range(5)}
    assert len(prints) == 5


def test_no_examples_give_an_empty_version(study: Study) -> None:
    assert cut(study, [], Recipe()) == ()
    assert chat_jsonl(study, (), "P") == b""


def test_the_studys_default_cut_of_160_is_112_16_32(study: Study) -> None:
    rows = cut(study, _candidates([27, 27, 27, 27, 26, 26]), Recipe())
    assert _sizes(rows) == {Split.TRAIN: 112, Split.VALIDATION: 16, Split.TEST: 32}


@pytest.fixture
def rows(study: Study) -> tuple[Row, ...]:
    return cut(study, _candidates([4] * len(CELLS)), Recipe())


@pytest.mark.parametrize(
    "change",
    [
        {"message": "Pesan lain"},
        {"key": "other"},
        {"split": Split.VALIDATION},
        {"inputs": {"username": "Dinda", "emotion": "sad", "reinforcement": "positive"}},
    ],
)
def test_any_change_of_content_changes_the_fingerprint(
    rows: tuple[Row, ...], change: dict[str, object]
) -> None:
    train = next(row for row in rows if row.split is Split.TRAIN)
    changed = replace(train, **change)  # type: ignore[arg-type]
    others = [row for row in rows if row is not train]
    assert fingerprint([changed, *others]) != fingerprint([train, *others])


def test_order_counts_and_ids_do_not(rows: tuple[Row, ...]) -> None:
    renamed = [replace(row, example_id=ExampleId("x"), position=0) for row in rows]
    assert fingerprint(renamed) == fingerprint(rows)
    assert fingerprint(rows[::-1]) != fingerprint(rows)


def test_chat_lines_are_prompt_input_and_reference(study: Study, rows: tuple[Row, ...]) -> None:
    strange = replace(rows[0], message='Garis\u2028 "kutip"\nbaris 😊')
    lines = chat_jsonl(study, [strange, rows[1]], "Tulis.").decode().split("\n")
    assert lines[2:] == [""]
    turns = json.loads(lines[0])["messages"]
    assert [turn["role"] for turn in turns] == ["system", "user", "assistant"]
    assert turns[0]["content"] == "Tulis."
    assert turns[1]["content"].startswith("Username: Raka\nEmotion: angry\n")
    assert turns[2]["content"] == strange.message
