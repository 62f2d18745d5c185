"""The queue: which example needs an expert most, found by a few index lookups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import Session

from dashboard.domain.examples import Example
from dashboard.domain.queues import Seeker
from dashboard.domain.studies import Cell
from dashboard.domain.verdicts import Verdict
from storage.tables.columns import CELL_MARK
from storage.tables.examples import ExampleRow
from storage.tables.review import ClaimRow, ResponseRow


@dataclass(frozen=True)
class Queue:
    """Examples that wait for answers."""

    session: Session

    def held(self, seeker: Seeker) -> tuple[Example, ...]:
        """Examples this expert holds and may still answer, in the order they were claimed."""
        # Claims first, which are few: in a join SQLite walks through the whole study instead.
        claimed = (
            select(ClaimRow.revision_id)
            .where(ClaimRow.expert == seeker.expert, ClaimRow.expires_at > seeker.at)
            .order_by(ClaimRow.claimed_at)
        )
        held = list(self.session.scalars(claimed))
        if not held:
            return ()
        wanted = (
            select(ExampleRow)
            .where(ExampleRow.revision_id.in_(held), ExampleRow.study == seeker.study)
            .where(*_open_to(seeker.expert))
            .order_by(ExampleRow.sequence)
        )
        found = [row.as_example() for row in self.session.scalars(wanted)]
        return tuple(sorted(found, key=lambda one: held.index(one.revision_id)))

    def first(self, seeker: Seeker) -> Example | None:
        """The example that needs this expert most: fewest answers, then difference, then cell."""
        priority = self._next_priority(seeker.study, -1)
        while priority is not None:
            sequence = self._first_of(seeker, priority)
            if sequence is not None:
                wanted = select(ExampleRow).where(ExampleRow.sequence == sequence)
                return self.session.scalars(wanted).one().as_example()
            priority = self._next_priority(seeker.study, priority)
        return None

    def has_room(self, example: Example, seeker: Seeker) -> bool:
        """Whether the text takes an answer of this expert: places held by others are taken."""
        return self._exists(example, *_takes_answers(seeker.expert), _has_room(seeker))

    def waits_for(self, example: Example, seeker: Seeker) -> bool:
        """Whether there is room, and this expert has neither answered nor skipped it."""
        return self._exists(example, *_open_to(seeker.expert), _has_room(seeker))

    def waiting(self, seeker: Seeker) -> int:
        """How many examples this expert could be given now, those they hold included."""
        return self._count(seeker, _has_room(seeker))

    def elsewhere(self, seeker: Seeker) -> int:
        """How many examples would wait for this expert if others gave back the places they hold."""
        return self._count(seeker, ~_has_room(seeker), ExampleRow.answered < ExampleRow.needed)

    def accepted_in(self, study: str, cells: Sequence[Cell], most: int) -> tuple[int, ...]:
        """How many examples of each cell are accepted, counted up to `most`."""
        counted = (
            select(ExampleRow.sequence)
            .where(
                ExampleRow.study == study,
                ExampleRow.retired.is_(False),
                ExampleRow.cell == bindparam("of_cell"),
                ExampleRow.verdict == Verdict.ACCEPTED,
            )
            .limit(most)
        )
        count = select(func.count()).select_from(counted.subquery())
        return tuple(found for found in self._for_each(cells, count) if found is not None)

    def _count(self, seeker: Seeker, *conditions: ColumnElement[bool]) -> int:
        wanted = select(func.count()).where(
            ExampleRow.study == seeker.study,
            ExampleRow.priority.is_not(None),
            ExampleRow.id.not_in(seeker.closed),
            *_open_to(seeker.expert),
            *conditions,
        )
        return self.session.scalars(wanted).one()

    def _exists(self, example: Example, *conditions: ColumnElement[bool]) -> bool:
        wanted = select(ExampleRow.sequence).where(
            ExampleRow.id == example.id,
            ExampleRow.revision_id == example.revision_id,
            *conditions,
        )
        return self.session.scalars(wanted).first() is not None

    def _next_priority(self, study: str, last: int) -> int | None:
        """The lowest priority above the last one, by one lookup in the index."""
        wanted = select(func.min(ExampleRow.priority)).where(
            ExampleRow.study == study,
            ExampleRow.retired.is_(False),
            ExampleRow.priority > last,
        )
        return self.session.scalars(wanted).one()

    def _first_of(self, seeker: Seeker, priority: int) -> int | None:
        """The first of the neediest cell that has one: a lookup a cell, whatever the size."""
        first = (
            select(ExampleRow.sequence)
            .where(
                ExampleRow.study == seeker.study,
                ExampleRow.retired.is_(False),
                ExampleRow.priority == priority,
                ExampleRow.cell == bindparam("of_cell"),
                ExampleRow.id.not_in(seeker.closed),
                *_open_to(seeker.expert),
                _has_room(seeker),
            )
            .order_by(ExampleRow.sequence)
            .limit(1)
        )
        found = self._for_each(seeker.cells, first)
        return next((one for one in found if one is not None), None)

    def _for_each(self, cells: Sequence[Cell], query: Select[int]) -> Iterator[int | None]:
        """What a query answers for each cell in turn, by Core, which is quick in repeating it."""
        connection = self.session.connection()
        for cell in cells:
            yield connection.execute(query, {"of_cell": CELL_MARK.join(cell)}).scalar()


def _open_to(expert: str) -> tuple[ColumnElement[bool], ...]:
    """The text takes answers, is not this expert's own, and they have not answered or skipped."""
    answered = (
        select(ResponseRow.expert)
        .where(ResponseRow.revision_id == ExampleRow.revision_id, ResponseRow.expert == expert)
        .exists()
    )
    return (*_takes_answers(expert), ~answered)


def _takes_answers(expert: str) -> tuple[ColumnElement[bool], ...]:
    return (
        ExampleRow.verdict == Verdict.UNREVIEWED,
        ExampleRow.retired.is_(False),
        ExampleRow.author != expert,
    )


def _has_room(seeker: Seeker) -> ColumnElement[bool]:
    """Answers given and places held by others leave one free."""
    held = (
        select(func.count())
        .where(
            ClaimRow.revision_id == ExampleRow.revision_id,
            ClaimRow.expert != seeker.expert,
            ClaimRow.expires_at > seeker.at,
        )
        .scalar_subquery()
    )
    return ExampleRow.answered + held < ExampleRow.needed
