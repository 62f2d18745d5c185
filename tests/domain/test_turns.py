"""Turns: shares by weight, every technique its part, and an end whatever happens."""

from __future__ import annotations

import pytest

from dashboard.domain.augmentation import Technique
from dashboard.domain.turns import PATIENCE, CellWork, rotated, seed_of, shares

EQUAL = dict.fromkeys(Technique, 1)
CELL = ("sad", "negative", "relevance")


@pytest.mark.parametrize(
    ("count", "weights", "parts"),
    [
        (22, [1, 1, 1, 1, 1], [5, 5, 4, 4, 4]),
        (3, [5, 3, 2, 0, 0], [1, 1, 1, 0, 0]),
        (10, [5, 3, 2, 0, 0], [5, 3, 2, 0, 0]),
        (1, [0, 0, 0, 0, 9], [0, 0, 0, 0, 1]),
        (0, [1, 1, 1, 1, 1], [0, 0, 0, 0, 0]),
        (4, [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]),
    ],
)
def test_shares_are_whole_and_by_weight(count: int, weights: list[int], parts: list[int]) -> None:
    mix = dict(zip(Technique, weights, strict=True))
    assert list(shares(count, mix).values()) == parts


def test_in_turn_each_technique_keeps_its_share() -> None:
    work = CellWork(CELL, 22)
    while technique := work.next_technique(EQUAL, rotated(0)):
        work = work.after(technique, kept=True)
    assert work.kept == 22
    assert [work.turn(one).kept for one in Technique] == [5, 5, 4, 4, 4]


def test_a_technique_that_brings_nothing_is_left_and_its_share_goes_to_the_others() -> None:
    work = CellWork(CELL, 20)
    while technique := work.next_technique(EQUAL, rotated(0)):
        work = work.after(technique, kept=technique is not Technique.PARAPHRASE)
    assert (work.kept, work.turn(Technique.PARAPHRASE).kept) == (20, 0)
    assert work.turn(Technique.PARAPHRASE).tries == PATIENCE


def test_when_nothing_brings_anything_it_ends() -> None:
    work = CellWork(CELL, 20)
    while technique := work.next_technique(EQUAL, rotated(0)):
        work = work.after(technique, kept=False)
    assert sum(turn.tries for turn in work.turns.values()) == PATIENCE * len(Technique)


def test_every_cell_begins_with_another_technique() -> None:
    firsts = [CellWork(CELL, 1).next_technique(EQUAL, rotated(place)) for place in range(5)]
    assert firsts == list(Technique)


def test_a_seed_depends_on_everything_it_names_and_on_nothing_else() -> None:
    usual = seed_of(20251, "aff-001", Technique.SWAP, 0)
    assert usual == 0xCFAF976D922E  # the first 12 digits that sha256sum prints
    others = {
        seed_of(1, "aff-001", Technique.SWAP, 0),
        seed_of(20251, "aff-002", Technique.SWAP, 0),
        seed_of(20251, "aff-001", Technique.SYNONYM, 0),
        seed_of(20251, "aff-001", Technique.SWAP, 1),
    }
    assert len(others | {usual}) == 5
    assert max(others) < 2**48
