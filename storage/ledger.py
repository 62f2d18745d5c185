"""The ledger: actions and their changes, append-only, and the state they add up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from dashboard.domain.errors import Conflict, NotFound
from dashboard.domain.ids import ActionId, ExampleId
from dashboard.domain.ledger import Action, Change, Deed, Fact, Logged, Touched
from storage import facts
from storage.fact_values import fact_of, fingerprint, noun_of, value_of
from storage.tables.augmentation import LineageRow
from storage.tables.examples import ExampleRow, RevisionRow
from storage.tables.ledger import ActionRow, ChangeRow, RecordRow
from storage.tables.review import ResponseRow, RulingRow
from storage.writing import insert_into, write

OVERTAKEN = (
    "Somebody changed this meanwhile; nothing was overwritten. Load the page and look again."
)
STATE_ROWS = (ExampleRow, RevisionRow, LineageRow, ResponseRow, RulingRow, RecordRow)


@dataclass(frozen=True)
class Ledger:
    """Everything people did; what stands is what its changes add up to."""

    session: Session

    def record(self, action: Action, changes: Sequence[Change]) -> None:
        """Make the changes and write them down; raises Conflict where `old` no longer stands."""
        try:
            facts.add_all(self.session, [one.new for one in changes if one.new and not one.old])
        except IntegrityError as error:
            raise Conflict(OVERTAKEN) from error
        for change in changes:
            if change.old is not None:
                self._replace(change.old, change.new)
        self._write(action, changes)

    def recent(
        self, study: str, person: str | None, limit: int, deed: Deed | None = None
    ) -> tuple[Action, ...]:
        """The latest actions of a study, of one person or one deed in it, newest first."""
        wanted = select(ActionRow).where(ActionRow.study == study)
        if person is not None:
            wanted = wanted.where(ActionRow.person == person)
        if deed is not None:
            wanted = wanted.where(ActionRow.deed == deed)
        rows = self.session.scalars(wanted.order_by(ActionRow.sequence.desc()).limit(limit))
        return tuple(row.as_action() for row in rows)

    def by_hand(self, study: str, person: str, limit: int) -> tuple[Action, ...]:
        """A person's latest actions but those a run did in their name, newest first."""
        wanted = select(ActionRow).where(ActionRow.study == study, ActionRow.person == person)
        wanted = wanted.where(ActionRow.deed != Deed.AUGMENT)
        rows = self.session.scalars(wanted.order_by(ActionRow.sequence.desc()).limit(limit))
        return tuple(row.as_action() for row in rows)

    def requested(self, study: str, person: str, request: str) -> Action | None:
        """What this request of a person has led to; None for one that is new or has no name."""
        if not request:
            return None
        wanted = select(ActionRow).where(ActionRow.request == request)
        wanted = wanted.where(ActionRow.study == study, ActionRow.person == person)
        row = self.session.scalars(wanted.order_by(ActionRow.sequence.desc())).first()
        return row.as_action() if row else None

    def get(self, action_id: ActionId) -> Action:
        """One action; raises NotFound."""
        row = self.session.scalars(select(ActionRow).where(ActionRow.id == action_id)).first()
        if row is None:
            raise NotFound("This entry of the history does not exist.")
        return row.as_action()

    def some(self, action_ids: Sequence[ActionId]) -> tuple[Action, ...]:
        """These actions, newest first."""
        wanted = select(ActionRow).where(ActionRow.id.in_(action_ids))
        rows = self.session.scalars(wanted.order_by(ActionRow.sequence.desc()))
        return tuple(row.as_action() for row in rows)

    def touched(self, action_ids: Sequence[ActionId]) -> Mapping[ActionId, Touched]:
        """The examples each action changed; actions about something else are no keys."""
        examples = func.count(ChangeRow.example_id.distinct())
        wanted = (
            select(ChangeRow.action_id, examples, func.min(ChangeRow.example_id))
            .where(ChangeRow.action_id.in_(action_ids), ChangeRow.example_id.is_not(None))
            .group_by(ChangeRow.action_id)
        )
        rows = self.session.execute(wanted)
        return {one: Touched(count, first) for one, count, first in rows if first is not None}

    def undone(self, action_ids: Sequence[ActionId]) -> frozenset[ActionId]:
        """Those of the actions that another one has taken back."""
        wanted = select(ActionRow.undoes).where(ActionRow.undoes.in_(action_ids))
        return frozenset(one for one in self.session.scalars(wanted) if one is not None)

    def changes(self, action_id: ActionId) -> tuple[Change, ...]:
        """What an action changed, in order."""
        wanted = select(ChangeRow).where(ChangeRow.action_id == action_id)
        rows = self.session.scalars(wanted.order_by(ChangeRow.position))
        return tuple(_change(row) for row in rows)

    def of_example(self, example_id: ExampleId) -> tuple[Logged, ...]:
        """Everything that happened to an example, newest first."""
        return tuple(self._logged(ChangeRow.example_id == example_id))

    def of_noun(self, study: str, noun: str) -> tuple[Logged, ...]:
        """Every change of one kind of fact in a study, newest first."""
        return tuple(self._logged((ActionRow.study == study) & (ChangeRow.noun == noun)))

    def replayed(self) -> str:
        """The fingerprint of what all changes add up to, from nothing."""
        state: dict[tuple[str, str], dict[str, Any]] = {}
        in_order: Select[Any] = (
            select(ChangeRow.noun, ChangeRow.subject, ChangeRow.new)
            .join(ActionRow, ActionRow.id == ChangeRow.action_id)
            .order_by(ActionRow.sequence, ChangeRow.position)
        )
        for noun, subject, new in self.session.execute(in_order):
            if new is None:
                state.pop((noun, subject), None)
            else:
                state[noun, subject] = new
        # Read as facts, so that what an earlier Afektif wrote means the same in both.
        return fingerprint(
            (noun, subject, value_of(fact_of(noun, value)))
            for (noun, subject), value in state.items()
        )

    def state(self) -> str:
        """The fingerprint of the facts as the tables hold them."""
        return fingerprint(
            (noun_of(fact), fact.subject, value_of(fact))
            for row in STATE_ROWS
            for fact in self._facts(row)
        )

    def _facts(self, row: Any) -> Iterator[Fact]:
        for one in self.session.scalars(select(row)):
            yield one.as_fact()

    def _replace(self, old: Fact, new: Fact | None) -> None:
        if facts.standing_fact(self.session, old) != old:
            raise Conflict(OVERTAKEN)
        if new is None:
            facts.take_away(self.session, old)
        else:
            facts.put(self.session, new)

    def _write(self, action: Action, changes: Sequence[Change]) -> None:
        write(self.session, insert_into(self.session, ActionRow), [vars(action)])
        rows = [
            {
                "action_id": action.id,
                "position": position,
                "noun": noun_of(change.fact),
                "subject": change.fact.subject,
                "example_id": change.example_id,
                "old": value_of(change.old) if change.old else None,
                "new": value_of(change.new) if change.new else None,
            }
            for position, change in enumerate(changes)
        ]
        write(self.session, insert_into(self.session, ChangeRow), rows)

    def _logged(self, condition: Any) -> Iterator[Logged]:
        wanted = (
            select(ActionRow, ChangeRow)
            .join(ChangeRow, ActionRow.id == ChangeRow.action_id)
            .where(condition)
            .order_by(ActionRow.sequence.desc(), ChangeRow.position.desc())
        )
        for action, change in self.session.execute(wanted):
            yield Logged(action.as_action(), _change(change))


def _change(row: ChangeRow) -> Change:
    return Change(
        old=fact_of(row.noun, row.old) if row.old else None,
        new=fact_of(row.noun, row.new) if row.new else None,
    )
