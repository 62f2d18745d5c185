"""Starting, stopping, cancelling and crashing."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import httpx2
import pytest
from openai import BadRequestError

from .conftest import TOKEN, RunningEngine, command, is_alive, start_engine

pytestmark = pytest.mark.slow


def test_cancel_ends_the_training_process_within_five_seconds(engine: RunningEngine) -> None:
    job = engine.long_job()
    children = engine.children()
    start = time.monotonic()
    assert engine.client.fine_tuning.jobs.cancel(job.id).status == "cancelled"
    engine.until(lambda: not any(map(is_alive, children)), 5 - (time.monotonic() - start))
    assert children and engine.client.fine_tuning.jobs.retrieve(job.id).status == "cancelled"
    with pytest.raises(BadRequestError, match="already cancelled"):
        engine.client.fine_tuning.jobs.cancel(job.id)


def test_a_queued_job_can_be_cancelled(engine: RunningEngine) -> None:
    running = engine.long_job()
    waiting = engine.job()
    jobs = engine.client.fine_tuning.jobs
    engine.until(lambda: jobs.retrieve(waiting.id).status == "queued")
    assert jobs.cancel(waiting.id).status == "cancelled"
    assert jobs.retrieve(running.id).status == "running"
    assert jobs.retrieve(running.id).estimated_finish
    jobs.cancel(running.id)
    assert not [event for event in engine.events(waiting.id) if event["type"] == "metrics"]


def test_pausing_is_refused_in_a_sentence(engine: RunningEngine) -> None:
    job = engine.job(9)
    with pytest.raises(BadRequestError, match="cannot be paused"):
        engine.client.fine_tuning.jobs.pause(job.id)


def test_a_killed_server_takes_its_training_along_and_trains_again(
    own_engine: RunningEngine, tiny_model: Path
) -> None:
    job = own_engine.job(40, hyperparameters={"n_epochs": 10, "batch_size": 2})
    waiting = own_engine.job(hyperparameters={"n_epochs": 1})
    own_engine.until(lambda: own_engine.steps(job.id) >= 3)
    children = own_engine.children()
    own_engine.end(signal.SIGKILL)
    own_engine.until(lambda: not any(map(is_alive, children)), 5)
    again = start_engine(own_engine.folder, tiny_model)
    try:
        assert again.ended(job.id).status == "succeeded"
        assert again.ended(waiting.id).status == "succeeded"
        told = [event for event in again.events(job.id) if event["type"] == "metrics"]
        assert [event["data"]["step"] for event in reversed(told)] == list(range(1, 201))
        messages = "\n".join(event["message"] for event in again.events(job.id))
        assert "it trains again from its start" in messages
    finally:
        again.end()


def test_a_signal_ends_server_and_training_cleanly(own_engine: RunningEngine) -> None:
    own_engine.long_job()
    children = own_engine.children()
    start = time.monotonic()
    assert own_engine.end(signal.SIGTERM) == 0
    assert time.monotonic() - start < 5
    assert children and not any(map(is_alive, children))


def test_a_taken_port_is_one_sentence(
    engine: RunningEngine, tiny_model: Path, tmp_path: Path
) -> None:
    port = engine.url.rpartition(":")[2].partition("/")[0]
    failed = _start([*command(tmp_path, tiny_model), "--port", port])
    assert failed.returncode == 3
    assert failed.stderr.count("\n") == 1 and f"Port {port}" in failed.stderr


def test_a_folder_that_cannot_be_written_is_one_sentence(tiny_model: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    failed = _start(command(tmp_path / "file" / "data", tiny_model))
    assert failed.returncode == 2
    assert failed.stderr.count("\n") == 1 and "--data" in failed.stderr


def test_what_an_earlier_engine_left_is_cleared_away(tiny_model: Path, tmp_path: Path) -> None:
    left = tmp_path / "incoming" / "torchinductor_root"
    left.mkdir(parents=True)
    (left / "kernel").write_bytes(b"compiled")
    engine = start_engine(tmp_path, tiny_model)
    assert [model.id for model in engine.client.models.list()] == ["tiny"]
    assert not left.exists()
    assert engine.end() == 0


def test_two_engines_never_share_a_folder(engine: RunningEngine, tiny_model: Path) -> None:
    failed = _start(command(engine.folder, tiny_model))
    assert failed.returncode == 2 and "Another engine" in failed.stderr


def test_other_hosts_need_permission(tiny_model: Path, tmp_path: Path) -> None:
    failed = _start([*command(tmp_path, tiny_model), "--host", "0.0.0.0"])
    assert failed.returncode == 2 and "--allow-remote" in failed.stderr


def test_without_a_token_one_is_made_and_told_once(tiny_model: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        command(tmp_path, tiny_model), stdout=subprocess.PIPE, text=True, env=_plain_environment()
    )
    assert process.stdout is not None
    token = process.stdout.readline().strip().removeprefix("LOCAL_ENGINE_TOKEN=")
    url = process.stdout.readline().split()[-1]
    answer = httpx2.get(f"{url}/models", headers={"authorization": f"Bearer {token}"})
    process.terminate()
    assert answer.status_code == 200 and process.wait(5) == 0


def test_health_is_open_and_names_a_broken_model(tmp_path: Path) -> None:
    running = start_engine(tmp_path / "data", tmp_path / "nothing")
    address = running.url.replace("/v1", "/health")
    try:
        running.until(lambda: "failed" in str(httpx2.get(address).json()))
        health = httpx2.get(address).json()
        assert health["status"] == "ok"
        assert "config.json" in health["models"]["tiny"]
        chat = {"model": "tiny", "messages": [{"role": "user", "content": "a"}]}
        answer = running.http.post("/chat/completions", json=chat)
        assert answer.status_code == 500 and "config.json" in answer.json()["error"]["message"]
    finally:
        running.end()


def _start(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LOCAL_ENGINE_TOKEN": TOKEN}
    return subprocess.run(
        arguments, capture_output=True, text=True, env=environment, timeout=30, check=False
    )


def _plain_environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key != "LOCAL_ENGINE_TOKEN"}
