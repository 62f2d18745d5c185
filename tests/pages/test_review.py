"""Review: the queue in the form, one's own answers, and the others' once they are due."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.bootstrap import App
from dashboard.domain.responses import Answer, Decision
from dashboard.domain.verdicts import Verdict
from tests.pages.conftest import Opener, texts, typed_name
from tests.reviewers import STUDY, agreed, answer_of, first, judged


def form_of(screen: AppTest) -> dict[str, Any]:
    """What the form was given to show."""
    [form] = [one for one in screen.main if one.type == "bidi_component"]
    shown = form.proto.json
    return dict(json.loads(shown))


@pytest.mark.parametrize(
    ("language", "sentence"), [("id", "Tulis nama Anda dulu"), ("en", "Write your name first")]
)
def test_nobody_judges_without_a_name(
    app: App, opened: Opener, language: str, sentence: str
) -> None:
    screen = opened(app, "review", language)
    assert not screen.exception
    assert any(sentence in one.label for one in screen.text_input)
    assert app.reviewing.drafts(STUDY, "Bu Rani") == ()


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_queue_is_in_the_form(app: App, opened: Opener, language: str) -> None:
    screen = typed_name(opened(app, "review", language))
    assert not screen.exception
    shown = form_of(screen)
    assert [one["message"] for one in shown["cards"]] == [one.message for one in first(app, 5)]
    assert shown["expert"] == "Ibu Ratna"
    assert not shown["done"]


def test_an_empty_study_says_that_nothing_waits(empty_app: App, opened: Opener) -> None:
    screen = typed_name(opened(empty_app, "review"))
    assert not screen.exception
    assert form_of(screen)["done"]


def test_the_others_answers_come_after_the_own_one(app: App, opened: Opener) -> None:
    [example] = first(app)
    judged(app, example, "Pak Budi", answer_of(app, Decision.REJECT))
    address = {"card": example.id}
    before = typed_name(opened(app, "review", **address))
    assert "Pak Budi" not in texts(before)
    assert "perlu dibahas" not in texts(before) + json.dumps(form_of(before))

    judged(app, example, "Ibu Ratna", Answer(Decision.ACCEPT))
    after = typed_name(opened(app, "review", **address))
    assert "Pak Budi" in texts(after)
    assert "perlu dibahas" in texts(after)
    assert form_of(after)["cards"][0]["locked"]


def test_an_address_that_names_nothing_says_so(app: App, opened: Opener) -> None:
    screen = typed_name(opened(app, "review", card="nowhere"))
    assert not screen.exception
    assert "does not exist" in texts(screen)


def test_back_to_the_queue(app: App, opened: Opener) -> None:
    chosen = first(app, 9)[8]
    screen = typed_name(opened(app, "review", card=chosen.id))
    assert form_of(screen)["cards"][0]["message"] == chosen.message
    screen.button(key="review.queue").click().run()
    assert form_of(screen)["cards"][0]["message"] == first(app)[0].message


def test_a_complete_example_is_shown_with_its_verdict_to_read_only(
    app: App, opened: Opener
) -> None:
    [example] = first(app)
    assert agreed(app, example, Decision.ACCEPT).verdict is Verdict.ACCEPTED
    screen = typed_name(opened(app, "review", card=example.id), "Bu Sari")
    assert "Bu Rani" in texts(screen)
