"""Disputes: examples whose answers are in, gathered for the person who decides them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.domain.examples import Example
from dashboard.domain.ids import ExampleId
from dashboard.domain.responses import Decision, Response
from dashboard.domain.review_forms import ReviewForm
from dashboard.domain.verdicts import Ruling
from dashboard.services.recording import blind_ids
from dashboard.services.stores import Stores

SPOT_CHECK_SHARE = 10
"""Every tenth example that all agreed on is looked at again."""


@dataclass(frozen=True)
class Dispute:
    """A complete example with everybody's answers to its current text.

    The answers stand in an order that tells neither who gave them nor when. `is_crisis` says that
    somebody saw a danger for the student, so a person has to take over.
    """

    example: Example
    responses: tuple[Response, ...]
    ruling: Ruling | None
    is_crisis: bool

    @property
    def edits(self) -> tuple[Response, ...]:
        """The answers that propose another text."""
        return tuple(one for one in self.responses if one.answer.decision is Decision.EDIT)


def disputes_of(stores: Stores, form: ReviewForm, ids: Sequence[ExampleId]) -> list[Dispute]:
    """These examples with their answers, in the order they were added; blind ones are left out."""
    examples = {one.id: one for one in stores.examples.some(ids)}
    found = [
        Dispute(
            example=examples[one.example_id],
            responses=tuple(sorted(one.counted, key=_place)),
            ruling=one.ruling,
            is_crisis=any(form.stops(given.answer) for given in one.counted),
        )
        for one in stores.examples.cases(ids)
    ]
    blind = {
        hidden
        for study in {one.study for one in examples.values()}
        for hidden in blind_ids(stores.records.rounds(study))
    }
    # Danger for a student does not wait for a round to be revealed.
    return [one for one in found if one.is_crisis or one.example.id not in blind]


def severity(form: ReviewForm, dispute: Dispute) -> tuple[bool, bool, int, int]:
    """How urgent a dispute is: danger, then doubts about safety, then how answers differ."""
    answers = [one.answer for one in dispute.responses]
    return (
        dispute.is_crisis,
        any(form.is_concerned(one) for one in answers),
        len({one.decision for one in answers}),
        sum(one.decision is Decision.REJECT for one in answers),
    )


def is_drawn(example_id: ExampleId) -> bool:
    """Whether an example belongs to the fixed tenth that is looked at again."""
    return hashlib.sha256(example_id.encode()).digest()[0] % SPOT_CHECK_SHARE == 0


def _place(response: Response) -> str:
    return hashlib.sha256(response.subject.encode()).hexdigest()
