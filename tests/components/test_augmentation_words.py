"""Every technique, fate and reason has one plain sentence in both languages."""

from __future__ import annotations

import pytest

from dashboard import session
from dashboard.components.augmentation_words import (
    fate_word,
    reason_sentence,
    reason_sentences,
    technique_line,
)
from dashboard.domain.augmentation import Fate, Reason, Route, Technique


@pytest.fixture(params=["id", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    chosen = str(request.param)
    monkeypatch.setattr(session, "language", lambda: chosen)
    return chosen


@pytest.mark.usefixtures("language")
def test_every_reason_has_a_sentence_of_its_own() -> None:
    said = [reason_sentence(one) for one in Reason]
    assert len(set(said)) == len(Reason)
    for one in said:
        assert one[0].isupper() and one.endswith(".") and "{" not in one


def test_reasons_are_said_in_the_language_of_the_session(language: str) -> None:
    wanted = {"id": "Ada kata kasar di dalamnya.", "en": "It has a rude word in it."}
    assert reason_sentences((Reason.PROFANITY,)) == wanted[language]


def test_without_a_model_back_translation_is_no_more_than_a_dictionary(language: str) -> None:
    said = technique_line(Technique.BACK_TRANSLATION, Route.OFFLINE)
    assert {"id": "kamus", "en": "dictionary"}[language] in said
    assert said != technique_line(Technique.BACK_TRANSLATION, Route.MODEL)


@pytest.mark.usefixtures("language")
def test_every_technique_and_fate_is_explained() -> None:
    lines = {technique_line(one, route) for one in Technique for route in Route}
    assert len(lines) == len(Technique) + 1
    assert len({fate_word(one) for one in Fate}) == len(Fate)
