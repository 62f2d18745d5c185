"""Calls of augmentation: every question to a language model, what it cost, how many at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from dashboard.domain.augmentation import Technique
from dashboard.domain.ids import AugmentationRunId
from dashboard.domain.studies import Cell, Decoding, Message

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


class Part(StrEnum):
    """What a call asks for: variants, or first the text in English (back translation)."""

    VARIANTS = "variants"
    PIVOT = "pivot"


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
class Question:
    """What is asked in a run about one parent by one technique; `number` counts its rounds."""

    cell: Cell
    parent_key: str
    technique: Technique
    number: int


@dataclass(frozen=True)
class Call:
    """One request to a model in one batch of a run, and what it came to.

    `cost` is what it cost or, until its answer is known, what it can cost at most. An engine that
    does not answer has charged nothing. `is_used` once its variants have become attempts.
    """

    run_id: AugmentationRunId
    batch: int
    question: Question
    part: Part
    state: CallState
    cost: Decimal
    at: datetime
    prompt_tokens: int = 0
    completion_tokens: int = 0
    latency_seconds: float = 0.0
    answer: str = ""
    pivot: str = ""
    error: str = ""
    is_used: bool = False


def spent(calls: Iterable[Call]) -> Decimal:
    """What a run has cost, with every call that may have been charged."""
    return sum((one.cost for one in calls), Decimal(0))


def at_once(calls: Iterable[Call]) -> int:
    """How many calls to make at once: one more after a good batch, half after a bad one.

    Additive increase, multiplicative decrease (Chiu and Jain 1989).
    """
    limit = FIRST_AT_ONCE
    for batch in _batches(calls):
        bad = any(one.state in (CallState.UNAVAILABLE, CallState.SENT) for one in batch)
        limit = max(1, limit // 2) if bad else min(MOST_AT_ONCE, limit + 1)
    return limit


def closed(calls: Iterable[Call]) -> dict[Question, Call]:
    """Questions that are not asked again, with their last call: answered, refused or given up.

    An engine that answers nobody is down, which is no fault of a question.
    """
    done: dict[Question, Call] = {}
    tries: Counter[Question] = Counter()
    for batch in _batches(one for one in calls if one.part is Part.VARIANTS):
        is_up = any(one.state is not CallState.UNAVAILABLE for one in batch)
        for one in batch:
            tries[one.question] += is_up
            is_final = one.state in (CallState.ANSWERED, CallState.REFUSED)
            if is_final or tries[one.question] >= MOST_TRIES:
                done[one.question] = one
    return done


def _batches(calls: Iterable[Call]) -> list[tuple[Call, ...]]:
    ordered = sorted(calls, key=lambda one: one.batch)
    return [tuple(some) for _, some in groupby(ordered, key=lambda one: one.batch)]
