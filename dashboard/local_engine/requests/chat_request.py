"""The body of `POST /chat/completions`, read into typed values or refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from ..errors import invalid
from ..language.messages import ROLES, Message
from .fields import Fields

DEFAULT_TOKENS: Final = 512
MOST_TOKENS: Final = 131_072
LARGEST_SEED: Final = 2**63 - 1
READ: Final = frozenset(
    {"model", "messages", "n", "stop", "seed", "temperature", "top_p", "max_tokens"}
    | {"max_completion_tokens", "stream", "stream_options"}
)
HARMLESS: Final = frozenset(
    {"user", "metadata", "service_tier", "safety_identifier"}
    | {"prompt_cache_key", "prompt_cache_retention"}
)
NEUTRAL: Final[dict[str, tuple[object, ...]]] = {
    "frequency_penalty": (0,),
    "presence_penalty": (0,),
    "logit_bias": ({},),
    "logprobs": (False,),
    "top_logprobs": (0,),
    "response_format": ({"type": "text"},),
    "modalities": (["text"],),
    "tools": ([],),
    "tool_choice": ("none", "auto"),
    "parallel_tool_calls": (True, False),
    "store": (False,),
    "verbosity": ("medium",),
}


@dataclass(frozen=True)
class Sampling:
    """How one answer is drawn."""

    temperature: float = 1.0
    top_p: float = 1.0
    seed: int | None = None
    max_tokens: int = DEFAULT_TOKENS
    stop: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChatRequest:
    """What a client asks a model to say."""

    model: str
    messages: tuple[Message, ...]
    sampling: Sampling
    n: int
    stream: bool
    include_usage: bool


def chat_request(body: object) -> ChatRequest:
    """Read a request; a parameter that would change the answer and is not offered is refused."""
    fields = Fields(body)
    fields.only(READ | HARMLESS | NEUTRAL.keys(), "the engine does not know it; remove it.")
    for name, neutral in NEUTRAL.items():
        if name in fields and fields.value(name) not in neutral:
            raise fields.refuse(name, "the engine does not offer it; remove it.")
    stream = fields.flag("stream")
    if "stream_options" in fields and not stream:
        raise fields.refuse("stream_options", "it is only allowed together with stream: true.")
    options = fields.part("stream_options")
    options.only(("include_usage", "include_obfuscation"), "the engine does not know it.")
    return ChatRequest(
        model=fields.text("model"),
        messages=_messages(fields),
        sampling=_sampling(fields),
        n=fields.integer("n", 1, 128) if "n" in fields else 1,
        stream=stream,
        include_usage=options.flag("include_usage"),
    )


def _sampling(fields: Fields) -> Sampling:
    newer = "max_completion_tokens"
    limit = newer if newer in fields else "max_tokens"
    return Sampling(
        fields.number("temperature", 0, 2) if "temperature" in fields else 1.0,
        fields.number("top_p", 0, 1) if "top_p" in fields else 1.0,
        fields.integer("seed", -LARGEST_SEED, LARGEST_SEED) if "seed" in fields else None,
        fields.integer(limit, 1, MOST_TOKENS) if limit in fields else DEFAULT_TOKENS,
        _stop(fields),
    )


def _stop(fields: Fields) -> tuple[str, ...]:
    stop = fields.value("stop")
    texts = [] if stop is None else [stop] if isinstance(stop, str) else stop
    if not isinstance(texts, list) or len(texts) > 4:
        raise fields.refuse("stop", "it must be a text or a list of at most 4 texts.")
    if not all(isinstance(text, str) and text for text in texts):
        raise fields.refuse("stop", "each stop must be a text that is not empty.")
    return tuple(texts)


def _messages(fields: Fields) -> tuple[Message, ...]:
    listed = fields.value("messages")
    if not isinstance(listed, list) or not listed:
        raise fields.refuse("messages", "send a list with at least one message.")
    return tuple(_message(item, f"messages[{index}]") for index, item in enumerate(listed))


def _message(item: object, where: str) -> Message:
    fields = Fields(item, where)
    fields.only(("role", "content", "name", "weight", "refusal"), "the engine does not read it.")
    role = "system" if fields.value("role") == "developer" else fields.value("role")
    if role not in ROLES:
        raise fields.refuse("role", f"use one of {', '.join(ROLES)}.")
    return Message(role, _content(fields.value("content"), where))


def _content(content: Any, where: str) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        parts = [Fields(part, f"{where}.content") for part in content]
        if all(part.value("type") == "text" for part in parts):
            return "".join(part.text("text", 10_000_000) for part in parts)
    raise invalid(f"{where}.content must be a text; this model reads nothing else.", "messages")
