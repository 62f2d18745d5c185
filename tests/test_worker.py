"""The worker goes on where it was cut off: real processes, a real engine, a tiny real model."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard.bootstrap import App, build
from dashboard.domain.augmentation import AugmentationPlan, Fate
from dashboard.domain.study_runs import StudyPlan, StudyRun
from dashboard.domain.training import RunStatus
from dashboard.preparing import prepare_storage
from dashboard.settings import ROOT, Settings
from dashboard.supervisor import Supervisor, free_port
from tests.fakes import RecordingQueue
from tests.tiny_encoder import make_encoder
from tests.tiny_model import make_tiny_model

pytestmark = pytest.mark.slow
PLAN = StudyPlan("affective-intervention", "local", "tiny", quick=True, rows=60, epochs=6)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny writer, and a cache with a tiny encoder."""
    folder = tmp_path_factory.mktemp("tiny")
    make_tiny_model(folder / "tiny", context=4096)
    make_encoder(folder / "cache" / "models" / "tiny-encoder", positions=512)
    return folder


@pytest.fixture
def world(tiny: Path, tmp_path: Path) -> Settings:
    """An installation with ports of its own."""
    return Settings(
        data_dir=tmp_path / "var",
        cache_dir=tiny / "cache",
        encoder="tiny-encoder",
        engine_port=free_port(18642),
    )


@pytest.fixture
def supervisor(
    world: Settings, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Supervisor]:
    """Engine and worker, running and watched."""
    monkeypatch.setenv("AFEKTIF_CACHE_DIR", str(world.cache_dir))
    monkeypatch.setenv("AFEKTIF_ENCODER", world.encoder)
    prepare_storage(world)
    one = Supervisor(world, {"tiny": tiny / "tiny"}, with_pages=False)
    with one.running():
        yield one


def wait_until(done: Callable[[], bool], supervisor: Supervisor, seconds: float = 150) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, "nothing happened in time"
        supervisor.watch()
        time.sleep(0.05)


def kill(supervisor: Supervisor, name: str) -> None:
    pid = next(one.pid for one in supervisor.processes if one.name == name)
    assert pid is not None
    os.killpg(pid, signal.SIGKILL)


def finished(app: App, run: StudyRun) -> bool:
    return app.studies.run(run.id).status.is_final


def assert_whole(app: App, run: StudyRun) -> None:
    """Succeeded, every step of the curve once, every slot filled once and scored."""
    ended = app.studies.run(run.id)
    assert (ended.status, ended.error) == (RunStatus.SUCCEEDED, None)
    assert ended.training_run_id is not None and ended.generation_run_id is not None
    training = app.finetuning.run(ended.training_run_id)
    steps = [point.step for point in training.curve if point.train_loss is not None]
    assert steps == list(range(1, (training.run.total_steps or 0) + 1))
    results = app.scoring.results(ended.generation_run_id)
    slots = Counter((o.system, o.revision_id) for c in results.comparisons for o in c.outputs)
    assert len(slots) == 36 and set(slots.values()) == {1}
    outputs = [one for row in results.comparisons for one in row.outputs]
    assert set(results.scores) == {one.id for one in outputs}


def test_a_worker_killed_in_training_and_in_generation_finishes_the_study(
    world: Settings, supervisor: Supervisor
) -> None:
    app = build(world)
    run = app.studies.launch(PLAN)

    def steps_done(name: str, at_least: int) -> Callable[[], bool]:
        def reached() -> bool:
            step = next(one for one in app.studies.run(run.id).steps if one.name == name)
            return step.done >= at_least or finished(app, run)

        return reached

    wait_until(steps_done("train", 2), supervisor)
    kill(supervisor, "worker")
    wait_until(steps_done("generate", 12), supervisor)
    assert not finished(app, run)
    kill(supervisor, "worker")
    wait_until(lambda: finished(app, run), supervisor)
    assert_whole(app, run)


def test_an_engine_killed_in_training_starts_again_and_the_study_finishes(
    world: Settings, supervisor: Supervisor
) -> None:
    app = build(world)
    run = app.studies.launch(PLAN)
    wait_until(lambda: app.studies.run(run.id).steps[1].done >= 2, supervisor)
    kill(supervisor, "engine")
    wait_until(lambda: finished(app, run), supervisor)
    assert_whole(app, run)


def test_a_study_that_reached_no_queue_is_taken_up(
    world: Settings, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFEKTIF_CACHE_DIR", str(world.cache_dir))
    monkeypatch.setenv("AFEKTIF_ENCODER", world.encoder)
    prepare_storage(world)
    run = build(world, queue=RecordingQueue()).studies.launch(PLAN)
    supervisor = Supervisor(world, {"tiny": tiny / "tiny"}, with_pages=False)
    with supervisor.running():
        app = build(world)
        wait_until(lambda: finished(app, run), supervisor)
        assert_whole(app, run)


def test_pages_that_are_killed_come_back_and_the_work_goes_on(
    world: Settings, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFEKTIF_CACHE_DIR", str(world.cache_dir))
    monkeypatch.setenv("AFEKTIF_ENCODER", world.encoder)
    app = prepare_storage(world)
    ports = world.model_copy(update={"port": free_port(18502)})
    supervisor = Supervisor(ports, {"tiny": tiny / "tiny"}, with_pages=True)
    with supervisor.running():
        assert supervisor.wait_for_pages()
        run = app.studies.launch(PLAN)
        wait_until(lambda: app.studies.run(run.id).steps[1].done >= 1, supervisor)
        kill(supervisor, "pages")
        assert supervisor.wait_for_pages()
        wait_until(lambda: finished(app, run), supervisor)
        assert_whole(app, run)


def test_a_worker_killed_while_it_makes_variants_goes_on(
    world: Settings, supervisor: Supervisor
) -> None:
    app = build(world)
    run = app.augmentation.launch(AugmentationPlan(PLAN.study, target=5), "Bu Mira")

    def begun() -> bool:
        return sum(one.is_done for one in app.augmentation.progress(run.id)) >= 3

    wait_until(begun, supervisor)
    kill(supervisor, "worker")
    wait_until(lambda: app.augmentation.run(run.id).status.is_final, supervisor)
    ended = app.augmentation.run(run.id)
    assert (ended.status, ended.error) == (RunStatus.SUCCEEDED, None)
    made = app.augmentation.attempts(run.id, fate=Fate.KEPT)
    assert len({one.example_id for one in made}) == len(made) > 100
    assert app.history.proof().holds


def test_a_second_worker_on_the_same_data_leaves(world: Settings, supervisor: Supervisor) -> None:
    lock = world.data_dir / "worker.lock"
    wait_until(lock.exists, supervisor)
    time.sleep(3)
    second = subprocess.run(
        [sys.executable, "-m", "dashboard.worker"],
        cwd=ROOT,
        env={**os.environ, "AFEKTIF_DATA_DIR": str(world.data_dir)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert second.returncode == 0
    assert "Another worker" in second.stderr
