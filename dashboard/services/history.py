"""History: who did what, taking one's own deeds back, and the proof that nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain.calibration import Round
from dashboard.domain.errors import InvalidInput
from dashboard.domain.ids import ActionId, ExampleId
from dashboard.domain.ledger import UNDO_LIMIT, Action, Change, Deed, Logged, inverses
from dashboard.domain.responses import Response
from dashboard.domain.team import person_name
from dashboard.services.recording import Doing, Recorder, blind_ids
from dashboard.services.reviewing import keep_as_draft, require_undecided
from dashboard.services.stores import Database, Stores


@dataclass(frozen=True)
class Proof:
    """The fingerprint of what stands, and of what the ledger adds up to from nothing."""

    state: str
    replayed: str

    @property
    def holds(self) -> bool:
        """Whether both are the same."""
        return self.state == self.replayed


class History:
    """What people ask of the ledger."""

    def __init__(self, database: Database, recorder: Recorder) -> None:
        self.database = database
        self.recorder = recorder

    def of_example(self, example_id: ExampleId, viewer: str) -> tuple[Logged, ...]:
        """Everything that happened to an example, newest first, as far as this viewer may read."""
        with self.database.reading() as stores:
            example = stores.examples.get(example_id)
            blind = blind_ids(stores.records.rounds(example.study))
            visible = stores.responses.visible(example_id, viewer, blind)
            open_to_viewer = {one.subject for one in visible}
            return tuple(
                one
                for one in stores.ledger.of_example(example_id)
                if not isinstance(one.change.fact, Response)
                or one.change.fact.expert == viewer
                or one.change.fact.subject in open_to_viewer
            )

    def log(self, study: str, limit: int = 200) -> tuple[Action, ...]:
        """The team's latest actions, newest first; what experts answered is not in them."""
        with self.database.reading() as stores:
            return stores.ledger.recent(study, None, limit)

    def undoable(self, study: str, person: str) -> tuple[Action, ...]:
        """Those of a person's last actions that can still be taken back, newest first.

        What has been revealed cannot be hidden again.
        """
        with self.database.reading() as stores:
            return _undoable(stores, study, person_name(person))

    def undo(self, study: str, person: str, action_id: ActionId | None = None) -> Action:
        """Take an own action back, the latest if none is named; raises InvalidInput or Conflict.

        A bulk action is taken back as a whole. An answer becomes a draft again.
        """
        person = person_name(person)
        with self.database.transaction() as stores:
            action = _chosen(_undoable(stores, study, person), action_id)
            changes = stores.ledger.changes(action.id)
            taken_back = [one.new for one in changes if isinstance(one.new, Response)]
            for response in taken_back:
                require_undecided(stores, response)
            doing = Doing(study, person, Deed.UNDO, undoes=action.id)
            self.recorder.record(stores, doing, tuple(inverses(changes)))
            for response in taken_back:
                if response.is_submitted:
                    keep_as_draft(stores, response)
            for response in (one.old for one in changes if isinstance(one.old, Response)):
                stores.work_in_hand.drop_draft(response.revision_id, response.expert)
            return action

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
