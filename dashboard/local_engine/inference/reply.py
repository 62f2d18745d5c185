"""One answer in the making, and what its reader is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ..errors import ApiError
from ..language.messages import Message
from ..records.catalog import ServedModel
from ..requests.chat_request import Sampling

FinishReason = Literal["stop", "length"]


@dataclass(frozen=True)
class Begun:
    """The prompt was read and fits."""

    prompt_tokens: int


@dataclass(frozen=True)
class Wrote:
    """More text."""

    text: str


@dataclass(frozen=True)
class Ended:
    """The answer is complete."""

    reason: FinishReason
    completion_tokens: int


@dataclass(frozen=True)
class Refused:
    """There will be no answer."""

    error: ApiError


Happening = Begun | Wrote | Ended | Refused


@dataclass
class Reply:
    """A row that waits for its turn or is being decoded; `tell` is called from another thread."""

    model: ServedModel
    messages: Sequence[Message]
    sampling: Sampling
    index: int
    tell: Callable[[Happening], None]
    cancelled: bool = False
    prompt: list[int] = field(default_factory=list)
