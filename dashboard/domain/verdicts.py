"""Verdicts: what the answers of several people come to, by a stated rule."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.domain.responses import Decision, Response
from dashboard.domain.review_forms import ReviewForm
from dashboard.domain.studies import Cell, Inputs, Study


class Verdict(StrEnum):
    """What people have decided about the current revision; `accepted` is gold."""

    UNREVIEWED = "unreviewed"
    DISPUTED = "disputed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Basis(StrEnum):
    """What a verdict rests on."""

    UNANIMOUS = "unanimous"
    MAJORITY = "majority"
    ADJUDICATED = "adjudicated"


class Rule(StrEnum):
    """How the answers decide: all must agree, or more than half of them."""

    UNANIMOUS = "unanimous"
    MAJORITY = "majority"


class Cause(StrEnum):
    """Why people disagreed, as the adjudicator sees it."""

    AMBIGUOUS = "ambiguous"
    GUIDELINE_GAP = "guideline_gap"
    SLIP = "slip"
    DIFFERENCE = "difference"
    OTHER = "other"


@dataclass(frozen=True)
class Ruling:
    """An adjudicator's decision on one revision; `answered_self` stamps one who had answered it."""

    revision_id: RevisionId
    example_id: ExampleId
    decision: Decision
    adjudicator: str
    cause: Cause
    reason: str
    answered_self: bool
    at: datetime

    @property
    def subject(self) -> str:
        """What the ledger knows it by."""
        return self.revision_id


@dataclass(frozen=True)
class Case:
    """Everything a verdict is derived from: one revision, its author, answers and ruling.

    A child was made from another example.
    """

    example_id: ExampleId
    revision_id: RevisionId
    inputs: Inputs
    author: str
    responses: tuple[Response, ...]
    ruling: Ruling | None
    is_child: bool = False

    @property
    def counted(self) -> tuple[Response, ...]:
        """The submitted answers; nobody's answer to a text of their own is among them."""
        return tuple(
            one for one in self.responses if one.is_submitted and one.expert != self.author
        )


@dataclass(frozen=True)
class Standing:
    """Where an example stands; `priority` orders the queue, lowest first, None when closed.

    `responses` are all that its current text has; while it is `blind`, nobody reads others'.
    """

    example_id: ExampleId
    cell: Cell
    verdict: Verdict
    basis: Basis | None
    answered: int
    needed: int
    priority: int | None
    responses: tuple[Response, ...] = ()
    is_blind: bool = False

    @property
    def open_answers(self) -> tuple[Response, ...]:
        """The submitted answers that everybody may read."""
        if self.is_blind or self.verdict is Verdict.UNREVIEWED:
            return ()
        return tuple(one for one in self.responses if one.is_submitted)


@dataclass(frozen=True)
class Move:
    """How many examples a change of the rules takes from one verdict to another.

    `new` is None where it is not told: an open example would be complete, and the verdict would
    say how its hidden answers read.
    """

    old: Verdict
    new: Verdict | None
    count: int


VERDICT_OF = {Decision.ACCEPT: Verdict.ACCEPTED, Decision.REJECT: Verdict.REJECTED}


def standing_of(
    case: Case, study: Study, rule: Rule, needed: int, *, is_blind: bool = False
) -> Standing:
    """The rule of the house, for a revision that needs so many answers.

    A ruling decides. Without one, a stopping flag (crisis) disputes at once; fewer than `needed`
    answers leave the example open; then an answer with a safety concern, an edit, a doubt or a
    difference disputes it, unless the rule is majority and one side has more than half. While
    answers are blind, a verdict would tell of them, so the example stays open after the last one.
    """
    verdict, basis = _verdict(case, study.form, rule, math.inf if is_blind else needed)
    answered = len(case.counted)
    is_open = verdict is Verdict.UNREVIEWED
    differ = len({one.answer.decision for one in case.counted}) > 1
    return Standing(
        example_id=case.example_id,
        cell=study.cell(case.inputs),
        verdict=verdict,
        basis=basis,
        answered=answered,
        needed=needed,
        priority=2 * answered + (0 if differ else 1) if is_open else None,
        responses=case.responses,
        is_blind=is_blind,
    )


def _verdict(
    case: Case, form: ReviewForm, rule: Rule, needed: float
) -> tuple[Verdict, Basis | None]:
    if case.ruling is not None:
        return VERDICT_OF[case.ruling.decision], Basis.ADJUDICATED
    if any(form.stops(one.answer) for one in case.counted):
        return Verdict.DISPUTED, None
    if len(case.counted) < needed:
        return Verdict.UNREVIEWED, None
    verdict, basis = _agreed([one.answer.decision for one in case.counted], rule)
    if verdict is Verdict.ACCEPTED and any(form.is_concerned(o.answer) for o in case.counted):
        return Verdict.DISPUTED, None
    return verdict, basis


def _agreed(decisions: Sequence[Decision | None], rule: Rule) -> tuple[Verdict, Basis | None]:
    for decision, verdict in VERDICT_OF.items():
        count = decisions.count(decision)
        if count == len(decisions):
            return verdict, Basis.UNANIMOUS
        if rule is Rule.MAJORITY and count > len(decisions) / 2:
            return verdict, Basis.MAJORITY
    return Verdict.DISPUTED, None
