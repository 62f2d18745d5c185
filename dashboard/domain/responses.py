"""Responses: one expert's judgment of one revision, and the draft it grows from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dashboard.domain.ids import ExampleId, RevisionId


class Decision(StrEnum):
    """One expert's answer to the question whether they would send the message."""

    ACCEPT = "accept"
    EDIT = "edit"
    REJECT = "reject"
    UNSURE = "unsure"


class Confidence(StrEnum):
    """How sure an expert is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class SkipReason(StrEnum):
    """Why an expert leaves an example to others."""

    NOT_MY_FIELD = "not_my_field"
    UNCLEAR = "unclear"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    OTHER = "other"


class ResponseState(StrEnum):
    """What a response is; one that is only typed so far is a draft and counts nowhere."""

    SUBMITTED = "submitted"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Answer:
    """What the review form holds; `message` is the corrected text of an edit."""

    decision: Decision | None = None
    ratings: Mapping[str, int] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    confidence: Confidence | None = None
    reason: str = ""
    message: str = ""


@dataclass(frozen=True)
class Response:
    """One expert's judgment of one revision; `version` counts what was typed until it was sent.

    `independent` is false when the expert could have read the others' answers before this one;
    such a response counts for the verdict and never for agreement.
    """

    example_id: ExampleId
    revision_id: RevisionId
    expert: str
    state: ResponseState
    answer: Answer
    at: datetime
    skip: SkipReason | None = None
    independent: bool = True
    form_version: str = ""
    guideline_version: int = 1
    version: int = 0

    @property
    def subject(self) -> str:
        """What the ledger knows it by."""
        return f"{self.revision_id}/{self.expert}"

    @property
    def is_submitted(self) -> bool:
        """Whether it counts."""
        return self.state is ResponseState.SUBMITTED


@dataclass(frozen=True)
class Draft:
    """What an expert has entered so far; nobody else ever reads it."""

    example_id: ExampleId
    revision_id: RevisionId
    expert: str
    answer: Answer
    version: int
    saved_at: datetime
