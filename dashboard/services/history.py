"""History: who did what, taking one's own deeds back, and the proof that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.domain.calibration import Round
from dashboard.domain.errors import Conflict, InvalidInput
from dashboard.domain.ids import ActionId, ExampleId
from dashboard.domain.ledger import UNDO_LIMIT, Action, Change, Deed, Logged, inverses
from dashboard.domain.responses import Response
from dashboard.domain.team import person_name
from dashboard.domain.verdicts import Ruling, Verdict
from dashboard.services.queueing import seeker_of
from dashboard.services.reading import reader_of
from dashboard.services.recording import Doing, Recorder
from dashboard.services.reviewing import keep_as_draft, require_undecided
from dashboard.services.stores import Database, Stores

SPOKEN = frozenset({Deed.RULE, Deed.REVOKE})
"""Deeds whose reasons say what answers said; they are read at the example, by those who may."""


@dataclass(frozen=True)
class Proof:
    """The fingerprint of what stands, and of what the ledger adds up to from nothing."""

    state: str
    replayed: str

    @property
    def holds(self) -> bool:
        """Whether both are the same."""
        return self.state == self.replayed


@dataclass(frozen=True)
class LogLine:
    """An action as the team's log tells it.

    `count` examples were changed; `example_id` and `key` name the first of them. `undid` is the
    deed that an undo took back, `was_undone` says that this action was taken back itself.
    """

    action: Action
    count: int = 0
    example_id: ExampleId | None = None
    key: str = ""
    undid: Deed | None = None
    was_undone: bool = False


class History:
    """What people ask of the ledger."""

    def __init__(self, database: Database, recorder: Recorder) -> None:
        self.database = database
        self.recorder = recorder

    def of_example(self, example_id: ExampleId, viewer: str) -> tuple[Logged, ...]:
        """Everything that happened to an example, newest first, as far as this viewer may read.

        Answers of others show once they may be read, and so do rulings: one that was taken back
        would tell where the answers to an open text stand.
        """
        with self.database.reading() as stores:
            reader = reader_of(stores, stores.examples.get(example_id), viewer)
            return tuple(
                one
                for one in stores.ledger.of_example(example_id)
                if reader.may_read(one.change.fact)
            )

    def log(
        self, study: str, person: str | None = None, deed: Deed | None = None, limit: int = 200
    ) -> tuple[LogLine, ...]:
        """The team's latest actions, newest first; what experts answered is not in them."""
        with self.database.reading() as stores:
            return _told(stores, stores.ledger.recent(study, person, limit, deed))

    def people(self, study: str) -> tuple[str, ...]:
        """Everyone who has done something in this study, by name."""
        with self.database.reading() as stores:
            return tuple(one.name for one in stores.records.people(study))

    def undoable(self, study: str, person: str) -> tuple[LogLine, ...]:
        """Those of a person's last actions that can still be taken back, newest first.

        What has been revealed cannot be hidden again.
        """
        with self.database.reading() as stores:
            return _told(stores, _undoable(stores, study, person_name(person)))

    def undo(
        self, study: str, person: str, action_id: ActionId | None = None, request: str = ""
    ) -> LogLine:
        """Take an own action back, the latest if none is named; raises InvalidInput or Conflict.

        A bulk action is taken back as a whole. An answer becomes a draft again. The same
        `request` again changes nothing.
        """
        person = person_name(person)
        with self.database.transaction() as stores:
            done = _done_by(stores, study, person, request)
            if done is not None:
                return done
            action = _chosen(_undoable(stores, study, person), action_id)
            changes = stores.ledger.changes(action.id)
            taken_back = [one.new for one in changes if isinstance(one.new, Response)]
            for response in taken_back:
                require_undecided(stores, response)
            for change in changes:
                _require_place(stores, change)
            doing = Doing(study, person, Deed.UNDO, undoes=action.id, request=request)
            self.recorder.record(stores, doing, tuple(inverses(changes)))
            for response in taken_back:
                if response.is_submitted:
                    keep_as_draft(stores, response)
            for response in (one.old for one in changes if isinstance(one.old, Response)):
                stores.work_in_hand.drop_draft(response.revision_id, response.expert)
            [line] = _told(stores, [action])
            return line

    def changes(self, action_id: ActionId) -> tuple[Change, ...]:
        """What an action changed; answers of others are left out."""
        with self.database.reading() as stores:
            action = stores.ledger.get(action_id)
            return tuple(
                one
                for one in stores.ledger.changes(action.id)
                if not isinstance(one.fact, Response)
            )

    def proof(self) -> Proof:
        """Replay the ledger from nothing and compare with what stands."""
        with self.database.reading() as stores:
            return Proof(stores.ledger.state(), stores.ledger.replayed())


def _told(stores: Stores, actions: Sequence[Action]) -> tuple[LogLine, ...]:
    ids = [one.id for one in actions]
    touched, undone = stores.ledger.touched(ids), stores.ledger.undone(ids)
    keys = {one.id: one.key for one in stores.examples.some([t.first for t in touched.values()])}
    undoes = [one.undoes for one in actions if one.undoes is not None]
    deeds = {one.id: one.deed for one in stores.ledger.some(undoes)}
    lines = []
    for one in actions:
        about = touched.get(one.id)
        lines.append(
            LogLine(
                action=replace(one, note="") if one.deed in SPOKEN else one,
                count=about.count if about else 0,
                example_id=about.first if about else None,
                key=keys[about.first] if about else "",
                undid=deeds[one.undoes] if one.undoes else None,
                was_undone=one.id in undone,
            )
        )
    return tuple(lines)


def _done_by(stores: Stores, study: str, person: str, request: str) -> LogLine | None:
    """What this request has taken back already, if it came before."""
    done = stores.ledger.requested(study, person, request)
    if done is None or done.undoes is None:
        return None
    [line] = _told(stores, [stores.ledger.get(done.undoes)])
    return line


def _undoable(stores: Stores, study: str, person: str) -> tuple[Action, ...]:
    # Own undo entries stand between the actions they took back.
    latest = stores.ledger.recent(study, person, 2 * UNDO_LIMIT)
    done = [one for one in latest if one.deed is not Deed.UNDO][:UNDO_LIMIT]
    undone = stores.ledger.undone([one.id for one in done])
    return tuple(one for one in done if one.id not in undone and not _revealed(stores, one))


def _revealed(stores: Stores, action: Action) -> bool:
    if action.deed is not Deed.CALIBRATE:
        return False
    return any(
        isinstance(one.old, Round) and isinstance(one.new, Round) and one.new.opens(one.old)
        for one in stores.ledger.changes(action.id)
    )


def _chosen(undoable: tuple[Action, ...], action_id: ActionId | None) -> Action:
    found = next((one for one in undoable if action_id in (None, one.id)), None)
    if found is None:
        raise InvalidInput(
            "There is nothing to take back; only your own last {limit} actions can be undone.",
            limit=UNDO_LIMIT,
        )
    return found


def _require_place(stores: Stores, change: Change) -> None:
    """Raise Conflict where what an undo would bring back has lost its place meanwhile."""
    back = change.old
    if not isinstance(back, Response | Ruling) or change.new is not None:
        return
    example = stores.examples.get(back.example_id)
    if example.revision_id != back.revision_id or example.retired:
        return
    if isinstance(back, Response):
        if back.is_submitted and not stores.queue.has_room(
            example, seeker_of(example.study, back.expert)
        ):
            raise Conflict(
                "Others have given, or are giving, all {needed} answers to this example. Yours "
                "stays as a draft.",
                needed=example.needed,
            )
    elif example.verdict is Verdict.UNREVIEWED:
        raise Conflict(
            "This example still takes answers ({answered} of {needed}); decide when all are in.",
            answered=example.answered,
            needed=example.needed,
        )
