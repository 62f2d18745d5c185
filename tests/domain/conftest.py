"""A small study with two cell fields and one of free text."""

from __future__ import annotations

import pytest

from dashboard.domain.studies import Decoding, Field, Rules, Study

EMOTIONS = ("angry", "happy", "sad")
REINFORCEMENTS = ("negative", "positive")


@pytest.fixture(scope="session")
def study() -> Study:
    """Username is free, emotion and reinforcement make the cell."""
    return Study(
        name="sample",
        title={"en": "Sample"},
        description={},
        fields=(
            Field("Username", "username", {"id": "Nama"}),
            Field("Emotion", "emotion", {"id": "Emosi"}, EMOTIONS, {"sad": {"id": "sedih"}}),
            Field("Reinforcement", "reinforcement", {}, REINFORCEMENTS),
        ),
        cell_keys=("emotion", "reinforcement"),
        rules=Rules(25, 3, 1, 2, "id", informal=True, no_assumed_cause=True),
        base_prompt="Panjang",
        tuned_prompt="Pendek",
        decoding=Decoding(),
        guideline={},
    )
