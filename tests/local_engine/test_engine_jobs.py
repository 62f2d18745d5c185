"""Fine-tuning jobs through OpenAI's own client."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from openai import BadRequestError, NotFoundError
from openai.types.fine_tuning import FineTuningJob

from .conftest import RunningEngine, training_lines

pytestmark = pytest.mark.slow

Contract = Callable[[str, Any], None]


def test_a_job_succeeds_and_names_its_model(tuned: FineTuningJob) -> None:
    assert tuned.status == "succeeded", tuned.error
    assert tuned.fine_tuned_model == f"ft:tiny:local:coba-satu:{tuned.id[-8:]}"
    assert tuned.trained_tokens and tuned.finished_at and tuned.error is None


def test_auto_becomes_numbers(tuned: FineTuningJob) -> None:
    assert tuned.hyperparameters.n_epochs == 5
    assert tuned.hyperparameters.batch_size == 2
    assert tuned.hyperparameters.learning_rate_multiplier == 5


def test_the_loss_falls_and_every_step_is_told_once(
    engine: RunningEngine, tuned: FineTuningJob
) -> None:
    told = [e["data"] for e in reversed(engine.events(tuned.id)) if e["type"] == "metrics"]
    assert [data["step"] for data in told] == list(range(1, 61))
    assert told[-1]["train_loss"] < told[0]["train_loss"] / 2
    assert told[-1]["valid_loss"] < told[11]["valid_loss"]
    assert "valid_loss" not in told[10]


def test_events_say_arithmetic_and_choice(engine: RunningEngine, tuned: FineTuningJob) -> None:
    told = "\n".join(event["message"] for event in engine.events(tuned.id))
    assert "frozen weights in float32" in told
    assert "has the lowest validation loss" in told


def test_the_last_three_checkpoints_are_models(engine: RunningEngine, tuned: FineTuningJob) -> None:
    checkpoints = engine.client.fine_tuning.jobs.checkpoints.list(tuned.id).data
    assert [checkpoint.step_number for checkpoint in checkpoints] == [60, 48, 36]
    names = {model.id for model in engine.client.models.list()}
    assert names >= {"tiny", tuned.fine_tuned_model}
    assert names >= {checkpoint.fine_tuned_model_checkpoint for checkpoint in checkpoints}
    answer = engine.client.chat.completions.create(
        model=checkpoints[0].fine_tuned_model_checkpoint,
        messages=[{"role": "user", "content": "halo"}],
        max_tokens=3,
    )
    assert answer.usage and answer.usage.completion_tokens <= 3


def test_the_results_file_holds_every_step(engine: RunningEngine, tuned: FineTuningJob) -> None:
    text = engine.client.files.content(tuned.result_files[0]).text
    table = list(csv.DictReader(io.StringIO(text)))
    header = "step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy"
    assert text.splitlines()[0] == header
    assert len(table) == 60
    assert table[0]["valid_loss"] == "" and table[-1]["valid_loss"] != ""
    assert engine.client.files.retrieve(tuned.result_files[0]).purpose == "fine-tune-results"


def test_answers_fit_the_specification(
    engine: RunningEngine, tuned: FineTuningJob, contract: Contract
) -> None:
    address = f"/fine_tuning/jobs/{tuned.id}"
    contract("FineTuningJob", engine.http.get(address).json())
    events = engine.http.get(f"{address}/events").json()
    contract("ListFineTuningJobEventsResponse", events)
    checkpoints = engine.http.get(f"{address}/checkpoints").json()
    contract("ListFineTuningJobCheckpointsResponse", checkpoints)
    contract("ListPaginatedFineTuningJobsResponse", engine.http.get("/fine_tuning/jobs").json())
    contract("ListModelsResponse", engine.http.get("/models").json())
    contract("Model", engine.http.get(f"/models/{tuned.fine_tuned_model}").json())


def test_jobs_are_found_by_their_metadata(engine: RunningEngine, tuned: FineTuningJob) -> None:
    jobs = engine.client.fine_tuning.jobs
    assert [job.id for job in jobs.list(metadata={"run": "first"})] == [tuned.id]
    assert not list(jobs.list(metadata={"run": "other"}))
    without = engine.http.get("/fine_tuning/jobs", params={"metadata": "null"}).json()["data"]
    assert tuned.id not in {job["id"] for job in without}


def test_paging_through_events_ends(engine: RunningEngine, tuned: FineTuningJob) -> None:
    paged = [event.id for event in engine.client.fine_tuning.jobs.list_events(tuned.id, limit=7)]
    assert paged == [event["id"] for event in engine.events(tuned.id)]


def test_a_bad_line_fails_the_job_by_its_number(engine: RunningEngine) -> None:
    broken = training_lines(4) + '{"messages": []}\n' + training_lines(8)
    job = engine.ended(engine.job(training_file=engine.upload(broken)).id)
    assert job.status == "failed" and job.error is not None
    assert job.error.code == "invalid_training_file" and job.error.param == "training_file"
    assert job.error.message.startswith("Line 5: ")


def test_nine_rows_are_too_few(engine: RunningEngine) -> None:
    job = engine.ended(engine.job(9).id)
    assert job.error is not None and "add 1 more" in job.error.message


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"method": {"type": "dpo"}}, "method.type"),
    ({"method": {"type": "reinforcement"}}, "method.type"),
    ({"hyperparameters": {"n_epochs": 0}}, "hyperparameters.n_epochs"),
    ({"hyperparameters": {"batch_size": 257}}, "hyperparameters.batch_size"),
    ({"hyperparameters": {"beta": 1}}, "hyperparameters.beta"),
    ({"suffix": "x" * 65}, "suffix"),
    ({"seed": -1}, "seed"),
    ({"metadata": {"k" * 65: "v"}}, "metadata"),
    ({"extra_body": {"adapter": {"rank": 0}}}, "adapter.rank"),
    ({"extra_body": {"adapter": {"kind": "x"}}}, "adapter.kind"),
    ({"extra_body": {"surprise": 1}}, "surprise"),
    ({"integrations": [{"type": "wandb", "wandb": {"project": "p"}}]}, "integrations"),
]


@pytest.mark.parametrize(("fields", "param"), REFUSED)
def test_a_wrong_field_is_refused_by_name(
    engine: RunningEngine, fields: dict[str, Any], param: str
) -> None:
    with pytest.raises(BadRequestError) as refusal:
        engine.job(12, **fields)
    assert refusal.value.param == param


def test_unknown_files_and_models_are_refused(engine: RunningEngine) -> None:
    with pytest.raises(NotFoundError) as refusal:
        engine.job(training_file="file-none")
    assert refusal.value.param == "training_file"
    with pytest.raises(NotFoundError) as refusal:
        engine.client.fine_tuning.jobs.create(model="gpt-4o-mini", training_file="file-none")
    assert refusal.value.code == "model_not_found"


def test_an_adapter_can_be_shaped_and_its_model_deleted(engine: RunningEngine) -> None:
    shape = {"rank": 4, "alpha": 8, "dropout": 0}
    job = engine.job(hyperparameters={"n_epochs": 1}, extra_body={"adapter": shape})
    job = engine.ended(job.id)
    told = [event["message"] for event in engine.events(job.id)]
    assert any("Training 8,192 of" in message for message in told)
    name = job.fine_tuned_model or ""
    assert engine.client.models.delete(name).deleted
    with pytest.raises(NotFoundError):
        engine.client.models.retrieve(name)
    with pytest.raises(BadRequestError, match="base model"):
        engine.client.models.delete("tiny")
