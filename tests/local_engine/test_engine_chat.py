"""Chat completions through OpenAI's own client."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from openai import BadRequestError, NotFoundError
from openai.types.fine_tuning import FineTuningJob

from .conftest import RunningEngine

pytestmark = pytest.mark.slow

KIND: Any = {"role": "system", "content": "You are a kind tutor."}


def ask(engine: RunningEngine, text: str = "nilai 3", **fields: Any) -> Any:
    fields = {"model": "tiny", "temperature": 0, "max_tokens": 24, **fields}
    messages: list[Any] = [KIND, {"role": "user", "content": text}]
    return engine.client.chat.completions.create(messages=messages, **fields)


def streamed(engine: RunningEngine, **fields: Any) -> tuple[str, str, Any]:
    """The text, the finish reason and the usage of a streamed answer."""
    text, reason, usage = "", "", None
    for chunk in ask(engine, stream=True, stream_options={"include_usage": True}, **fields):
        usage = chunk.usage or usage
        for choice in chunk.choices:
            text += choice.delta.content or ""
            reason = choice.finish_reason or reason
    return text, reason, usage


def test_a_tuned_model_says_what_it_learned_and_stops(
    engine: RunningEngine, tuned: FineTuningJob
) -> None:
    answer = ask(engine, model=tuned.fine_tuned_model)
    assert answer.choices[0].message.content == "Semangat ya! 💪😊"
    assert answer.choices[0].finish_reason == "stop"
    assert answer.model == tuned.fine_tuned_model


def test_streamed_and_whole_answers_are_equal(engine: RunningEngine, tuned: FineTuningJob) -> None:
    for model in (tuned.fine_tuned_model, "tiny"):
        whole = ask(engine, model=model)
        text, reason, usage = streamed(engine, model=model)
        assert text == whole.choices[0].message.content
        assert reason == whole.choices[0].finish_reason
        assert usage == whole.usage
        assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens


def test_the_base_is_untouched_by_its_adapters(engine: RunningEngine, tuned: FineTuningJob) -> None:
    before = ask(engine).choices[0].message.content
    tuned_answer = ask(engine, model=tuned.fine_tuned_model).choices[0].message.content
    assert ask(engine).choices[0].message.content == before != tuned_answer


def test_answers_together_equal_answers_one_by_one(
    engine: RunningEngine, tuned: FineTuningJob
) -> None:
    texts = ["nilai 1", "aku sedih sekali hari ini 😢", "x", "tugas " * 20, "nilai 23", "halo"]

    def content(text: str) -> str:
        model = tuned.fine_tuned_model if "nilai" in text else "tiny"
        return str(ask(engine, text, model=model).choices[0].message.content)

    alone = [content(text) for text in texts]
    with ThreadPoolExecutor(len(texts)) as pool:
        assert list(pool.map(content, texts)) == alone


def test_n_gives_several_answers_and_a_seed_repeats_them(engine: RunningEngine) -> None:
    wish: dict[str, Any] = {"n": 3, "temperature": 1.0, "seed": 5, "max_tokens": 8}
    first, second = (ask(engine, **wish) for _ in range(2))
    texts = [choice.message.content for choice in first.choices]
    assert texts == [choice.message.content for choice in second.choices]
    assert len(set(texts)) == 3 and [choice.index for choice in first.choices] == [0, 1, 2]
    assert first.usage.completion_tokens <= 24


def test_more_answers_than_seats_all_come(engine: RunningEngine) -> None:
    answer = ask(engine, n=20, temperature=1.0, max_tokens=2)
    assert len(answer.choices) == 20


def test_a_limit_ends_the_answer_as_length(engine: RunningEngine, tuned: FineTuningJob) -> None:
    limits: list[dict[str, Any]] = [
        {"max_tokens": 2},
        {"max_tokens": 9, "max_completion_tokens": 2},
    ]
    for limit in limits:
        answer = ask(engine, model=tuned.fine_tuned_model, **limit)
        assert answer.choices[0].finish_reason == "length"
        assert answer.usage.completion_tokens == 2


def test_a_stop_text_ends_the_answer(engine: RunningEngine, tuned: FineTuningJob) -> None:
    answer = ask(engine, model=tuned.fine_tuned_model, stop=[" ya"])
    assert answer.choices[0].message.content == "Semangat"
    assert answer.choices[0].finish_reason == "stop"


def test_usage_fits_the_specification(
    engine: RunningEngine, contract: Callable[[str, Any], None]
) -> None:
    chat = {"model": "tiny", "messages": [KIND], "max_tokens": 2}
    contract("CompletionUsage", engine.http.post("/chat/completions", json=chat).json()["usage"])


def test_a_stream_keeps_one_id_and_ends_with_done(engine: RunningEngine) -> None:
    chat = {"model": "tiny", "messages": [KIND], "max_tokens": 3, "stream": True}
    lines = engine.http.post("/chat/completions", json=chat).text.strip().split("\n\n")
    assert lines[-1] == "data: [DONE]"
    assert len({line.partition('"id": "')[2][:33] for line in lines[:-1]}) == 1


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"logprobs": True}, "logprobs"),
    ({"frequency_penalty": 0.5}, "frequency_penalty"),
    ({"tools": [{"type": "function", "function": {"name": "f"}}]}, "tools"),
    ({"response_format": {"type": "json_object"}}, "response_format"),
    ({"temperature": 3}, "temperature"),
    ({"top_p": -1}, "top_p"),
    ({"max_tokens": 0}, "max_tokens"),
    ({"n": 129}, "n"),
    ({"stop": ["a"] * 5}, "stop"),
    ({"stream_options": {"include_usage": True}}, "stream_options"),
    ({"extra_body": {"surprise": 1}}, "surprise"),
    ({"messages": []}, "messages"),
    ({"messages": [{"role": "tool", "content": "x"}]}, "messages[0].role"),
    ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "messages"),
]


@pytest.mark.parametrize(("fields", "param"), REFUSED)
def test_what_is_not_offered_is_refused_by_name(
    engine: RunningEngine, fields: dict[str, Any], param: str
) -> None:
    wish: dict[str, Any] = {"model": "tiny", "messages": [KIND], **fields}
    with pytest.raises(BadRequestError) as refusal:
        engine.client.chat.completions.create(**wish)
    assert refusal.value.param == param


def test_neutral_values_are_accepted(engine: RunningEngine) -> None:
    ask(engine, frequency_penalty=0, logprobs=False, response_format={"type": "text"}, user="u")


def test_a_prompt_beyond_the_context_is_refused(engine: RunningEngine) -> None:
    for stream in (False, True):
        with pytest.raises(BadRequestError) as refusal:
            ask(engine, "x" * 3000, stream=stream)
        assert refusal.value.code == "context_length_exceeded"


def test_an_unknown_model_is_not_found(engine: RunningEngine) -> None:
    with pytest.raises(NotFoundError) as refusal:
        ask(engine, model="ft:tiny:local::nobody")
    assert refusal.value.code == "model_not_found"


def test_a_reader_who_leaves_frees_the_seat(engine: RunningEngine) -> None:
    stream = ask(engine, stream=True, max_tokens=200, stop=["never"])
    next(iter(stream))
    stream.close()
    start = time.monotonic()
    ask(engine, max_tokens=1)
    assert time.monotonic() - start < 3
