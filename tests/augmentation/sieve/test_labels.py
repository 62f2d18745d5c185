"""The classifier is honest about what it can tell; limits follow from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.augmentation.sieve.labels import LabelReader
from dashboard.augmentation.sieve.limits import load_limits
from dashboard.domain.errors import InvalidInput
from dashboard.domain.examples import NewExample


@pytest.fixture(scope="module")
def reader(starters: tuple[NewExample, ...]) -> LabelReader:
    return LabelReader(starters, ["emotion", "reinforcement", "arcsmodel"])


def accuracy(reader: LabelReader, starters: tuple[NewExample, ...], field: str) -> float:
    """How many starters are read right by a classifier that never saw them."""
    wrong = sum(
        any(doubt.field == field for doubt in reader.doubts(one.inputs, one.message))
        for one in starters
    )
    return 1 - wrong / len(starters)


def test_reinforcement_and_arcs_can_be_told_and_emotion_cannot(
    reader: LabelReader, starters: tuple[NewExample, ...]
) -> None:
    assert accuracy(reader, starters, "reinforcement") >= 0.92
    assert accuracy(reader, starters, "arcsmodel") >= 0.75
    assert accuracy(reader, starters, "emotion") < 0.25


def test_what_cannot_be_told_never_holds(study_folder: Path) -> None:
    assert load_limits(study_folder).labels["emotion"] == 1


def test_no_starter_is_doubted_for_sure(
    reader: LabelReader, starters: tuple[NewExample, ...], study_folder: Path
) -> None:
    sure = load_limits(study_folder).labels
    for starter in starters:
        for doubt in reader.doubts(starter.inputs, starter.message):
            assert doubt.probability < sure[doubt.field], starter.message


def test_a_message_under_the_wrong_label_is_doubted(
    reader: LabelReader, starters: tuple[NewExample, ...]
) -> None:
    starter = next(one for one in starters if one.key == "aff-022")
    turned = replace(starter, inputs={**starter.inputs, "reinforcement": "positive"})
    doubts = {doubt.field: doubt for doubt in reader.doubts(turned.inputs, turned.message)}
    assert doubts["reinforcement"].label == "negative"


def test_without_starters_nothing_is_doubted() -> None:
    assert LabelReader([], ["emotion"]).doubts({"emotion": "sad"}, "Halo") == ()


@pytest.mark.parametrize("text", ["", "version = ", 'version = "one"'])
def test_limits_that_cannot_be_read_are_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "sieve.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"sieve\.toml"):
        load_limits(tmp_path)
