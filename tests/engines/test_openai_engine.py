"""The one engine adapter: what it asks, how it reads answers, and every trap of the format."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from typing import get_args

import pytest
from openai.types.fine_tuning import FineTuningJob

from dashboard.domain.engines import LOCAL
from dashboard.domain.errors import EngineRefused, EngineUnavailable, UserError
from dashboard.domain.generation import Completion
from dashboard.domain.ids import TrainingRunId, VersionId
from dashboard.domain.studies import Decoding, Message
from dashboard.domain.training import Adapter, Hyperparameters, RunStatus, TrainingPlan
from dashboard.engines.job_reading import STATUS_OF
from dashboard.engines.openai_engine import EngineAddresses, OpenAIEngine, OpenAIEngines
from tests.engines.stub import Reply, Stub, serving

CHAT = (Message("user", "Halo"),)
DECODING = Decoding()
RUN = TrainingRunId("run-1")
KEY = "sk-secret-canary"
PLAN = TrainingPlan(
    version_id=VersionId("v"),
    engine_url=LOCAL,
    base_model="tiny",
    system_prompt="x",
    hyperparameters=Hyperparameters(n_epochs=3),
    adapter=Adapter(rank=8),
    seed=7,
    suffix="afektif",
)


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving() as one:
        yield one


@pytest.fixture
def engine(stub: Stub) -> OpenAIEngine:
    return OpenAIEngines(EngineAddresses(stub.url, KEY)).at(LOCAL)


def job(**changes: object) -> dict[str, object]:
    return {
        "id": "ftjob-1",
        "object": "fine_tuning.job",
        "created_at": 1,
        "model": "tiny",
        "status": "running",
        "training_file": "file-1",
        "validation_file": None,
        "fine_tuned_model": None,
        "finished_at": None,
        "trained_tokens": None,
        "error": None,
        "result_files": [],
        "hyperparameters": {"n_epochs": "auto"},
        "organization_id": "local",
        "seed": 7,
    } | changes


OURS = {"afektif_run": "run-1"}


def listed(*rows: object, has_more: bool = False) -> dict[str, object]:
    return {"object": "list", "data": list(rows), "has_more": has_more}


def event(number: int, **data: object) -> dict[str, object]:
    return {
        "id": f"ftevent-{number}",
        "object": "fine_tuning.job.event",
        "created_at": number,
        "level": "info",
        "message": f"Step {number}",
        "type": "metrics",
        "data": data or None,
    }


def follows(stub: Stub, state: dict[str, object], *events: dict[str, object]) -> None:
    stub.says("GET /v1/fine_tuning/jobs/ftjob-1", Reply(state))
    stub.says("GET /v1/fine_tuning/jobs/ftjob-1/events", Reply(listed(*reversed(events))))
    stub.says("GET /v1/fine_tuning/jobs/ftjob-1/checkpoints", Reply(listed()))


def answer(**choice: object) -> dict[str, object]:
    whole = {"index": 0, "message": {"role": "assistant", "content": "Yuk!"}} | choice
    return {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": "tiny",
        "choices": [{"finish_reason": "stop", **whole}],
        "usage": {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7},
    }


def test_every_status_of_the_client_has_a_word_of_ours() -> None:
    known = get_args(FineTuningJob.model_fields["status"].annotation)
    assert set(STATUS_OF) == {*known, "paused", "pausing", "pending"}


def test_an_unknown_status_is_kept_and_polling_goes_on(stub: Stub, engine: OpenAIEngine) -> None:
    follows(stub, job(status="moderating"))
    seen = engine.snapshot("ftjob-1")
    assert (seen.status, seen.status_text) == (RunStatus.RUNNING, "moderating")


def test_a_run_is_created_once_even_when_the_answer_was_lost(
    stub: Stub, engine: OpenAIEngine
) -> None:
    stub.says("GET /v1/fine_tuning/jobs", Reply(listed()), Reply(listed(job(metadata=OURS))))
    stub.says("POST /v1/files", Reply({"id": "file-1", "object": "file"}))
    stub.says("POST /v1/fine_tuning/jobs", Reply(b"", status=500))
    with pytest.raises(EngineUnavailable):
        engine.start(PLAN, RUN, b"{}\n", b"")
    assert engine.start(PLAN, RUN, b"{}\n", b"") == "ftjob-1"
    assert stub.count("POST /v1/fine_tuning/jobs") == 1


def test_a_server_that_ignores_the_filter_does_not_give_us_a_strangers_job(
    stub: Stub, engine: OpenAIEngine
) -> None:
    stranger = job(id="ftjob-9", metadata={"afektif_run": "another"})
    stub.says("GET /v1/fine_tuning/jobs", Reply(listed(stranger)))
    stub.says("POST /v1/files", Reply({"id": "file-1", "object": "file"}))
    stub.says("POST /v1/fine_tuning/jobs", Reply(job()))
    assert engine.start(PLAN, RUN, b"{}\n", b"") == "ftjob-1"


def test_a_job_carries_our_id_the_hyperparameters_and_the_adapter(
    stub: Stub, engine: OpenAIEngine
) -> None:
    stub.says("GET /v1/fine_tuning/jobs", Reply(listed()))
    stub.says("POST /v1/files", Reply({"id": "file-1", "object": "file"}))
    stub.says("POST /v1/fine_tuning/jobs", Reply(job()))
    engine.start(PLAN, RUN, b"{}\n", b"{}\n")
    sent = json.loads(
        next(body for route, body in stub.asked if route.endswith("POST /v1/fine_tuning/jobs"))
    )
    assert sent["metadata"] == {"afektif_run": "run-1"}
    assert sent["method"]["supervised"]["hyperparameters"] == {"n_epochs": 3}
    assert sent["adapter"] == {"rank": 8, "alpha": 32, "dropout": 0.05}
    assert sent["validation_file"] == "file-1"


def test_only_our_own_engine_gets_the_adapter_extension(stub: Stub) -> None:
    other = OpenAIEngines(EngineAddresses("http://127.0.0.1:9", "")).at(stub.url)
    stub.says("GET /v1/fine_tuning/jobs", Reply(listed()))
    stub.says("POST /v1/files", Reply({"id": "file-1", "object": "file"}))
    stub.says("POST /v1/fine_tuning/jobs", Reply(job()))
    other.start(PLAN, RUN, b"{}\n", b"")
    assert b"adapter" not in stub.asked[-1][1]


def test_the_curve_is_read_from_metric_events(stub: Stub, engine: OpenAIEngine) -> None:
    follows(
        stub,
        job(),
        event(1, step=1, total_steps=2, train_loss=3.0, train_mean_token_accuracy=0.1),
        event(2, step=2, total_steps=2, train_loss=2.0, full_valid_loss=2.5),
        event(3),
    )
    seen = engine.snapshot("ftjob-1")
    assert [(p.step, p.train_loss, p.valid_loss) for p in seen.points] == [
        (1, 3.0, None),
        (2, 2.0, 2.5),
    ]
    assert (seen.total_steps, len(seen.events)) == (2, 3)


def test_a_second_look_reads_only_new_events(stub: Stub, engine: OpenAIEngine) -> None:
    follows(stub, job(), event(1, step=1, train_loss=3.0))
    engine.snapshot("ftjob-1")
    follows(stub, job(), event(1, step=1, train_loss=3.0), event(2, step=2, train_loss=2.0))
    assert [point.step for point in engine.snapshot("ftjob-1").points] == [1, 2]


def test_a_server_that_pages_forever_does_not_trap_us(stub: Stub, engine: OpenAIEngine) -> None:
    follows(stub, job())
    endless = listed(event(1, step=1, train_loss=3.0), has_more=True)
    stub.says("GET /v1/fine_tuning/jobs/ftjob-1/events", Reply(endless))
    assert len(engine.snapshot("ftjob-1").events) == 1
    assert stub.count("GET /v1/fine_tuning/jobs/ftjob-1/events") <= 3


@pytest.mark.parametrize("error", [{}, {"code": None, "message": None, "param": None}, None])
def test_an_empty_error_object_is_no_error(stub: Stub, engine: OpenAIEngine, error: object) -> None:
    follows(stub, job(error=error))
    assert engine.snapshot("ftjob-1").error is None


def test_a_whole_answer_brings_text_reason_and_tokens(stub: Stub, engine: OpenAIEngine) -> None:
    stub.says("POST /v1/chat/completions", Reply(answer()))
    seen = engine.complete("tiny", CHAT, DECODING, 1)
    assert (seen.text, seen.finish_reason) == ("Yuk!", "stop")
    assert seen.usage is not None and seen.usage.total_tokens == 7


def chunks(*parts: Mapping[str, object], done: bool = True) -> Reply:
    lines = [f"data: {json.dumps(part)}\n\n" for part in parts] + ["data: [DONE]\n\n"] * done
    return Reply("".join(lines).encode(), content_type="text/event-stream")


def delta(text: str, reason: str | None = None) -> dict[str, object]:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": reason}
    return {"id": "c", "object": "chat.completion.chunk", "choices": [choice], "usage": None}


def last(pieces: Iterator[str | Completion]) -> Completion:
    whole = list(pieces)[-1]
    assert isinstance(whole, Completion)
    return whole


def test_a_stream_is_put_together_and_its_usage_read(stub: Stub, engine: OpenAIEngine) -> None:
    usage = {"id": "c", "choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 2}}
    stub.says("POST /v1/chat/completions", chunks(delta("Yuk"), delta("!", "stop"), usage))
    whole = last(engine.stream("tiny", CHAT, DECODING, 1))
    assert (whole.text, whole.finish_reason) == ("Yuk!", "stop")
    assert whole.usage is not None and whole.usage.prompt_tokens == 5


def test_a_stream_that_ends_early_has_no_reason_and_no_usage(
    stub: Stub, engine: OpenAIEngine
) -> None:
    stub.says("POST /v1/chat/completions", chunks(delta("Yuk"), done=False))
    whole = last(engine.stream("tiny", CHAT, DECODING, 1))
    assert (whole.text, whole.finish_reason, whole.usage) == ("Yuk", None, None)


def test_a_web_page_instead_of_a_stream_is_a_fault(stub: Stub, engine: OpenAIEngine) -> None:
    stub.says("POST /v1/chat/completions", Reply(b"<html>hi</html>", content_type="text/html"))
    with pytest.raises(EngineUnavailable):
        last(engine.stream("tiny", CHAT, DECODING, 1))


FAULTS = {
    "a web page": (Reply(b"<html>", content_type="text/html"), EngineUnavailable),
    "half an answer": (Reply(b'{"choices": [', cut=True), EngineUnavailable),
    "broken JSON": (Reply(b'{"choices": ['), EngineUnavailable),
    "no choices": (Reply({**answer(), "choices": []}), EngineUnavailable),
    "null choices": (Reply({**answer(), "choices": None}), EngineUnavailable),
    "a server fault": (Reply(b"", status=503), EngineUnavailable),
    "too many requests": (
        Reply({"error": {"message": "slow", "code": "rate_limit_exceeded"}}, status=429),
        EngineUnavailable,
    ),
    "no money": (
        Reply({"error": {"message": "pay", "code": "insufficient_quota"}}, status=429),
        EngineRefused,
    ),
    "a model that is not there yet": (
        Reply({"error": {"message": "no such model"}}, status=404),
        EngineUnavailable,
    ),
    "a wrong key": (Reply({"error": {"message": "no"}}, status=401), EngineRefused),
    "a bad request": (Reply({"error": {"message": "too long"}}, status=400), EngineRefused),
    "an error that is a string": (Reply({"error": "broken"}, status=400), EngineRefused),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_one_sentence_and_asked_once(
    stub: Stub, engine: OpenAIEngine, case: str
) -> None:
    reply, expected = FAULTS[case]
    stub.says("POST /v1/chat/completions", reply)
    with pytest.raises(expected) as seen:
        engine.complete("tiny", CHAT, DECODING, 1)
    assert isinstance(seen.value, UserError) and "\n" not in str(seen.value)
    assert stub.count("POST /v1/chat/completions") == 1


def test_fine_tuning_that_is_closed_points_to_the_local_engine(
    stub: Stub, engine: OpenAIEngine
) -> None:
    stub.says("GET /v1/fine_tuning/jobs", Reply({"error": {"message": "closed"}}, status=403))
    with pytest.raises(EngineRefused, match="Use the local engine"):
        engine.start(PLAN, RUN, b"", b"")


def test_nobody_there_is_one_sentence() -> None:
    nobody = OpenAIEngines(EngineAddresses("http://127.0.0.1:9/v1", "")).at(LOCAL)
    with pytest.raises(EngineUnavailable, match="No engine answers"):
        nobody.models()


def test_a_final_job_is_not_asked_to_stop(stub: Stub, engine: OpenAIEngine) -> None:
    stub.says("GET /v1/fine_tuning/jobs/ftjob-1", Reply(job(status="succeeded")))
    engine.cancel("ftjob-1")
    assert stub.count("POST /v1/fine_tuning/jobs/ftjob-1/cancel") == 0


def test_the_key_is_in_no_log_and_no_repr(
    stub: Stub, engine: OpenAIEngine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    stub.says("POST /v1/chat/completions", Reply(answer()))
    engine.complete("tiny", CHAT, DECODING, 1)
    assert KEY not in caplog.text
    assert KEY not in repr(EngineAddresses("x", KEY, {"u": KEY}, KEY))
