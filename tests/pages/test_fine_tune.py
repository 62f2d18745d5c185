"""Fine-tune: the form launches one run, the page follows and cancels it."""

from __future__ import annotations

import pytest
import streamlit as st
from pydantic import SecretStr

from dashboard.bootstrap import App, build
from dashboard.domain.training import RunStatus
from dashboard.services.ports import Work
from dashboard.settings import Settings
from tests.fakes import AbsentEngine, RecordingQueue, ScriptedEngine, snapshot
from tests.pages.conftest import Opener, texts


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("id", "Belum ada pelatihan."), ("en", "No training has run yet.")],
)
def test_without_a_run_the_form_is_offered(
    empty_app: App, opened: Opener, language: str, sentence: str
) -> None:
    screen = opened(empty_app, "fine_tune", language)
    assert not screen.exception
    assert sentence in texts(screen)
    assert screen.selectbox(key="fine_tune.model").options == ["tiny"]


def test_too_few_examples_are_a_sentence(empty_app: App, opened: Opener) -> None:
    screen = opened(empty_app, "fine_tune")
    screen.button(key="fine_tune.launch").click().run()
    assert "at least 10 are needed" in texts(screen)
    assert empty_app.finetuning.runs() == ()


def test_a_double_click_launches_exactly_one_run(
    app: App, queue: RecordingQueue, opened: Opener
) -> None:
    screen = opened(app, "fine_tune")
    screen.number_input(key="fine_tune.epochs").set_value(4)
    screen.number_input(key="fine_tune.multiplier").set_value(1.5)
    button = screen.button(key="fine_tune.launch")
    button.click().run()
    button.click().run()
    (run,) = app.finetuning.runs()
    assert run.plan.base_model == "tiny"
    assert run.plan.hyperparameters.n_epochs == 4
    assert run.plan.hyperparameters.batch_size is None
    assert run.plan.hyperparameters.learning_rate_multiplier == 1.5
    assert run.plan.suffix == "afektif"
    assert queue.taken == [(Work.TRAIN, run.id, ())]


def test_a_known_version_is_chosen_instead_of_freezing_a_new_one(
    full_app: App, opened: Opener
) -> None:
    (version,) = full_app.datasets.all(full_app.study.name)
    screen = opened(full_app, "fine_tune")
    screen.selectbox(key="fine_tune.version").select(version.id)
    screen.button(key="fine_tune.launch").click().run()
    assert full_app.finetuning.runs()[0].plan.version_id == version.id
    assert len(full_app.datasets.all(full_app.study.name)) == 1


def test_without_an_engine_the_stored_runs_are_still_shown(
    full_app: App, settings: Settings, opened: Opener
) -> None:
    alone = build(settings, AbsentEngine(), RecordingQueue())
    screen = opened(alone, "fine_tune", "id")
    assert "Tidak ada mesin yang menjawab" in texts(screen)
    assert "finished" not in texts(screen)
    assert {one.label: one.value for one in screen.metric}["Status"] == "selesai"


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_finished_run_shows_curve_models_and_events(
    full_app: App, opened: Opener, language: str
) -> None:
    screen = opened(full_app, "fine_tune", language)
    assert not screen.exception
    assert screen.get("plotly_chart")
    assert "ft:tiny:local:afektif:1" in texts(screen)
    assert screen.dataframe[0].value.iloc[0, 1] == "The job has started."


def test_a_running_run_can_be_cancelled(app: App, engine: ScriptedEngine, opened: Opener) -> None:
    engine.snapshots = [snapshot(RunStatus.RUNNING, steps=2), snapshot(RunStatus.CANCELLED, 2)]
    screen = opened(app, "fine_tune")
    screen.button(key="fine_tune.launch").click().run()
    (run,) = app.finetuning.runs()
    app.finetuning.advance(run.id)
    screen.run()
    assert {one.label: one.value for one in screen.metric}["Steps"] == "2 / 4"
    screen.button(key=f"fine_tune.cancel.{run.id}").click().run()
    assert app.finetuning.run(run.id).run.status is RunStatus.CANCELLED
    assert engine.cancelled == ["ftjob-1"]


def test_the_address_names_the_run(full_app: App, opened: Opener) -> None:
    older = full_app.finetuning.runs()[0]
    screen = opened(full_app, "fine_tune")
    screen.number_input(key="fine_tune.seed").set_value(7)
    screen.button(key="fine_tune.launch").click().run()
    newer = full_app.finetuning.runs()[0]
    assert screen.selectbox(key="run").value == newer.id != older.id
    again = opened(full_app, "home", run=older.id)
    again.switch_page("../pages/fine_tune.py")
    again.query_params["run"] = older.id
    assert again.run().selectbox(key="run").value == older.id


def test_openai_is_offered_only_with_a_key(
    settings: Settings, engine: ScriptedEngine, app: App, opened: Opener
) -> None:
    def engines(one: App) -> list[str]:
        boxes = opened(one, "fine_tune").selectbox
        return [option for box in boxes if box.key == "fine_tune.engine" for option in box.options]

    assert engines(app) == []
    st.cache_resource.clear()
    keyed = settings.model_copy(update={"openai_key": SecretStr("sk-test")})
    assert engines(build(keyed, engine, RecordingQueue())) == [
        "This computer",
        "https://api.openai.com/v1",
    ]
