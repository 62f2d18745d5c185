"""What every rewriting of every starter must be, whatever the technique and the seed."""

from __future__ import annotations

import re
import subprocess
import sys

import emoji
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.augmentation.keeping import negators
from dashboard.augmentation.offline import FILES, OfflineRewriter
from dashboard.domain.augmentation import Parent, Technique
from dashboard.settings import ROOT
from tests.augmentation.starters import parent_of, starters

REWRITER = OfflineRewriter()
SEEDS = st.integers(min_value=0, max_value=2**63)


def named(parent: Parent, message: str) -> dict[str, int]:
    """How often the message names the student, the subject and the class."""
    return {
        key: len(re.findall(rf"(?<!\w){re.escape(parent.inputs[key])}", message, re.IGNORECASE))
        for key in ("username", "subject", "classname")
    }


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(starters()), st.sampled_from(list(Technique)), SEEDS, st.integers(1, 3))
def test_a_child_keeps_what_its_parent_holds(
    parent: Parent, technique: Technique, seed: int, max_edits: int
) -> None:
    child = REWRITER.rewrite(technique, parent, seed, max_edits)
    if child is None:
        return
    assert named(parent, child.message) == named(parent, parent.message)
    assert negators(child.message) == negators(parent.message)
    assert len(child.message.split()) <= 25
    assert 1 <= emoji.emoji_count(child.message) <= 2
    assert child.message != parent.message
    assert child.operations
    assert child.message == child.message.strip()
    assert not re.search(r"\s[,.!?]|\s\s|,\s*[,.!?]|[{}<>|]", child.message)
    assert child.message[0] == child.message[0].upper()


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(starters()), st.sampled_from(list(Technique)), SEEDS)
def test_the_same_seed_gives_the_same_text(parent: Parent, technique: Technique, seed: int) -> None:
    first = REWRITER.rewrite(technique, parent, seed, 2)
    assert OfflineRewriter().rewrite(technique, parent, seed, 2) == first


def test_a_rewriting_depends_on_no_hash_seed() -> None:
    program = (
        "from tests.augmentation.starters import starters\n"
        "from tests.augmentation.test_offline import REWRITER\n"
        "from dashboard.domain.augmentation import Technique\n"
        "for parent in starters()[:12]:\n"
        "    for technique in Technique:\n"
        "        print(REWRITER.rewrite(technique, parent, 7, 2))\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_the_parent_stays_untouched() -> None:
    parent = starters()[0]
    message, inputs = parent.message, dict(parent.inputs)
    for technique in Technique:
        REWRITER.rewrite(technique, parent, 1, 3)
    assert parent.message == message
    assert dict(parent.inputs) == inputs


@pytest.mark.parametrize("technique", Technique)
def test_every_technique_finds_something_for_most_starters(technique: Technique) -> None:
    made = [REWRITER.rewrite(technique, parent, seed=3, max_edits=2) for parent in starters()]
    assert sum(child is not None for child in made) >= 0.8 * len(made)


@pytest.mark.parametrize(
    "technique", [Technique.SYNONYM, Technique.INSERTION, Technique.BACK_TRANSLATION]
)
def test_no_more_is_edited_than_was_asked(technique: Technique) -> None:
    for parent in starters():
        for max_edits in (1, 2, 3):
            child = REWRITER.rewrite(technique, parent, 5, max_edits)
            assert child is None or len(child.operations) <= max_edits


def test_a_pivot_shows_the_english_between_and_nothing_else_does() -> None:
    for parent in starters()[:40]:
        for technique in Technique:
            child = REWRITER.rewrite(technique, parent, 5, 2)
            if child is not None:
                assert ("→" in child.pivot) == (technique is Technique.BACK_TRANSLATION)


def test_a_message_without_anything_to_say_again_has_no_child() -> None:
    parent = parent_of("Hmm 🙂")
    assert REWRITER.rewrite(Technique.SYNONYM, parent, 1, 2) is None
    assert REWRITER.rewrite(Technique.BACK_TRANSLATION, parent, 1, 2) is None


def test_the_resources_name_every_lexicon_with_version_and_hash() -> None:
    assert set(REWRITER.resources) == {f"lexicons/{name}" for name in FILES}
    assert all(re.fullmatch(r"\S+ [0-9a-f]{12}", text) for text in REWRITER.resources.values())
