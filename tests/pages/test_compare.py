"""Compare: stored outputs row by row, and both models writing live."""

from __future__ import annotations

import pytest

from dashboard.bootstrap import App, build
from dashboard.domain.errors import EngineRefused
from dashboard.settings import Settings
from tests.fakes import AbsentEngine, RecordingQueue, ScriptedEngine
from tests.pages.conftest import Opener, texts
from tests.pages.worlds import HOSTILE, finished_study


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("id", "Belum ada yang bisa dibandingkan."), ("en", "Nothing to compare yet.")],
)
def test_without_outputs_the_page_says_where_they_come_from(
    empty_app: App, opened: Opener, language: str, sentence: str
) -> None:
    screen = opened(empty_app, "compare", language)
    assert not screen.exception
    assert sentence in texts(screen)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_row_shows_reference_and_three_texts(
    full_app: App, opened: Opener, language: str
) -> None:
    screen = opened(full_app, "compare", language)
    assert not screen.exception
    row = full_app.generation.comparisons(full_app.generation.runs()[0].id)[0]
    shown = [one.value for one in screen.text]
    assert row.reference in shown
    assert shown.count("Semangat ya, Dinda! 😊") == 3


def test_next_and_previous_walk_through_the_rows(full_app: App, opened: Opener) -> None:
    rows = full_app.generation.comparisons(full_app.generation.runs()[0].id)
    screen = opened(full_app, "compare")
    assert screen.button(key="compare.previous").disabled
    screen.button(key="compare.next").click().run()
    assert screen.selectbox(key="compare.row").value == rows[1].key
    assert rows[1].reference in [one.value for one in screen.text]
    screen.button(key="compare.previous").click().run()
    assert screen.selectbox(key="compare.row").value == rows[0].key


def test_a_truncated_text_is_marked(app: App, engine: ScriptedEngine, opened: Opener) -> None:
    engine.finish_reason = "length"
    finished_study(app)
    screen = opened(app, "compare", "id")
    assert "terpotong" in " ".join(str(one.value) for one in screen.markdown)


def test_hostile_outputs_are_shown_as_text(
    app: App, engine: ScriptedEngine, opened: Opener
) -> None:
    engine.lines = [HOSTILE]
    finished_study(app)
    screen = opened(app, "compare")
    assert [one.value for one in screen.text].count(HOSTILE) == 3
    assert all("<script>" not in str(one.value) for one in (*screen.markdown, *screen.caption))


@pytest.mark.parametrize("language", ["id", "en"])
def test_base_and_tuned_write_live(full_app: App, opened: Opener, language: str) -> None:
    screen = opened(full_app, "compare", language)
    screen.segmented_control(key="compare.view").set_value("live").run()
    screen.button(key="compare.write").click().run()
    assert not screen.exception
    assert [one.value for one in screen.text].count("Semangat ya, Dinda! 😊") == 2
    screen.run()
    assert [one.value for one in screen.text].count("Semangat ya, Dinda! 😊") == 2


def test_a_student_of_ones_own_needs_every_field(
    full_app: App, engine: ScriptedEngine, opened: Opener
) -> None:
    screen = opened(full_app, "compare")
    screen.segmented_control(key="compare.view").set_value("live").run()
    screen.selectbox(key="compare.source").select("").run()
    assert screen.button(key="compare.write").disabled
    for field in full_app.study.fields:
        if not field.values:
            screen.text_input(key=f"compare.own.{field.key}").input("Sinta")
    screen.run()
    screen.button(key="compare.write").click().run()
    assert "Sinta" in engine.asked[-1][1][-1].content


def test_an_engine_that_refuses_is_a_sentence(
    full_app: App, engine: ScriptedEngine, opened: Opener
) -> None:
    screen = opened(full_app, "compare", "id")
    screen.segmented_control(key="compare.view").set_value("live").run()
    engine.faults = [EngineRefused("{url} refused the request: {said}", url="local", said="no")]
    screen.button(key="compare.write").click().run()
    assert not screen.exception
    assert "local menolak permintaan: no" in texts(screen)
    assert [one.value for one in screen.text].count("Semangat ya, Dinda! 😊") == 1


def test_without_an_engine_live_is_a_sentence_and_stored_outputs_stay(
    full_app: App, settings: Settings, opened: Opener
) -> None:
    alone = build(settings, AbsentEngine(), RecordingQueue())
    screen = opened(alone, "compare")
    assert "Semangat ya, Dinda! 😊" in [one.value for one in screen.text]
    screen.segmented_control(key="compare.view").set_value("live").run()
    screen.button(key="compare.write").click().run()
    assert not screen.exception
    assert "No engine answers" in texts(screen)
