"""The review form: what an answer must hold before it counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.domain.errors import InvalidInput
from dashboard.domain.responses import Answer, Decision
from dashboard.domain.review_forms import Flag, ReviewForm
from dashboard.domain.studies import Study
from storage.study_folders import load_study
from tests.conftest import STUDY_FOLDER

TEXT = "Pelan-pelan aja ya, Raka 🌱"
BETTER = "Pelan-pelan aja ya, Raka, satu soal dulu 🌱"
RATED = {
    "empathy": 4,
    "arcs_fit": 3,
    "reinforcement_fit": 5,
    "personalization": 4,
    "register": 2,
    "safety": 5,
}
REJECTED = Answer(Decision.REJECT, ratings=RATED, reason="kaku")


@pytest.fixture(scope="module")
def study() -> Study:
    """The default study, with its review form."""
    return load_study(STUDY_FOLDER)


def test_the_form_of_the_default_study_is_in_two_languages(study: Study) -> None:
    assert {one.key for one in study.form.ratings} == set(RATED)
    assert len(study.form.flags) == 17
    for rating in study.form.ratings:
        assert all(set(text) == {"id", "en"} for text in (rating.label, rating.low, rating.high))
    for flag in study.form.flags:
        assert set(flag.label) == set(flag.rule) == {"id", "en"}


def test_a_plain_accept_needs_nothing_else(study: Study) -> None:
    study.form.require_complete(Answer(Decision.ACCEPT), TEXT)


@pytest.mark.parametrize(
    "answer",
    [
        REJECTED,
        replace(REJECTED, decision=Decision.UNSURE),
        replace(REJECTED, decision=Decision.EDIT, message=BETTER),
        Answer(Decision.ACCEPT, ratings={"safety": 1}, flags=("shaming",)),
    ],
)
def test_complete_answers_pass(study: Study, answer: Answer) -> None:
    study.form.require_complete(answer, TEXT)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Answer(), "Choose a decision"),
        (replace(REJECTED, reason="  "), "Say in a few words why"),
        (replace(REJECTED, decision=Decision.UNSURE, reason=""), "Say in a few words why"),
        (replace(REJECTED, ratings={"safety": 5}), "Rate every item"),
        (replace(REJECTED, decision=Decision.EDIT, message=f" {TEXT} "), "same as the message"),
        (replace(REJECTED, ratings=RATED | {"safety": 2}), "mark at least one flag"),
        (Answer(Decision.ACCEPT, ratings={"safety": 1}), "mark at least one flag"),
        (Answer(Decision.ACCEPT, ratings={"humor": 3}), "form has changed"),
        (Answer(Decision.ACCEPT, ratings={"safety": 6}), "form has changed"),
        (Answer(Decision.ACCEPT, ratings={"safety": 0}), "form has changed"),
        (Answer(Decision.ACCEPT, flags=("fun",)), "form has changed"),
        (replace(REJECTED, reason="x" * 2001), "longer than 2000"),
    ],
)
def test_what_is_missing_is_said(study: Study, answer: Answer, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        study.form.require_complete(answer, TEXT)


def test_calibration_asks_for_every_rating(study: Study) -> None:
    with pytest.raises(InvalidInput, match="Rate every item"):
        study.form.require_complete(Answer(Decision.ACCEPT), TEXT, all_ratings=True)
    study.form.require_complete(Answer(Decision.ACCEPT, ratings=RATED), TEXT, all_ratings=True)


def test_any_word_of_the_form_changes_its_version() -> None:
    form = ReviewForm(flags=(Flag("promise", {"id": "janji"}, {"id": "jangan"}),))
    other = ReviewForm(flags=(Flag("promise", {"id": "janji"}, {"id": "jangan!"}),))
    assert form.version == ReviewForm(form.ratings, form.flags).version
    assert form.version != other.version
