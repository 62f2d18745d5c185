"""Queueing: what an expert sees next, held for them while they read it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from dashboard.domain.examples import Example
from dashboard.domain.findings import Facts, Finding, RuleChecker
from dashboard.domain.ids import ExampleId, now
from dashboard.domain.queues import Seeker
from dashboard.domain.responses import Draft, Response
from dashboard.domain.studies import Cell, Study
from dashboard.domain.team import person_name
from dashboard.services.recording import Recorder, blind_ids, has_left, require_present, round_of
from dashboard.services.stores import Database, Stores


@dataclass(frozen=True)
class Card:
    """One example as one expert may see it: their own work, and the others' once it is due."""

    example: Example
    facts: Facts
    findings: tuple[Finding, ...]
    draft: Draft | None
    own: Response | None
    others: tuple[Response, ...]


class Queueing:
    """Hands out examples; never to more people than answers are needed."""

    def __init__(self, database: Database, recorder: Recorder, checker: RuleChecker) -> None:
        self.database = database
        self.recorder = recorder
        self.checker = checker

    def upcoming(self, study: str, expert: str, count: int) -> tuple[Card, ...]:
        """The expert's next examples, held for them: those held already, then the neediest.

        Raises InvalidInput for somebody who has left the team.
        """
        seeker = seeker_of(study, expert)
        with self.database.transaction() as stores:
            require_present(stores, study, seeker.expert)
            held = list(stores.queue.held(seeker))
            if len(held) < count:
                seeker = self._with_needs(stores, seeker, held)
            while len(held) < count:
                found = self._next(stores, seeker)
                if found is None:
                    break
                hold(stores, found, seeker)
                held.append(found)
                seeker = replace(seeker, closed=(*seeker.closed, found.id))
            return tuple(self.card_of(stores, one, seeker.expert) for one in held[:count])

    def open(self, example_id: ExampleId, expert: str) -> Card:
        """One example of the expert's choice, held for them if it takes their answer.

        Raises NotFound.
        """
        with self.database.transaction() as stores:
            example = stores.examples.get(example_id)
            hold_if_free(stores, example, seeker_of(example.study, expert))
            return self.card_of(stores, example, person_name(expert))

    def card(self, example_id: ExampleId, viewer: str) -> Card:
        """One example as somebody may see it, held for nobody; raises NotFound."""
        with self.database.reading() as stores:
            return self.card_of(stores, stores.examples.get(example_id), viewer)

    def card_of(self, stores: Stores, example: Example, viewer: str) -> Card:
        """An example with what this viewer may read of its answers."""
        study = self.recorder.study(example.study)
        blind = blind_ids(stores.records.rounds(example.study))
        visible = stores.responses.visible(example.id, viewer, blind)
        current = [one for one in visible if one.revision_id == example.revision_id]
        return Card(
            example=example,
            facts=self.checker.facts(study, example.inputs, example.message),
            findings=self.checker.check(study, example.inputs, example.message),
            draft=stores.work_in_hand.draft(example.revision_id, viewer),
            own=next((one for one in current if one.expert == viewer), None),
            others=tuple(one for one in current if one.expert != viewer and one.is_submitted),
        )

    def _with_needs(self, stores: Stores, seeker: Seeker, held: list[Example]) -> Seeker:
        foreign = foreign_to(stores, seeker.study, seeker.expert)
        target = stores.records.policy(seeker.study).target
        cells = neediest(stores, self.recorder.study(seeker.study), target)
        return replace(seeker, cells=cells, closed=(*foreign, *(one.id for one in held)))

    def _next(self, stores: Stores, seeker: Seeker) -> Example | None:
        """Calibration comes first: the others wait for it."""
        for example_id, of in round_of(stores.records.rounds(seeker.study)).items():
            if seeker.expert in of.experts and example_id not in seeker.closed:
                example = stores.examples.get(example_id)
                if stores.queue.waits_for(example, seeker):
                    return example
        return stores.queue.first(seeker)


def seeker_of(study: str, expert: str) -> Seeker:
    """An expert who looks for work now; raises InvalidInput for an empty name."""
    return Seeker(study, person_name(expert), now())


def hold(stores: Stores, example: Example, seeker: Seeker) -> None:
    """Keep a place among the example's answers for as long as the policy says."""
    minutes = stores.records.policy(example.study).claim_minutes
    until = seeker.at + timedelta(minutes=minutes)
    stores.work_in_hand.claim(example, seeker.expert, seeker.at, until)


def hold_if_free(stores: Stores, example: Example, seeker: Seeker) -> None:
    """Keep a place if there is one for this expert."""
    own = stores.responses.get(example.revision_id, seeker.expert)
    answered = own is not None and own.is_submitted
    may_answer = not answered and invited(stores, example, seeker.expert)
    is_free = may_answer and not has_left(stores, example.study, seeker.expert)
    if is_free and stores.queue.has_room(example, seeker):
        hold(stores, example, seeker)


def invited(stores: Stores, example: Example, expert: str) -> bool:
    """Whether the example is open to this expert: those of a running round are its experts'."""
    of = round_of(stores.records.rounds(example.study)).get(example.id)
    return of is None or expert in of.experts


def foreign_to(stores: Stores, study: str, expert: str) -> tuple[ExampleId, ...]:
    """Examples of running rounds that are not this expert's."""
    rounds = round_of(stores.records.rounds(study))
    return tuple(one for one, of in rounds.items() if expert not in of.experts)


def neediest(stores: Stores, study: Study, target: int) -> tuple[Cell, ...]:
    """The study's cells, those with the fewest accepted examples first."""
    cells = study.all_cells()
    accepted = dict(zip(cells, stores.queue.accepted_in(study.name, cells, target), strict=True))
    return tuple(sorted(cells, key=lambda cell: accepted[cell]))
