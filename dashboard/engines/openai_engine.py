"""One adapter for every engine that speaks OpenAI's API: our own, OpenAI, or another base URL.

It translates words and checks answers, because the client validates neither; it saves nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, TypedDict, cast

from dashboard.domain.engines import LOCAL
from dashboard.domain.errors import AnswerLost
from dashboard.domain.generation import Completion, Usage
from dashboard.domain.ids import TrainingRunId
from dashboard.domain.studies import Decoding, Message
from dashboard.domain.training import JobSnapshot, TrainingPlan
from dashboard.engines.job_reading import JobReader
from dashboard.engines.translating import in_json, speaking

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types import CompletionUsage
    from openai.types.chat import ChatCompletionMessageParam

OUR_ID = "afektif_run"
READ_TIMEOUT_SECONDS = 600.0
QUICK_TIMEOUT_SECONDS = 20.0


@dataclass(frozen=True)
class EngineAddresses:
    """Where our own engine listens, and the key each base URL wants; keys are never shown."""

    local_url: str
    local_token: str = field(repr=False)
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    other_key: str = field(default="", repr=False)
    read_timeout_seconds: float = READ_TIMEOUT_SECONDS


class OpenAIEngines:
    """Engines by base URL; `local` is our own, wherever it listens."""

    def __init__(self, addresses: EngineAddresses) -> None:
        self.addresses = addresses
        self._known: dict[str, OpenAIEngine] = {}

    def at(self, url: str) -> OpenAIEngine:
        """The engine behind a base URL."""
        if url not in self._known:
            self._known[url] = self._new(url)
        return self._known[url]

    def _new(self, url: str) -> OpenAIEngine:
        known = self.addresses
        if url == LOCAL:
            engine = OpenAIEngine(url, known.local_url, known.local_token, takes_adapter=True)
        else:
            engine = OpenAIEngine(url, url, known.keys.get(url, known.other_key))
        engine.read_timeout_seconds = known.read_timeout_seconds
        return engine


class OpenAIEngine:
    """One engine behind one base URL."""

    def __init__(self, name: str, base_url: str, key: str, takes_adapter: bool = False) -> None:
        self.url = name
        self._base_url = base_url
        self._key = key
        self._takes_adapter = takes_adapter
        self.read_timeout_seconds = READ_TIMEOUT_SECONDS
        self._client_made: OpenAI | None = None
        self._jobs = JobReader()

    @property
    def _client(self) -> OpenAI:
        if self._client_made is None:
            from openai import OpenAI

            self._client_made = OpenAI(
                base_url=self._base_url,
                api_key=self._key or "none",
                max_retries=0,
                timeout=self.read_timeout_seconds,
            )
        return self._client_made

    def models(self) -> tuple[str, ...]:
        """Names of the models it offers; raises EngineUnavailable or EngineRefused."""
        with speaking(self._base_url):
            page = in_json(self._client.models.list(timeout=QUICK_TIMEOUT_SECONDS))
            return tuple(model.id for model in page.data or [])

    def start(
        self, plan: TrainingPlan, our_id: TrainingRunId, train: bytes, validation: bytes
    ) -> str:
        """The id of the job for `our_id`: the one that exists, else a new one.

        The client sends no idempotency key, so our id travels as metadata and is looked up first.
        """
        with speaking(self._base_url):
            jobs = self._client.fine_tuning.jobs
            for job in in_json(jobs.list(limit=1, metadata={OUR_ID: our_id})).data or []:
                if (job.metadata or {}).get(OUR_ID) == our_id:  # a server may ignore the filter
                    return job.id
            training_file = self._upload("train.jsonl", train)
            validation_file = self._upload("validation.jsonl", validation) if validation else None
            asked = {key: value for key, value in asdict(plan.hyperparameters).items() if value}
            adapter = {"adapter": asdict(plan.adapter)} if self._takes_adapter else {}
            job = jobs.create(
                model=plan.base_model,
                training_file=training_file,
                validation_file=validation_file,
                method={"type": "supervised", "supervised": {"hyperparameters": asked}},  # type: ignore[arg-type]
                seed=plan.seed,
                suffix=plan.suffix,
                metadata={OUR_ID: our_id},
                extra_body=adapter,
            )
            return in_json(job).id

    def _upload(self, name: str, content: bytes) -> str:
        return self._client.files.create(file=(name, content), purpose="fine-tune").id

    def snapshot(self, job_id: str) -> JobSnapshot:
        """The job as it stands, with all points, events and checkpoints."""
        with speaking(self._base_url):
            return self._jobs.read(self._client, job_id)

    def cancel(self, job_id: str) -> None:
        """Ask the job to stop; a job that is final already is left alone."""
        with speaking(self._base_url):
            job = in_json(self._client.fine_tuning.jobs.retrieve(job_id))
            if not self._jobs.status(job).is_final:
                self._client.fine_tuning.jobs.cancel(job_id)

    def complete(
        self, model: str, chat: Sequence[Message], decoding: Decoding, seed: int
    ) -> Completion:
        """One answer; raises EngineUnavailable or EngineRefused."""
        started = time.perf_counter()
        with speaking(self._base_url):
            request = _request(model, chat, decoding, seed)
            answer = self._client.chat.completions.create(**request)
            if not in_json(answer).choices:
                raise AnswerLost("{url} answered without a text; try again.", url=self.url)
            choice = answer.choices[0]
            return Completion(
                text=choice.message.content or "",
                finish_reason=choice.finish_reason,
                usage=_usage(answer.usage),
                latency_seconds=time.perf_counter() - started,
            )

    def stream(
        self, model: str, chat: Sequence[Message], decoding: Decoding, seed: int
    ) -> Iterator[str | Completion]:
        """Pieces of text as they come, then the whole as a Completion."""
        started = time.perf_counter()
        pieces: list[str] = []
        reason: str | None = None
        usage: Usage | None = None
        with speaking(self._base_url):
            request = _request(model, chat, decoding, seed)
            answer = self._client.chat.completions.create(
                **request, stream=True, stream_options={"include_usage": True}
            )
            chunks = 0
            for chunk in answer:
                chunks += 1
                usage = _usage(chunk.usage) or usage
                for choice in chunk.choices or []:
                    reason = choice.finish_reason or reason
                    if choice.delta.content:
                        pieces.append(choice.delta.content)
                        yield choice.delta.content
            if not chunks:
                raise AnswerLost("{url} answered without a text; try again.", url=self.url)
        yield Completion("".join(pieces), reason, usage, time.perf_counter() - started)


class _Request(TypedDict):
    """What a whole and a streamed answer are asked with alike."""

    model: str
    messages: list[ChatCompletionMessageParam]
    max_completion_tokens: int
    temperature: float
    seed: int


def _request(model: str, chat: Sequence[Message], decoding: Decoding, seed: int) -> _Request:
    turns = [{"role": one.role, "content": one.content} for one in chat]
    return {
        "model": model,
        "messages": cast("list[ChatCompletionMessageParam]", turns),
        "max_completion_tokens": decoding.max_tokens,
        "temperature": decoding.temperature,
        "seed": seed,
    }


def _usage(usage: CompletionUsage | None) -> Usage | None:
    if usage is None or usage.prompt_tokens is None or usage.completion_tokens is None:
        return None
    return Usage(usage.prompt_tokens, usage.completion_tokens)
