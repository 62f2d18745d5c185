"""Calls of augmentation: every question to a language model, what it cost, how many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from dashboard.domain.ids import AugmentationRunId
from dashboard.domain.studies import Decoding, Message

MILLION = Decimal(1_000_000)
FIRST_AT_ONCE, MOST_AT_ONCE = 4, 16
MOST_TRIES = 5
"""How often one question is asked before it is given up."""
MESSAGE_TOKENS = 16
"""Tokens that the chat format may add to a message: markers and the role."""


class CallState(StrEnum):
    """What became of a call; one that was sent and never heard of again counts as paid."""

    SENT = "sent"
    ANSWERED = "answered"
    MALFORMED = "malformed"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"


TO_REPEAT = (CallState.SENT, CallState.UNAVAILABLE, CallState.MALFORMED)
"""What is asked again until the tries are used up."""


@dataclass(frozen=True)
class Price:
    """US dollars for a million tokens read and written."""

    read: Decimal = Decimal(0)
    written: Decimal = Decimal(0)

    def of(self, read: int, written: int) -> Decimal:
        """What a call costs."""
        return (self.read * read + self.written * written) / MILLION

    def at_most(self, chat: Sequence[Message], decoding: Decoding) -> Decimal:
        """What a call can cost at most: no tokenizer makes more tokens than there are bytes."""
        read = sum(len(one.content.encode()) + MESSAGE_TOKENS for one in chat)
        return self.of(read, decoding.max_tokens)


@dataclass(frozen=True)
class Call:
    """One question to a model: its number in the run, the try, and what it came to.

    `cost` is what it cost or, until its answer is known, what it can cost at most.
    """

    run_id: AugmentationRunId
    question: int
    tried: int
    state: CallState
    cost: Decimal
    at: datetime
    prompt_tokens: int = 0
    completion_tokens: int = 0
    latency_seconds: float = 0.0
    prompt: str = ""
    answer: str = ""
    error: str = ""


def spent(calls: Iterable[Call]) -> Decimal:
    """What a run has cost, with every call that may have been charged."""
    return sum((one.cost for one in calls), Decimal(0))


def at_once(batches: Iterable[Sequence[CallState]]) -> int:
    """How many calls to make at once: one more after a good batch, half after a bad one.

    Additive increase, multiplicative decrease (Chiu and Jain 1989).
    """
    limit = FIRST_AT_ONCE
    for batch in batches:
        bad = any(state in (CallState.UNAVAILABLE, CallState.SENT) for state in batch)
        limit = max(1, limit // 2) if bad else min(MOST_AT_ONCE, limit + 1)
    return limit
