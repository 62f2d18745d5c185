"""`augment` on the command line: it fills, goes on, says what is the matter and what it made."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.test_commands import run, stored


@pytest.mark.slow
def test_variants_fill_every_condition_and_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    made = run(tmp_path, "augment", "run", "--target", "3")
    assert made.returncode == 0, made.stdout + made.stderr
    assert "8 of 8 variants in 8 conditions; 0 are still short." in made.stdout
    assert stored(tmp_path) == 168
    again = run(tmp_path, "augment", "run", "--target", "3")
    assert again.returncode == 1
    assert "Every condition has 3 examples already" in again.stdout
    told = run(tmp_path, "augment", "status")
    assert "succeeded" in told.stdout and "command line" in told.stdout


def test_a_plan_that_makes_no_sense_is_one_sentence(tmp_path: Path) -> None:
    refused = run(tmp_path, "augment", "run", "--edits", "9")
    assert refused.returncode == 1
    assert "between 1 and 3 edits" in refused.stdout
    assert "Traceback" not in refused.stdout + refused.stderr


def test_without_a_run_the_status_says_how_to_begin(tmp_path: Path) -> None:
    told = run(tmp_path, "augment", "status")
    assert told.returncode == 0
    assert "augment run" in told.stdout
