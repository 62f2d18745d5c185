"""Progress as an expert and the lead see it."""

from __future__ import annotations

import pytest

from dashboard.bootstrap import App
from dashboard.domain.guidelines import Bearing
from dashboard.domain.responses import Decision
from dashboard.services.guidelines import Rewriting
from tests.pages.conftest import Opener, texts, typed_name
from tests.pages.worlds import HOSTILE
from tests.reviewers import STUDY, answer_of, first, judged


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_empty_study_is_no_fault(empty_app: App, opened: Opener, language: str) -> None:
    screen = typed_name(opened(empty_app, "progress", language))
    assert not screen.exception
    assert not screen.error


def test_my_numbers_are_mine_and_a_name_is_asked_for_first(app: App, opened: Opener) -> None:
    [example] = first(app)
    judged(app, example, "Ibu Ratna", answer_of(app, Decision.ACCEPT))
    app.queueing.upcoming(STUDY, "Ibu Ratna", 1)
    screen = opened(app, "progress")
    assert screen.text_input(key="progress.name")
    shown = {one.label: one.value for one in typed_name(screen).metric}
    assert (shown["Answered"], shown["Waiting for me"]) == ("1", "159")


def test_a_lead_finds_the_way_to_what_has_to_be_done(app: App, opened: Opener) -> None:
    [example] = first(app)
    judged(app, example, "Pak Budi", answer_of(app, Decision.ACCEPT))
    judged(app, example, "Bu Rani", answer_of(app, Decision.REJECT))
    links = [one.proto.page for one in typed_name(opened(app, "progress")).main.get("page_link")]
    assert links == ["review", "adjudicate"]


def test_a_place_is_freed_from_the_page(app: App, opened: Opener) -> None:
    [card] = app.queueing.upcoming(STUDY, HOSTILE[:70], 1)
    screen = opened(app, "progress")
    assert "<script>" not in texts(screen).replace("\\<", "")
    screen.button(key=f"progress.release.{card.example.id}.{HOSTILE[:70].strip()}").click().run()
    assert app.progress.everyone(STUDY).held == ()
    assert "Nobody holds an example at the moment." in texts(screen)


def test_a_change_of_the_guideline_is_told_with_what_it_bears_on(app: App, opened: Opener) -> None:
    [example] = first(app)
    judged(app, example, "Ibu Ratna", answer_of(app, Decision.ACCEPT))
    bearing = Bearing(inputs=(("emotion", (example.inputs["emotion"],)),))
    texts_of = {"id": "# Baru", "en": "# New"}
    app.guidelines.rewrite(Rewriting(STUDY, 1, texts_of, "Pak Budi", HOSTILE, bearing))
    screen = typed_name(opened(app, "progress"))
    said = texts(screen)
    assert "The guideline has changed since your last answer" in said
    assert HOSTILE in [one.value for one in screen.text]
    assert "1 of your answers were given before" in said
    assert r"guideline\-v2" in said
