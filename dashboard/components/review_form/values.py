"""What the review form shows and what comes back from it; all words are already translated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a person did in the form."""

    DRAFT = "draft"
    SUBMIT = "submit"
    SKIP = "skip"
    REOPEN = "reopen"
    UNDO = "undo"
    OPEN = "open"
    FIND = "find"
    GUIDELINE = "guideline"


@dataclass(frozen=True)
class Choice:
    """One thing to choose; `hint` is its one-line rule, `key` the letter that chooses it."""

    value: str
    label: str
    key: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Scale:
    """One item of the rubric, rated 1 to 5, with what 1 and 5 mean."""

    value: str
    label: str
    low: str
    high: str


@dataclass(frozen=True)
class Keys:
    """The letter of every action that is not a choice."""

    submit: str = "S"
    skip: str = "L"
    back: str = "K"
    next: str = "J"
    undo: str = "Z"
    find: str = "F"
    guideline: str = "G"
    help: str = "H"


@dataclass(frozen=True)
class Rules:
    """What a submitted answer must hold; the decisions are named by their values.

    `flag_at` is the rating of the scale `safety` at or below which a flag is required;
    `max_words` counts words by spaces, 0 for no limit.
    """

    reason_for: frozenset[str] = frozenset()
    ratings_for: frozenset[str] = frozenset()
    edit: str = "edit"
    safety: str = ""
    flag_at: int = 2
    max_words: int = 0


@dataclass(frozen=True)
class Form:
    """The questions, their rules and their keys; `language` is the messages' code, as in HTML."""

    decisions: tuple[Choice, ...]
    scales: tuple[Scale, ...] = ()
    flags: tuple[Choice, ...] = ()
    confidences: tuple[Choice, ...] = ()
    skip_reasons: tuple[Choice, ...] = ()
    rules: Rules = field(default_factory=Rules)
    keys: Keys = field(default_factory=Keys)
    language: str = "id"


@dataclass(frozen=True)
class FormAnswer:
    """What a person has filled in; empty where they have not."""

    decision: str = ""
    ratings: Mapping[str, int] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    confidence: str = ""
    reason: str = ""
    message: str = ""


class Fact(StrEnum):
    """How a fact about the message is marked."""

    OK = "ok"
    HINT = "hint"
    ERROR = "error"


@dataclass(frozen=True)
class Card:
    """One message to judge; `version` and `saved_at` are those of its answer in the database.

    A locked card is read-only and offers to reopen it: its answer has been submitted.
    """

    id: str
    title: str
    message: str
    chips: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[Fact, str], ...] = ()
    draft: FormAnswer | None = None
    version: int = 0
    saved_at: str = ""
    locked: bool = False


@dataclass(frozen=True)
class Stack:
    """The next cards of one person, the first on top; `done` when none will follow."""

    expert: str
    cards: tuple[Card, ...]
    done: bool = False


@dataclass(frozen=True)
class Event:
    """Something a person did, at least once delivered and handed on once per session.

    `id` stays the same when a browser sends the event again after a restart: an idempotency key.
    `seen_version` is the version of the answer that the person had before them. An answer comes
    with drafts and submissions, `reason` (the value of a choice, or "") and `note` (free text)
    with skips; `reason` of an open is "previous", "next" or "" for the card itself.
    """

    number: int
    id: str
    kind: Kind
    card: str
    seen_version: int
    answer: FormAnswer | None = None
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Reply:
    """What became of an event: saved as `version` at the time `at`, as a person reads it.

    With `theirs`, nothing was saved: another tab had saved that answer as `version` meanwhile.
    `show` names a card that is to come on top; it must be among the next cards.
    """

    version: int = 0
    at: str = ""
    theirs: FormAnswer | None = None
    show: str = ""
