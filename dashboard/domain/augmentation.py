"""Augmentation: children of an example, each made by one technique, sifted, and traceable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from dashboard.domain.ids import AugmentationRunId, ExampleId, RevisionId
from dashboard.domain.studies import Cell, Inputs, Message, Study
from dashboard.domain.training import RunStatus


class Technique(StrEnum):
    """The study's five ways to say a message again."""

    PARAPHRASE = "paraphrase"
    SYNONYM = "synonym"
    INSERTION = "insertion"
    SWAP = "swap"
    BACK_TRANSLATION = "back_translation"


class Route(StrEnum):
    """Who rewrites: our rules, or a language model behind an OpenAI-compatible address.

    Offline, back translation is a pivot through a small dictionary and is always called that.
    """

    OFFLINE = "offline"
    MODEL = "model"


@dataclass(frozen=True)
class Operation:
    """One edit of a text: what kind it is, and the words before and after it."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True)
class Rewriting:
    """What a technique made of a message; `pivot` is the text in between, if there was one."""

    message: str
    operations: tuple[Operation, ...] = ()
    pivot: str = ""


@dataclass(frozen=True)
class Parent:
    """The example a child is made from."""

    example_id: ExampleId
    revision_id: RevisionId
    key: str
    family_id: ExampleId
    inputs: Inputs
    message: str


class Rewriter(Protocol):
    """Rewrites by rule; the same seed gives the same text."""

    @property
    def resources(self) -> Mapping[str, str]:
        """Name and version of everything the rewriting depends on."""
        ...

    def rewrite(
        self, technique: Technique, parent: Parent, seed: int, max_edits: int
    ) -> Rewriting | None:
        """One rewriting, or None where the technique finds nothing to do."""
        ...


class Asker(Protocol):
    """Puts questions to a language model into words, and reads its answers."""

    def resources(self, study: Study) -> Mapping[str, str]:
        """Name and fingerprint of every prompt."""
        ...

    def chat(
        self, study: Study, technique: Technique, parent: Parent, text: str
    ) -> tuple[Message, ...]:
        """Asks for variants of a text that stands for the parent's message."""
        ...

    def chat_for_pivot(self, study: Study, parent: Parent) -> tuple[Message, ...]:
        """Asks for the parent's message in English."""
        ...

    def read(self, answer: str) -> tuple[str, ...] | None:
        """The variants in an answer; None when it is not what was asked for."""
        ...

    def rewriting(self, technique: Technique, before: str, after: str) -> Rewriting | None:
        """A variant with its operations; None when it did more than its technique may."""
        ...


class Reason(StrEnum):
    """Why a child was dropped or held; the order is that of the sieve."""

    MALFORMED = "malformed"
    OTHER_TECHNIQUE = "other_technique"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NO_EMOJI = "no_emoji"
    TOO_MANY_EMOJI = "too_many_emoji"
    EMOJI_VALENCE = "emoji_valence"
    PROFANITY = "profanity"
    SHAMING = "shaming"
    CRISIS = "crisis"
    NOT_INDONESIAN = "not_indonesian"
    NEGATOR_MISMATCH = "negator_mismatch"
    ANTONYM = "antonym"
    REINFORCEMENT_LOST = "reinforcement_lost"
    NEW_CAUSE = "new_cause"
    INPUT_LOST = "input_lost"
    LEFTOVER = "leftover"
    BROKEN = "broken"
    UNCHANGED = "unchanged"
    NEAR_DUPLICATE = "near_duplicate"
    DRIFT = "drift"
    LABEL_DOUBT = "label_doubt"
    SURPLUS = "surplus"


class Fate(StrEnum):
    """What the sieve says: kept for people's review, held until a person takes it, or dropped."""

    KEPT = "kept"
    HELD = "held"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Sifting:
    """What the sieve found: the first reason decides; scores are what it measured."""

    fate: Fate
    reasons: tuple[Reason, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)


class Neighborhood(Protocol):
    """The messages a child must not repeat; grows as children are kept."""

    def add(self, message: str) -> None:
        """One more message to keep clear of."""
        ...


class Sieve(Protocol):
    """Judges children before people do; never says that one is good."""

    @property
    def resources(self) -> Mapping[str, str]:
        """Name and version of everything the judgment depends on."""
        ...

    def beside(self, messages: Sequence[str]) -> Neighborhood:
        """A neighborhood of these messages."""
        ...

    def sift(
        self, study: Study, parent: Parent, message: str, route: Route, beside: Neighborhood
    ) -> Sifting:
        """Every filter in order, cheap before dear."""
        ...


@dataclass(frozen=True)
class Lineage:
    """Where a child comes from; never changes. The family is the starter at its root."""

    example_id: ExampleId
    parent_id: ExampleId
    parent_revision_id: RevisionId
    family_id: ExampleId
    technique: Technique
    route: Route
    seed: int
    operations: tuple[Operation, ...] = ()
    pivot: str = ""
    model: str = ""
    prompt: str = ""
    resources: Mapping[str, str] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """What the ledger knows it by."""
        return self.example_id


@dataclass(frozen=True)
class AugmentationPlan:
    """What to make: weights of techniques, a target for every cell, and what it may cost.

    What stands below `route` holds for the model route only: `budget` in US dollars, and the
    prices of a million tokens, all as decimal text.
    """

    study: str
    seed: int = 20251
    mix: Mapping[Technique, int] = field(default_factory=lambda: dict.fromkeys(Technique, 1))
    target: int = 25
    max_edits: int = 2
    route: Route = Route.OFFLINE
    engine_url: str = ""
    model: str = ""
    budget: str = "0"
    price_read: str = "0"
    price_written: str = "0"


@dataclass(frozen=True)
class AugmentationRun:
    """One plan at work; `person` is who asked for it.

    `resources` are those it was launched with; a run never goes on with others.
    """

    id: AugmentationRunId
    plan: AugmentationPlan
    person: str
    status: RunStatus
    error: str | None
    created_at: datetime
    finished_at: datetime | None = None
    resources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Attempt:
    """One child as it came out of a technique, whatever became of it; never thrown away.

    `number` counts the attempts of a run in a cell. `example_id` is the example a kept child
    became, `left_by` who looked at a held one and left it out.
    """

    run_id: AugmentationRunId
    cell: Cell
    number: int
    parent_id: ExampleId
    parent_revision_id: RevisionId
    technique: Technique
    seed: int
    rewriting: Rewriting
    fate: Fate
    reasons: tuple[Reason, ...]
    scores: Mapping[str, float]
    example_id: ExampleId | None = None
    left_by: str = ""
