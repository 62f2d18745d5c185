"""Reviewing: drafts and answers of one expert; saved means that the database has it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.domain.errors import Conflict, InvalidInput
from dashboard.domain.examples import Example
from dashboard.domain.findings import RuleChecker, refuse_errors
from dashboard.domain.ids import ExampleId, RevisionId, now
from dashboard.domain.ledger import Action, Change, Deed
from dashboard.domain.responses import Answer, Draft, Response, ResponseState, SkipReason
from dashboard.domain.team import person_name
from dashboard.services.answering import require_place, require_unanswered, response_to
from dashboard.services.queueing import hold_if_free, seeker_of
from dashboard.services.recording import Doing, Recorder, round_of
from dashboard.services.stores import Database, Stores


class TypedElsewhere(Conflict):
    """The same person has typed something else meanwhile; both texts are kept."""

    def __init__(self, mine: Answer, theirs: Draft) -> None:
        self.mine = mine
        self.theirs = theirs
        super().__init__(
            "You have typed something else for this example in another window. Both texts are "
            "kept; choose one."
        )


@dataclass(frozen=True)
class Judgment:
    """An answer to the text an expert saw; `request` names what asked for it to count."""

    example_id: ExampleId
    revision_id: RevisionId
    expert: str
    answer: Answer
    request: str = ""


@dataclass(frozen=True)
class Seen:
    """A text as an expert saw it when they did something with it, asked for by `request`."""

    example_id: ExampleId
    revision_id: RevisionId
    expert: str
    request: str = ""


class Reviewing:
    """What an expert does with an example; the same request again changes nothing."""

    def __init__(self, database: Database, recorder: Recorder, checker: RuleChecker) -> None:
        self.database = database
        self.recorder = recorder
        self.checker = checker

    def save_draft(self, judgment: Judgment, seen_version: int) -> Draft:
        """Keep what was entered so far; raises Conflict, and then both texts are kept."""
        with self.database.transaction() as stores:
            example, expert = _current(stores, judgment), person_name(judgment.expert)
            require_unanswered(stores.responses.get(example.revision_id, expert))
            standing = stores.work_in_hand.draft(example.revision_id, expert)
            if standing and standing.answer == judgment.answer:
                return standing
            _require_own_version(standing, judgment.answer, seen_version)
            draft = Draft(
                example_id=example.id,
                revision_id=example.revision_id,
                expert=expert,
                answer=judgment.answer,
                version=seen_version + 1,
                saved_at=now(),
            )
            stores.work_in_hand.save_draft(draft, seen_version)
            hold_if_free(stores, example, seeker_of(example.study, expert))
            return draft

    def submit(self, judgment: Judgment, seen_version: int | None = None) -> Response:
        """Count an answer; the same one again changes nothing, also where it was taken back.

        Raises InvalidInput for what it lacks, and Conflict when the text has changed, all answers
        are in, or another draft than the one seen stands; the draft stays then.
        """
        with self.database.transaction() as stores:
            made = _made_by(stores, judgment)
            if made is not None:
                return made
            example, expert = _current(stores, judgment), person_name(judgment.expert)
            standing = stores.responses.get(example.revision_id, expert)
            if standing and standing.is_submitted and standing.answer == judgment.answer:
                return standing
            if seen_version is not None:
                draft = stores.work_in_hand.draft(example.revision_id, expert)
                _require_own_version(draft, judgment.answer, seen_version)
            require_place(stores, example, expert, standing)
            self._require_fit(stores, example, judgment.answer)
            response = self._response(stores, example, expert, judgment.answer)
            doing = Doing(example.study, expert, Deed.SUBMIT, request=judgment.request)
            self.recorder.record(stores, doing, [Change(standing, response)])
            stores.work_in_hand.release(example.revision_id, expert)
            stores.work_in_hand.drop_draft(example.revision_id, expert)
            return response

    def skip(self, text: Seen, skip: SkipReason, reason: str = "") -> Response:
        """Leave an example to others, saying why; a submitted answer is not skipped.

        What was typed so far stays a draft. Raises Conflict when the text has changed.
        """
        with self.database.transaction() as stores:
            made = _made_by(stores, text)
            if made is not None:
                return made
            example, expert = _current(stores, text), person_name(text.expert)
            standing = stores.responses.get(example.revision_id, expert)
            if standing and standing.skip is skip and standing.answer.reason == reason.strip():
                return standing
            require_unanswered(standing)
            if skip is SkipReason.OTHER and not reason.strip():
                raise InvalidInput("Say in a few words why you leave this example to others.")
            answered = self._response(stores, example, expert, Answer(reason=reason.strip()))
            response = replace(answered, state=ResponseState.SKIPPED, skip=skip)
            doing = Doing(example.study, expert, Deed.SKIP, request=text.request)
            self.recorder.record(stores, doing, [Change(standing, response)])
            stores.work_in_hand.release(example.revision_id, expert)
            return response

    def reopen(self, text: Seen) -> None:
        """Take one's own answer back into a draft, or a skipped example into one's queue.

        Raises Conflict when the text has changed.
        """
        with self.database.transaction() as stores:
            if _done_by(stores, text):
                return
            example, expert = _current(stores, text), person_name(text.expert)
            standing = stores.responses.get(example.revision_id, expert)
            if standing is None:
                return
            require_undecided(stores, standing)
            doing = Doing(example.study, expert, Deed.REOPEN, request=text.request)
            self.recorder.record(stores, doing, [Change(standing, None)])
            if standing.is_submitted:
                keep_as_draft(stores, standing)
            reopened = stores.examples.get(example.id)
            hold_if_free(stores, reopened, seeker_of(example.study, expert))

    def drafts(self, study: str, expert: str) -> tuple[Draft, ...]:
        """Everything this expert has begun, oldest first."""
        with self.database.reading() as stores:
            return stores.work_in_hand.drafts(study, expert)

    def answered(self, study: str, expert: str, limit: int = 20) -> tuple[Response, ...]:
        """This expert's own answers, newest first."""
        with self.database.reading() as stores:
            return stores.responses.own(study, expert, limit)

    def _require_fit(self, stores: Stores, example: Example, answer: Answer) -> None:
        study = self.recorder.study(example.study)
        calibrated = example.id in round_of(stores.records.rounds(example.study))
        study.form.require_complete(answer, example.message, all_ratings=calibrated)
        if answer.message.strip():
            refuse_errors(self.checker.check(study, example.inputs, answer.message.strip()))

    def _response(self, stores: Stores, example: Example, expert: str, answer: Answer) -> Response:
        return response_to(stores, self.recorder.study(example.study), example, expert, answer)


def keep_as_draft(stores: Stores, response: Response) -> None:
    """What was answered goes on as a draft, unless one stands already."""
    if stores.work_in_hand.draft(response.revision_id, response.expert) is None:
        draft = Draft(
            example_id=response.example_id,
            revision_id=response.revision_id,
            expert=response.expert,
            answer=response.answer,
            version=response.version + 1,
            saved_at=now(),
        )
        stores.work_in_hand.save_draft(draft, seen_version=0)


def require_undecided(stores: Stores, response: Response) -> None:
    """Raise InvalidInput when an adjudicator has ruled on the text that was answered."""
    if stores.responses.ruling(response.revision_id):
        raise InvalidInput("This example has been decided; take the decision back first.")


def _done_by(stores: Stores, seen: Seen | Judgment) -> Action | None:
    """What this request has done already, if it came before."""
    study = stores.examples.get(seen.example_id).study
    return stores.ledger.requested(study, person_name(seen.expert), seen.request)


def _made_by(stores: Stores, seen: Seen | Judgment) -> Response | None:
    """The response this request has made already, whether or not it still stands."""
    action = _done_by(stores, seen)
    changes = stores.ledger.changes(action.id) if action else ()
    return next((one.new for one in changes if isinstance(one.new, Response)), None)


def _current(stores: Stores, seen: Seen | Judgment) -> Example:
    """The example whose text was seen; raises Conflict when it shows another one by now."""
    example = stores.examples.get(seen.example_id)
    example.require_shown(seen.revision_id)
    return example


def _require_own_version(standing: Draft | None, answer: Answer, seen_version: int) -> None:
    """Raise TypedElsewhere when another draft stands than the one that was seen."""
    if standing and standing.version != seen_version and standing.answer != answer:
        raise TypedElsewhere(answer, standing)
