"""Undoing: which deeds can be taken back, and what others built that has to keep standing."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.domain.calibration import Round
from dashboard.domain.errors import Conflict, InvalidInput
from dashboard.domain.examples import Entry, Example
from dashboard.domain.ids import ActionId
from dashboard.domain.ledger import UNDO_LIMIT, Action, Change, Deed, inverses
from dashboard.domain.responses import Answer, Response
from dashboard.domain.verdicts import Case, Ruling, Verdict
from dashboard.services.queueing import seeker_of
from dashboard.services.reviewing import require_undecided
from dashboard.services.stores import Stores


def undoable(stores: Stores, study: str, person: str) -> tuple[Action, ...]:
    """Those of a person's last actions that can still be taken back, newest first.

    What a run did in their name comes after all they did by hand: it is never what they did last.
    """
    # Own undo entries stand between the actions they took back.
    latest = stores.ledger.by_hand(study, person, 2 * UNDO_LIMIT)
    done = [one for one in latest if one.deed is not Deed.UNDO][:UNDO_LIMIT]
    done += stores.ledger.recent(study, person, UNDO_LIMIT, Deed.AUGMENT)
    undone = stores.ledger.undone([one.id for one in done])
    return tuple(one for one in done if one.id not in undone and _can_be(stores, one))


def chosen(
    among: Sequence[Action], action_id: ActionId | None, only: frozenset[Deed] | None
) -> Action:
    """The named action, or the latest; raises InvalidInput for one that is none of `only`."""
    found = next((one for one in among if action_id in (None, one.id)), None)
    if found is None:
        raise InvalidInput(
            "There is nothing to take back; only your own last {limit} actions can be undone.",
            limit=UNDO_LIMIT,
        )
    if only is not None and found.deed not in only:
        raise InvalidInput(
            "What you did last was no answer; take it back on the History page if you want to."
        )
    return found


def require_place(stores: Stores, action: Action, changes: Sequence[Change]) -> None:
    """Raise Conflict or InvalidInput where others have built on what an undo would change."""
    _require_own_texts(stores, action.person, changes)
    for change in changes:
        if isinstance(change.new, Response):
            require_undecided(stores, change.new)
        if change.new is None and isinstance(change.old, Response):
            _require_place_of_answer(stores, change.old)
        if change.new is None and isinstance(change.old, Ruling):
            _require_place_of_ruling(stores, change.old)
        if change.old is None and isinstance(change.new, Round):
            _require_unanswered(stores, change.new)


def _can_be(stores: Stores, action: Action) -> bool:
    """What has been revealed cannot be hidden again, and who has joined stays."""
    if action.deed not in (Deed.CALIBRATE, Deed.TEAM):
        return True
    changes = stores.ledger.changes(action.id)
    return any(inverses(changes)) and not any(
        isinstance(one.old, Round) and isinstance(one.new, Round) and one.new.opens(one.old)
        for one in changes
    )


def _require_own_texts(stores: Stores, person: str, changes: Sequence[Change]) -> None:
    """Raise Conflict where others have answered or ruled on a text that would go."""
    going = [one.new for one in changes if isinstance(one.new, Entry) and _brings_text(one)]
    texts = {one.revision_id for one in going}
    for case in stores.examples.cases([one.id for one in going]):
        if case.revision_id in texts and _is_used(case, person):
            raise Conflict(
                "Others have judged this text since. Edit it, bring an earlier one back or "
                "retire the example instead."
            )


def _brings_text(change: Change) -> bool:
    """Whether an entry is new or shows another text than before."""
    old, new = change.old, change.new
    return not (
        isinstance(old, Entry) and isinstance(new, Entry) and old.revision_id == new.revision_id
    )


def _is_used(case: Case, person: str) -> bool:
    judges = {one.expert for one in case.responses if one.is_submitted}
    if case.ruling is not None:
        judges.add(case.ruling.adjudicator)
    return bool(judges - {person})


def _require_place_of_answer(stores: Stores, back: Response) -> None:
    example = _standing(stores, back)
    draft = stores.work_in_hand.draft(back.revision_id, back.expert)
    if draft is not None and draft.answer not in (back.answer, Answer()):
        raise Conflict(
            "You have typed something else since you took this answer back; submit it, or clear "
            "it first."
        )
    seeker = seeker_of(example.study, back.expert)
    if back.is_submitted and not stores.queue.has_room(example, seeker):
        raise Conflict(
            "Others have given, or are giving, all {needed} answers to this example. Yours "
            "stays as a draft.",
            needed=example.needed,
        )


def _require_place_of_ruling(stores: Stores, back: Ruling) -> None:
    example = _standing(stores, back)
    if example.verdict is Verdict.UNREVIEWED:
        raise Conflict(
            "This example still takes answers ({answered} of {needed}); decide when all are in.",
            answered=example.answered,
            needed=example.needed,
        )


def _standing(stores: Stores, back: Response | Ruling) -> Example:
    """The example of what would come back; raises Conflict unless its text stands in use."""
    example = stores.examples.get(back.example_id)
    if example.revision_id != back.revision_id:
        raise Conflict(
            "This example has another text by now (version {current}), so nothing comes back. "
            "Judge the new text.",
            current=example.revision_number,
        )
    if example.retired:
        raise Conflict(
            "This example was retired meanwhile, so nothing comes back. Bring the example back "
            "first."
        )
    return example


def _require_unanswered(stores: Stores, started: Round) -> None:
    if set(started.example_ids) & set(stores.examples.touched(started.study)):
        raise Conflict(
            "This round has answers already; call it off on the Calibration page instead."
        )
