"""History: who did what, taking one's own deeds back, and the proof that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.domain.examples import Revision
from dashboard.domain.ids import ActionId, ExampleId
from dashboard.domain.ledger import Action, Change, Deed, Logged, inverses
from dashboard.domain.responses import Response
from dashboard.domain.team import person_name
from dashboard.domain.verdicts import Ruling
from dashboard.services.reading import reader_of
from dashboard.services.recording import Doing, Recorder
from dashboard.services.reviewing import keep_as_draft
from dashboard.services.stores import Database, Stores
from dashboard.services.undoing import chosen, require_place, undoable

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
        would tell where the answers to an open text stand, and so would the reasons of all.
        """
        with self.database.reading() as stores:
            reader = reader_of(stores, stores.examples.get(example_id), viewer)
            return tuple(
                one if reader.hidden is None else _unspoken(one)
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

        What has been revealed cannot be hidden again, and who has joined stays.
        """
        with self.database.reading() as stores:
            return _told(stores, undoable(stores, study, person_name(person)))

    def undo(
        self,
        study: str,
        person: str,
        action_id: ActionId | None = None,
        *,
        only: frozenset[Deed] | None = None,
        request: str = "",
    ) -> LogLine:
        """Take an own action back, the latest if none is named; raises InvalidInput or Conflict.

        A bulk action is taken back as a whole. An answer becomes a draft again. Where the action
        is none of `only`, nothing is taken back. The same `request` again changes nothing.
        """
        person = person_name(person)
        with self.database.transaction() as stores:
            done = _done_by(stores, study, person, request)
            if done is not None:
                return done
            action = chosen(undoable(stores, study, person), action_id, only)
            changes = stores.ledger.changes(action.id)
            require_place(stores, action, changes)
            doing = Doing(study, person, Deed.UNDO, undoes=action.id, request=request)
            self.recorder.record(stores, doing, tuple(inverses(changes)))
            for change in changes:
                _settle_draft(stores, change, action.deed)
            [line] = _told(stores, [action])
            return line

    def count(self, action_id: ActionId) -> int:
        """How many examples an action changed."""
        with self.database.reading() as stores:
            touched = stores.ledger.touched([action_id]).get(action_id)
            return touched.count if touched else 0

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
                action=_without_reason(one),
                count=about.count if about else 0,
                example_id=about.first if about else None,
                key=keys[about.first] if about else "",
                undid=deeds[one.undoes] if one.undoes else None,
                was_undone=one.id in undone,
            )
        )
    return tuple(lines)


def _without_reason(action: Action) -> Action:
    return replace(action, note="") if action.deed in SPOKEN else action


def _unspoken(logged: Logged) -> Logged:
    """The same without what an adjudicator said, in the deed or in the text it put in place."""
    spoken = Revision | Ruling if logged.action.deed in SPOKEN else Ruling
    old, new = (
        replace(one, reason="") if isinstance(one, spoken) else one
        for one in (logged.change.old, logged.change.new)
    )
    return Logged(_without_reason(logged.action), Change(old, new))


def _done_by(stores: Stores, study: str, person: str, request: str) -> LogLine | None:
    """What this request has taken back already, if it came before."""
    done = stores.ledger.requested(study, person, request)
    if done is None or done.undoes is None:
        return None
    [line] = _told(stores, [stores.ledger.get(done.undoes)])
    return line


def _settle_draft(stores: Stores, change: Change, deed: Deed) -> None:
    """An answer that was taken back goes on as a draft, one that came back leaves none.

    What was answered to many at once was typed for none of them.
    """
    old, new = change.old, change.new
    if isinstance(new, Response) and new.is_submitted and deed is not Deed.JUDGE:
        keep_as_draft(stores, new)
    if isinstance(old, Response) and new is None:
        stores.work_in_hand.drop_draft(old.revision_id, old.expert)
