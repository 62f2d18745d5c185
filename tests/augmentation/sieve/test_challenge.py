"""What the sieve does to hand-written children; the levels are those it reaches, not wishes."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from dashboard.augmentation.sieve.challenge import (
    GOOD,
    Judged,
    Line,
    Pair,
    judge,
    lines,
    load_pairs,
)
from dashboard.augmentation.sieve.message_sieve import MessageSieve
from dashboard.commands.augment import PAIRS
from dashboard.domain.errors import InvalidInput
from dashboard.domain.examples import NewExample
from dashboard.domain.studies import Study

SIZES = {
    GOOD: 80,
    "negation": 25,
    "antonym": 20,
    "wrong_emotion": 20,
    "broken": 25,
    "shaming": 20,
    "crisis": 10,
    "malay": 20,
    "english": 10,
    "new_cause": 10,
}
NEVER_PASSES = {"shaming", "crisis", "malay"}


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pairs() -> tuple[Pair, ...]:
    return load_pairs(PAIRS)


@pytest.fixture(scope="module")
def judged(
    sieve: MessageSieve, study: Study, starters: tuple[NewExample, ...], pairs: tuple[Pair, ...]
) -> tuple[Judged, ...]:
    return judge(sieve, study, starters, pairs)


@pytest.fixture(scope="module")
def counted(judged: tuple[Judged, ...]) -> dict[tuple[str, str], Line]:
    return {(line.part, line.kind): line for line in lines(judged)}


def test_the_set_is_large_and_no_child_stands_twice(pairs: tuple[Pair, ...]) -> None:
    sizes = Counter(pair.kind for pair in pairs)
    assert all(sizes[kind] >= least for kind, least in SIZES.items())
    assert len({pair.child for pair in pairs}) == len(pairs)
    assert len({pair.parent for pair in pairs if pair.kind == GOOD}) >= 80


def test_no_shaming_no_danger_and_no_malay_passes(judged: tuple[Judged, ...]) -> None:
    passed = [one.pair for one in judged if one.pair.kind in NEVER_PASSES and one.passed]
    assert not passed


@pytest.mark.parametrize("part", ["tuned", "held_out"])
def test_nine_of_ten_faulty_children_are_stopped(
    counted: dict[tuple[str, str], Line], part: str
) -> None:
    for kind in set(SIZES) - {GOOD}:
        line = counted[part, kind]
        assert line.stopped >= 0.9 * line.pairs, line


@pytest.mark.parametrize("part", ["tuned", "held_out"])
def test_more_than_nine_of_ten_paraphrases_pass(
    counted: dict[tuple[str, str], Line], part: str
) -> None:
    line = counted[part, GOOD]
    assert line.stopped <= 0.06 * line.pairs, line


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("negation", 1.0),
        ("broken", 1.0),
        ("english", 1.0),
        ("wrong_emotion", 0.9),
        ("malay", 0.8),
        ("antonym", 0.8),
        ("new_cause", 0.8),
        ("shaming", 0.5),  # a list knows half of the reproaches it has not seen
        ("crisis", 0.4),  # and fewer of the dangers; the rest is held for its new words
    ],
)
def test_how_many_unseen_faults_are_called_by_their_name(
    counted: dict[tuple[str, str], Line], kind: str, least: float
) -> None:
    line = counted["held_out", kind]
    assert line.named >= least * line.pairs, line


@pytest.mark.parametrize("text", ["{", '{"parent": "aff-001"}', '["a"]'])
def test_a_line_that_is_no_pair_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pairs.jsonl"
    good = {"parent": "aff-001", "child": "Halo", "class": GOOD, "part": "tuned"}
    path.write_text(f"{json.dumps(good)}\n{text}\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="line 2"):
        load_pairs(path)
