"""Adjudication: disputed examples, decided with a reason and traceable to who decided."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain.errors import Conflict, InvalidInput
from dashboard.domain.examples import Example, ExampleFilter
from dashboard.domain.findings import RuleChecker, refuse_errors
from dashboard.domain.ids import ExampleId, RevisionId, now
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.responses import Decision
from dashboard.domain.team import person_name
from dashboard.domain.verdicts import Basis, Case, Cause, Ruling, Verdict
from dashboard.services.adding import Edit, next_revision, replaced_by
from dashboard.services.disputes import Dispute, disputes_of, is_drawn, severity
from dashboard.services.recording import Doing, Recorder
from dashboard.services.stores import Database, Stores

LIMIT = 500
DECIDED_SHOWN = 50
BLIND = "The answers of this calibration round stay hidden until it is revealed; decide after that."


@dataclass(frozen=True)
class Decided:
    """What an adjudicator decides; `text` is the edited message, `adopted` whose edit it is.

    An adopted text is the one that was seen: if its expert has changed it since, it conflicts.
    """

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
        """Disputed examples, worst first: danger, safety concerns, then the most different."""
        wanted = ExampleFilter(study, verdict=Verdict.DISPUTED)
        form = self.recorder.study(study).form
        with self.database.reading() as stores:
            found = disputes_of(stores, form, stores.examples.ids(wanted, 10 * LIMIT))
        return tuple(sorted(found, key=lambda one: severity(form, one), reverse=True))[:LIMIT]

    def spot_checks(self, study: str) -> tuple[Dispute, ...]:
        """A fixed tenth of the examples that all agreed on."""
        wanted = ExampleFilter(study, verdict=Verdict.ACCEPTED)
        with self.database.reading() as stores:
            ids = [one for one in stores.examples.ids(wanted, 10 * LIMIT) if is_drawn(one)]
            found = disputes_of(stores, self.recorder.study(study).form, ids[:LIMIT])
        return tuple(one for one in found if one.example.basis is Basis.UNANIMOUS)

    def decided(self, study: str) -> tuple[Dispute, ...]:
        """The examples that were decided last, newest first."""
        with self.database.reading() as stores:
            ruled = stores.ledger.of_noun(study, "ruling")
            ids = dict.fromkeys(one.change.example_id for one in ruled if one.change.example_id)
            newest = tuple(ids)[:DECIDED_SHOWN]
            found = disputes_of(stores, self.recorder.study(study).form, newest)
        standing = {one.example.id: one for one in found if one.ruling is not None}
        return tuple(standing[one] for one in newest if one in standing)

    def dispute(self, example_id: ExampleId) -> Dispute:
        """One example with all its answers; raises InvalidInput while they may not be read."""
        with self.database.reading() as stores:
            example = stores.examples.get(example_id)
            _require_closed(example)
            found = disputes_of(stores, self.recorder.study(example.study).form, [example_id])
        if not found:
            raise InvalidInput(BLIND)
        return found[0]

    def may_decide(self, dispute: Dispute, person: str) -> bool:
        """Whether this person has not answered the example, or the team lets them all the same."""
        if person not in {one.expert for one in dispute.responses}:
            return True
        with self.database.reading() as stores:
            return stores.records.policy(dispute.example.study).adjudicate_own

    def decide(self, decided: Decided, adjudicator: str) -> Example:
        """Rule on a text, or put an edited one in its place.

        An edit of somebody else's is accepted by adopting it; an edit of one's own starts open,
        because another person has to accept it. Raises InvalidInput or Conflict.
        """
        person = person_name(adjudicator)
        with self.database.transaction() as stores:
            example = stores.examples.get(decided.example_id)
            [case] = stores.examples.cases([example.id])
            self._require_undecided(stores, example, case, decided)
            policy = stores.records.policy(example.study)
            if _answered(case, person) and not policy.adjudicate_own:
                raise InvalidInput(
                    "You have answered this example, so somebody else has to decide it. A small "
                    "team can allow this on the Team page."
                )
            _require_reasoned(case, decided, person)
            if decided.decision is Decision.EDIT:
                changes = self._edited(stores, example, case, decided, person)
            else:
                changes = [Change(None, _ruling(case, decided, person, example.revision_id))]
            doing = Doing(example.study, person, Deed.RULE, decided.reason)
            self.recorder.record(stores, doing, changes)
            return stores.examples.get(example.id)

    def revoke(self, example_id: ExampleId, person: str, reason: str) -> Example:
        """Take a ruling back, saying why; the example stands again where its answers put it."""
        if not reason.strip():
            raise InvalidInput("Say in a few words why, so that others can learn.")
        with self.database.transaction() as stores:
            example = stores.examples.get(example_id)
            ruling = stores.responses.ruling(example.revision_id)
            if ruling is None:
                raise InvalidInput("Nobody has decided this example, so nothing was taken back.")
            doing = Doing(example.study, person, Deed.REVOKE, reason)
            self.recorder.record(stores, doing, [Change(ruling, None)])
            return stores.examples.get(example_id)

    def _require_undecided(
        self, stores: Stores, example: Example, case: Case, decided: Decided
    ) -> None:
        example.require_shown(decided.revision_id)
        _require_closed(example)
        if not disputes_of(stores, self.recorder.study(example.study).form, [example.id]):
            raise InvalidInput(BLIND)
        if case.ruling is not None:
            raise Conflict("This example has been decided; take the decision back first.")

    def _edited(
        self, stores: Stores, example: Example, case: Case, decided: Decided, person: str
    ) -> list[Change]:
        author = decided.adopted or person
        text = _adopted_text(case, decided) if decided.adopted else decided.text.strip()
        study = self.recorder.study(example.study)
        refuse_errors(self.checker.check(study, example.inputs, text))
        if text == example.message:
            raise InvalidInput("The corrected text is the same as the message; change it.")
        number = example.revision_number
        edit = Edit(example.id, number, example.inputs, text, author, decided.reason)
        revision = next_revision(stores, edit)
        changes = replaced_by(example, revision)
        if author != person:
            changes.append(Change(None, _ruling(case, decided, person, revision.id)))
        return changes


def _require_closed(example: Example) -> None:
    if example.verdict is Verdict.UNREVIEWED:
        raise InvalidInput(
            "This example still takes answers ({answered} of {needed}); decide when all are in.",
            answered=example.answered,
            needed=example.needed,
        )


def _require_reasoned(case: Case, decided: Decided, person: str) -> None:
    if decided.decision is Decision.UNSURE:
        raise InvalidInput("Decide: accept, take an edit, or reject.")
    if case.author == person and decided.decision is Decision.ACCEPT:
        raise InvalidInput("This text is yours; somebody else has to judge it.")
    if not decided.reason.strip() and not _matches_somebody(case, decided):
        raise InvalidInput("Nobody answered like this; say in a few words why you decide so.")


def _answered(case: Case, person: str) -> bool:
    return any(one.expert == person and one.is_submitted for one in case.responses)


def _matches_somebody(case: Case, decided: Decided) -> bool:
    if decided.decision is Decision.EDIT:
        return decided.adopted is not None
    return any(one.answer.decision is decided.decision for one in case.counted)


def _adopted_text(case: Case, decided: Decided) -> str:
    for one in case.counted:
        text = one.answer.message.strip()
        if one.expert == decided.adopted and text == decided.text.strip():
            return text
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
