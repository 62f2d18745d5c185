"""Home: what runs, what it showed, and the buttons of the study."""

from __future__ import annotations

import pytest

from dashboard.bootstrap import App
from dashboard.domain.study_runs import Step, StepName
from dashboard.domain.training import RunStatus
from dashboard.services.ports import Work
from tests.fakes import RecordingQueue
from tests.pages.conftest import Opener, texts
from tests.pages.worlds import launched_study


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("id", "Belum ada studi."), ("en", "No study has run yet.")],
)
def test_without_a_study_home_says_what_the_quick_study_does(
    empty_app: App, opened: Opener, language: str, sentence: str
) -> None:
    screen = opened(empty_app, "home", language)
    assert not screen.exception
    assert sentence in texts(screen)


def test_the_quick_study_starts_once_however_often_the_button_is_pressed(
    app: App, queue: RecordingQueue, opened: Opener
) -> None:
    screen = opened(app, "home")
    button = screen.button(key="home.start")
    button.click().run()
    button.click().run()
    runs = app.studies.runs(app.study.name)
    assert [run.plan.quick for run in runs] == [True]
    assert queue.taken == [(Work.STUDY, runs[0].id, ())]


def test_a_running_study_shows_its_steps_and_can_be_cancelled(app: App, opened: Opener) -> None:
    run = launched_study(app)
    with app.scoring.database.transaction() as stores:
        stores.study_runs.set_step(run.id, Step(StepName.TRAIN, RunStatus.RUNNING, 3, 8))
    screen = opened(app, "home")
    assert "3 of 8" in " ".join(bar.proto.text for bar in screen.get("progress"))
    screen.button(key="home.cancel").click().run()
    assert app.studies.run(run.id).status is RunStatus.CANCELLED
    assert "The study was cancelled." in texts(screen)


def test_a_failed_study_says_why_in_the_readers_language(app: App, opened: Opener) -> None:
    run = launched_study(app)
    app.studies.fail(
        run.id, "No engine answers at local. Start it with “make run”, or check the address."
    )
    screen = opened(app, "home", "id")
    assert "Tidak ada mesin yang menjawab di local" in texts(screen).replace("\\", "")
    assert screen.button(key="home.start").label == "Jalankan lagi"


@pytest.mark.parametrize(("language", "f1"), [("id", "0,78"), ("en", "0.78")])
def test_a_finished_study_shows_its_numbers(
    full_app: App, opened: Opener, language: str, f1: str
) -> None:
    screen = opened(full_app, "home", language)
    assert not screen.exception
    figures = {one.label: one for one in screen.metric}
    tuned = figures["Model terlatih" if language == "id" else "Tuned model"]
    assert tuned.value.startswith(f1)
    assert "n = 32" in tuned.delta
    assert "minilm" in texts(screen)


def test_home_says_what_the_starters_are(app: App, opened: Opener) -> None:
    screen = opened(app, "home")
    assert "not the study's expert-verified set" in texts(screen)
    assert {one.label: one.value for one in screen.metric}["Unreviewed"] == "160"


@pytest.mark.parametrize("language", ["id", "en"])
def test_home_sends_an_expert_to_review_first(app: App, opened: Opener, language: str) -> None:
    links = [one.proto.page for one in opened(app, "home", language).main.get("page_link")]
    assert links[:3] == ["review", "guideline", "progress"]
