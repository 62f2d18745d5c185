"""A real engine on a free port with a tiny model, started once for all tests here."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml  # type: ignore[import-untyped]
from jsonschema import Draft202012Validator
from openai import OpenAI
from openai.types.fine_tuning import FineTuningJob

from tests.tiny_model import make_tiny_model

TOKEN = "a-token-for-tests"
EXCERPT = Path(__file__).parents[1] / "data" / "openai_finetune_excerpt.yaml"
FINAL = ("succeeded", "failed", "cancelled")


@dataclass
class RunningEngine:
    """An engine process and how to speak to it."""

    process: subprocess.Popen[str]
    url: str
    folder: Path

    @property
    def client(self) -> OpenAI:
        return OpenAI(base_url=self.url, api_key=TOKEN, max_retries=0)

    @property
    def http(self) -> httpx2.Client:
        headers = {"authorization": f"Bearer {TOKEN}"}
        return httpx2.Client(base_url=self.url, headers=headers, timeout=60)

    def upload(self, lines: str, name: str = "train.jsonl") -> str:
        return self.client.files.create(file=(name, lines.encode()), purpose="fine-tune").id

    def job(self, rows: int = 24, **fields: Any) -> FineTuningJob:
        fields.setdefault("seed", 7)
        training_file = fields.pop("training_file", None) or self.upload(training_lines(rows))
        return self.client.fine_tuning.jobs.create(
            model="tiny", training_file=training_file, **fields
        )

    def long_job(self) -> FineTuningJob:
        """A job that trains for a minute or so, and is already at it."""
        job = self.job(200, hyperparameters={"n_epochs": 50, "batch_size": 4})
        self.until(lambda: self.steps(job.id) >= 3)
        return job

    def steps(self, job_id: str) -> int:
        """How many steps the job has told."""
        return len([event for event in self.events(job_id) if event["type"] == "metrics"])

    def events(self, job_id: str) -> list[dict[str, Any]]:
        answer = self.http.get(f"/fine_tuning/jobs/{job_id}/events", params={"limit": 10_000})
        events: list[dict[str, Any]] = answer.json()["data"]
        return events

    def ended(self, job_id: str, patience: float = 90) -> FineTuningJob:
        jobs = self.client.fine_tuning.jobs
        self.until(lambda: jobs.retrieve(job_id).status in FINAL, patience)
        return jobs.retrieve(job_id)

    def until(self, holds: Callable[[], bool], patience: float = 60) -> None:
        deadline = time.monotonic() + patience
        while not holds():
            assert time.monotonic() < deadline, "it took too long"
            time.sleep(0.05)

    def children(self) -> list[int]:
        """The training processes of this engine."""
        path = Path(f"/proc/{self.process.pid}/task")
        found = [int(pid) for task in path.glob("*/children") for pid in task.read_text().split()]
        return [pid for pid in found if is_alive(pid)]

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(10)


def is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def row(user: str, answer: str) -> str:
    messages = [
        {"role": "system", "content": "You are a kind tutor."},
        {"role": "user", "content": user},
        {"role": "assistant", "content": answer},
    ]
    return json.dumps({"messages": messages}, ensure_ascii=False)


def training_lines(rows: int, answer: str = "Semangat ya! 💪😊") -> str:
    return "".join(row(f"nilai {number}", answer) + "\n" for number in range(rows))


def command(data: Path, model: Path, *more: str) -> list[str]:
    module = [sys.executable, "-m", "dashboard.local_engine"]
    return [*module, "--data", str(data), "--model", f"tiny={model}", "--port", "0", *more]


def start_engine(data: Path, model: Path) -> RunningEngine:
    process = subprocess.Popen(
        command(data, model),
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "LOCAL_ENGINE_TOKEN": TOKEN},
    )
    assert process.stdout is not None
    return RunningEngine(process, process.stdout.readline().split()[-1], data)


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_model(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def engine(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEngine]:
    running = start_engine(tmp_path_factory.mktemp("engine"), tiny_model)
    yield running
    running.end()


@pytest.fixture
def own_engine(tiny_model: Path, tmp_path: Path) -> Iterator[RunningEngine]:
    """An engine that a test may kill."""
    running = start_engine(tmp_path / "data", tiny_model)
    yield running
    if running.process.poll() is None:
        running.end()


@pytest.fixture(scope="session")
def tuned(engine: RunningEngine) -> FineTuningJob:
    """A job that learned one answer by heart."""
    validation = engine.upload(training_lines(6, "Semangat ya! 💪"), "valid.jsonl")
    job = engine.job(
        validation_file=validation,
        suffix="coba satu",
        metadata={"run": "first"},
        method={
            "type": "supervised",
            "supervised": {"hyperparameters": {"n_epochs": 5, "learning_rate_multiplier": 5}},
        },
    )
    return engine.ended(job.id)


@pytest.fixture(scope="session")
def contract() -> Callable[[str, Any], None]:
    """Checks a value against a schema of OpenAI's own document."""
    document = _with_real_nulls(yaml.safe_load(EXCERPT.read_text(encoding="utf-8")))

    def check(schema: str, value: Any) -> None:
        reference = {"$ref": f"#/components/schemas/{schema}", **document}
        Draft202012Validator(reference).validate(value)

    return check


def _with_real_nulls(schema: Any) -> Any:
    """Say `nullable: true` as JSON Schema 2020-12 says it."""
    if isinstance(schema, list):
        return [_with_real_nulls(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {key: _with_real_nulls(value) for key, value in schema.items() if key != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if schema.get("nullable") is True else plain
