"""Calibration: a blind round on a few examples, its reveal, the talk after it, and its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.domain.calibration import Invitation, Round, Turnout, spread
from dashboard.domain.errors import InvalidInput, NotFound
from dashboard.domain.examples import Example, ExampleFilter
from dashboard.domain.ids import ExampleId, new_id, now
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.responses import Response
from dashboard.domain.studies import Study
from dashboard.domain.team import Person
from dashboard.domain.verdicts import Case, Verdict
from dashboard.services.concord import Compared, answers_at, compared
from dashboard.services.recording import Doing, Recorder, blind_ids, round_of
from dashboard.services.stores import Database, Stores

ALL = 1_000_000


@dataclass(frozen=True)
class SideBySide:
    """One example of a round as one viewer may see it.

    `first` are the answers as of the reveal, `now` those that stand; `is_open` says whether the
    viewer may read what others answered.
    """

    example: Example
    first: tuple[Response, ...]
    now: tuple[Response, ...]
    is_open: bool


class Calibration:
    """What a team does in a calibration round; it judges texts, never people."""

    def __init__(self, database: Database, recorder: Recorder) -> None:
        self.database = database
        self.recorder = recorder

    def rounds(self, study: str) -> tuple[Round, ...]:
        """Every round, newest first."""
        with self.database.reading() as stores:
            return stores.records.rounds(study)

    def start(self, invitation: Invitation, by: str) -> Round:
        """Draw examples that nobody has answered or holds, and ask the experts for them."""
        invitation.require_usable()
        study = invitation.study
        with self.database.transaction() as stores:
            _require_active(stores.records.people(study), invitation.experts)
            drawn = spread(self._free(stores, invitation), invitation.size, invitation.seed)
            if len(drawn) < invitation.size:
                raise InvalidInput(
                    "Only {count} examples are free for a round: nobody may have answered or hold "
                    "them. Choose fewer, or wait.",
                    count=len(drawn),
                )
            started = Round(
                id=new_id(),
                study=study,
                name=" ".join(invitation.name.split()),
                example_ids=drawn,
                experts=tuple(sorted(set(invitation.experts), key=str.casefold)),
                started_at=now(),
            )
            doing = Doing(study, by, Deed.CALIBRATE, started.name)
            self.recorder.record(stores, doing, [Change(None, started)])
            return started

    def turnout(self, of: Round) -> tuple[Turnout, ...]:
        """How far each expert of a round is, by counts alone."""
        with self.database.reading() as stores:
            return _turnout(of, stores.examples.cases(of.example_ids))

    def reveal(self, of: Round, by: str, note: str = "") -> Round:
        """Lay the answers open; before all are in this needs a note that says why."""
        with self.database.transaction() as stores:
            standing = _standing(stores, of)
            if not standing.is_blind:
                raise InvalidInput("This round is open already.")
            turnout = _turnout(standing, stores.examples.cases(standing.example_ids))
            if any(one.waiting for one in turnout) and not note.strip():
                raise InvalidInput("Not all answers are in yet; say why you open the round now.")
            return self._change(stores, standing, replace(standing, revealed_at=now()), by, note)

    def close(self, of: Round, by: str, note: str = "") -> Round:
        """End a round: its examples follow the usual rule again, and its answers count.

        One that was never revealed is called off, which needs a note.
        """
        with self.database.transaction() as stores:
            standing = _standing(stores, of)
            if not standing.is_running:
                raise InvalidInput("This round is closed already.")
            if standing.is_blind and not note.strip():
                raise InvalidInput("Not all answers are open yet; say why you call the round off.")
            return self._change(stores, standing, replace(standing, closed_at=now()), by, note)

    def side_by_side(self, of: Round, viewer: str) -> tuple[SideBySide, ...]:
        """The round's examples with the answers this viewer may read."""
        with self.database.reading() as stores:
            standing = _standing(stores, of)
            blind = blind_ids(stores.records.rounds(of.study))
            found = {one.id: one for one in stores.examples.some(standing.example_ids)}
            return tuple(
                _seen_by(stores, found[one], standing, viewer, blind)
                for one in standing.example_ids
            )

    def agreement(self, of: Round, viewer: str) -> tuple[Compared, ...]:
        """How far the experts agreed at the reveal and agree now, question by question.

        Nothing before the reveal, and nothing for an expert who still has answers to give.
        """
        with self.database.reading() as stores:
            standing = _standing(stores, of)
            turnout = _turnout(standing, stores.examples.cases(standing.example_ids))
            if standing.revealed_at is None or _waits_for(turnout, viewer):
                return ()
            logs = [stores.ledger.of_example(one) for one in standing.example_ids]
        end = standing.closed_at or now()
        form = self._study(of).form
        before = [answers_at(log, standing.revealed_at) for log in logs]
        return compared(form, before, [answers_at(log, end) for log in logs])

    def _study(self, of: Round) -> Study:
        return self.recorder.study(of.study)

    def _free(
        self, stores: Stores, invitation: Invitation
    ) -> list[tuple[ExampleId, tuple[str, ...]]]:
        name = invitation.study
        wanted = ExampleFilter(name, verdict=Verdict.UNREVIEWED)
        taken = {one.example_id for one in stores.work_in_hand.claims(name, now())}
        taken |= set(round_of(stores.records.rounds(name))) | set(stores.examples.touched(name))
        study = self.recorder.study(name)
        return [
            (one.id, study.cell(one.inputs))
            for one in stores.examples.page(wanted, 0, ALL).examples
            if one.id not in taken and one.author not in invitation.experts
        ]

    def _change(self, stores: Stores, old: Round, new: Round, by: str, note: str) -> Round:
        doing = Doing(old.study, by, Deed.CALIBRATE, note)
        self.recorder.record(stores, doing, [Change(old, new)])
        return new


def _standing(stores: Stores, of: Round) -> Round:
    """The round as it stands now; raises NotFound when its start was taken back."""
    found = next((one for one in stores.records.rounds(of.study) if one.id == of.id), None)
    if found is None:
        raise NotFound("This calibration round does not exist, or no longer.")
    return found


def _require_active(people: Sequence[Person], experts: Sequence[str]) -> None:
    active = {one.name for one in people if one.is_active}
    for expert in experts:
        if expert not in active:
            raise InvalidInput("“{name}” is not in the team; add them first.", name=expert)


def _turnout(of: Round, cases: Sequence[Case]) -> tuple[Turnout, ...]:
    found = []
    for expert in of.experts:
        given = [(case, response) for case in cases for response in case.responses]
        own = [response for _case, response in given if response.expert == expert]
        answered = sum(one.is_submitted for one in own)
        written = sum(case.author == expert for case in cases)
        waiting = len(cases) - len(own) - written
        found.append(Turnout(expert, answered, len(own) - answered, max(0, waiting)))
    return tuple(found)


def _waits_for(turnout: Sequence[Turnout], viewer: str) -> bool:
    return any(one.expert == viewer and one.waiting for one in turnout)


def _seen_by(
    stores: Stores, example: Example, of: Round, viewer: str, blind: Sequence[ExampleId]
) -> SideBySide:
    visible = stores.responses.visible(example.id, viewer, blind)
    current = tuple(
        one for one in visible if one.revision_id == example.revision_id and one.is_submitted
    )
    if of.revealed_at is None:
        return SideBySide(example, (), tuple(o for o in current if o.expert == viewer), False)
    first = _by_expert(answers_at(stores.ledger.of_example(example.id), of.revealed_at))
    answered = viewer in first or any(one.expert == viewer for one in current)
    if not answered and example.verdict is Verdict.UNREVIEWED:
        return SideBySide(example, (), (), False)
    return SideBySide(example, tuple(first.values()), current, True)


def _by_expert(answers: Sequence[Response]) -> Mapping[str, Response]:
    return {one.expert: one for one in sorted(answers, key=lambda one: one.expert.casefold())}
