"""Adjudication: disputed examples, decided with a reason and traceable to who decided."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.domain.errors import Conflict, InvalidInput
from dashboard.domain.examples import Example, ExampleFilter, Revision
from dashboard.domain.findings import RuleChecker, refuse_errors
from dashboard.domain.ids import ExampleId, RevisionId, new_id, now
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.responses import Decision, Response
from dashboard.domain.review_forms import ReviewForm
from dashboard.domain.team import person_name
from dashboard.domain.verdicts import Basis, Case, Cause, Ruling, Verdict
from dashboard.services.recording import Doing, Recorder
from dashboard.services.stores import Database, Stores

LIMIT = 500
SPOT_CHECK_SHARE = 10
"""Every tenth example that all agreed on is looked at again."""


@dataclass(frozen=True)
class Dispute:
    """A complete example with everybody's answers to its current text."""

    example: Example
    responses: tuple[Response, ...]
    ruling: Ruling | None


@dataclass(frozen=True)
class Decided:
    """What an adjudicator decides; `text` is the edited message, `adopted` whose edit it is."""

    example_id: ExampleId
    revision_id: RevisionId
    decision: Decision
    cause: Cause
    reason: str
    text: str = ""
    adopted: str | None = None


class Adjudication:
    """What an adjudicator does; nobody's answer is ever changed."""

    def __init__(self, database: Database, recorder: Recorder, checker: RuleChecker) -> None:
        self.database = database
        self.recorder = recorder
        self.checker = checker

    def disputed(self, study: str) -> tuple[Dispute, ...]:
        """Disputed examples, worst first: safety concerns, then the most different answers."""
        wanted = ExampleFilter(study, verdict=Verdict.DISPUTED)
        with self.database.reading() as stores:
            found = _disputes(stores, stores.examples.ids(wanted, LIMIT))
        form = self.recorder.study(study).form
        return tuple(sorted(found, key=lambda one: _severity(form, one), reverse=True))

    def spot_checks(self, study: str) -> tuple[Dispute, ...]:
        """A fixed tenth of the examples that all agreed on."""
        wanted = ExampleFilter(study, verdict=Verdict.ACCEPTED)
        with self.database.reading() as stores:
            ids = [one for one in stores.examples.ids(wanted, 10 * LIMIT) if _is_drawn(one)]
            found = _disputes(stores, ids[:LIMIT])
        return tuple(one for one in found if one.example.basis is Basis.UNANIMOUS)

    def dispute(self, example_id: ExampleId) -> Dispute:
        """One example with all its answers; raises InvalidInput while it still takes some."""
        with self.database.reading() as stores:
            [found] = _disputes(stores, [stores.examples.get(example_id).id])
        _require_closed(found.example)
        return found

    def decide(self, decided: Decided, adjudicator: str) -> Example:
        """Rule on a text, or put an edited one in its place.

        An edit of somebody else's is accepted by adopting it; an edit of one's own starts open,
        because another person has to accept it. Raises InvalidInput or Conflict.
        """
        person = person_name(adjudicator)
        with self.database.transaction() as stores:
            example = stores.examples.get(decided.example_id)
            [case] = stores.examples.cases([example.id])
            self._require_allowed(stores, example, case, decided, person)
            if decided.decision is Decision.EDIT:
                changes = self._edited(stores, example, case, decided, person)
            else:
                ruling = _ruling(case, decided, person, example.revision_id)
                changes = [Change(case.ruling, ruling)]
            doing = Doing(example.study, person, Deed.RULE, decided.reason)
            self.recorder.record(stores, doing, changes)
            return stores.examples.get(example.id)

    def revoke(self, example_id: ExampleId, person: str, reason: str) -> Example:
        """Take a ruling back; the example stands again where its answers put it."""
        with self.database.transaction() as stores:
            example = stores.examples.get(example_id)
            ruling = stores.responses.ruling(example.revision_id)
            if ruling is None:
                raise InvalidInput("Nobody has decided this example, so nothing was taken back.")
            doing = Doing(example.study, person, Deed.REVOKE, reason)
            self.recorder.record(stores, doing, [Change(ruling, None)])
            return stores.examples.get(example_id)

    def _require_allowed(
        self, stores: Stores, example: Example, case: Case, decided: Decided, person: str
    ) -> None:
        if example.revision_id != decided.revision_id:
            raise Conflict(
                "Somebody changed this example while you were judging it (it is now version "
                "{current}). Read the new text and judge again.",
                current=example.revision_number,
            )
        _require_closed(example)
        if decided.decision is Decision.UNSURE:
            raise InvalidInput("Decide: accept, take an edit, or reject.")
        if example.author == person and decided.decision is Decision.ACCEPT:
            raise InvalidInput("This text is yours; somebody else has to judge it.")
        policy = stores.records.policy(example.study)
        if _answered(case, person) and not policy.adjudicate_own:
            raise InvalidInput(
                "You have answered this example, so somebody else has to decide it. A small team "
                "can allow this on the Team page."
            )
        if not decided.reason.strip() and not _matches_somebody(case, decided):
            raise InvalidInput("Nobody answered like this; say in a few words why you decide so.")

    def _edited(
        self, stores: Stores, example: Example, case: Case, decided: Decided, person: str
    ) -> list[Change]:
        author = decided.adopted or person
        text = _adopted_text(case, decided) if decided.adopted else decided.text.strip()
        study = self.recorder.study(example.study)
        refuse_errors(self.checker.check(study, example.inputs, text))
        if text == example.message:
            raise InvalidInput("The corrected text is the same as the message; change it.")
        revision = Revision(
            id=RevisionId(new_id()),
            example_id=example.id,
            number=stores.examples.revisions(example.id)[0].number + 1,
            inputs=example.inputs,
            message=text,
            author=author,
            reason=decided.reason.strip(),
            created_at=now(),
        )
        changes = [Change(None, revision), Change(example.entry, example.entry.showing(revision))]
        if author != person:
            changes.append(Change(None, _ruling(case, decided, person, revision.id)))
        return changes


def _disputes(stores: Stores, ids: Sequence[ExampleId]) -> list[Dispute]:
    examples = {one.id: one for one in stores.examples.some(ids)}
    return [
        Dispute(examples[one.example_id], one.counted, one.ruling)
        for one in stores.examples.cases(ids)
    ]


def _severity(form: ReviewForm, dispute: Dispute) -> tuple[bool, bool, int, int]:
    answers = [one.answer for one in dispute.responses]
    return (
        any(form.stops(one) for one in answers),
        any(form.is_concerned(one) for one in answers),
        len({one.decision for one in answers}),
        sum(one.decision is Decision.REJECT for one in answers),
    )


def _is_drawn(example_id: ExampleId) -> bool:
    return hashlib.sha256(example_id.encode()).digest()[0] % SPOT_CHECK_SHARE == 0


def _require_closed(example: Example) -> None:
    if example.verdict is Verdict.UNREVIEWED:
        raise InvalidInput(
            "This example still takes answers ({answered} of {needed}); decide when all are in.",
            answered=example.answered,
            needed=example.needed,
        )


def _answered(case: Case, person: str) -> bool:
    return any(one.expert == person and one.is_submitted for one in case.responses)


def _matches_somebody(case: Case, decided: Decided) -> bool:
    if decided.decision is Decision.EDIT:
        return decided.adopted is not None
    return any(one.answer.decision is decided.decision for one in case.counted)


def _adopted_text(case: Case, decided: Decided) -> str:
    for one in case.counted:
        if one.expert == decided.adopted and one.answer.decision is Decision.EDIT:
            return one.answer.message.strip()
    raise Conflict("This edit was taken back meanwhile. Load the page and look again.")


def _ruling(case: Case, decided: Decided, person: str, revision_id: RevisionId) -> Ruling:
    rejected = decided.decision is Decision.REJECT
    return Ruling(
        revision_id=revision_id,
        example_id=case.example_id,
        decision=Decision.REJECT if rejected else Decision.ACCEPT,
        adjudicator=person,
        cause=decided.cause,
        reason=decided.reason.strip(),
        answered_self=_answered(case, person),
        at=now(),
    )
