"""Team: who is in it, and the rules it reviews by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dashboard.domain.calibration import Round
from dashboard.domain.errors import Conflict, InvalidInput
from dashboard.domain.ids import ExampleId
from dashboard.domain.ledger import Change, Deed
from dashboard.domain.team import Person, Policy, person_name
from dashboard.domain.verdicts import Move, Verdict
from dashboard.services.recording import Doing, Recorder, Terms, round_of
from dashboard.services.stores import Database, Stores


class Team:
    """What a team decides about itself; nobody's work is ever removed."""

    def __init__(self, database: Database, recorder: Recorder) -> None:
        self.database = database
        self.recorder = recorder

    def people(self, study: str) -> tuple[Person, ...]:
        """The team by name, those who left included."""
        with self.database.reading() as stores:
            return stores.records.people(study)

    def names(self, study: str) -> tuple[str, ...]:
        """Those who are in the team now, by name."""
        return tuple(one.name for one in self.people(study) if one.is_active)

    def policy(self, study: str) -> Policy:
        """How the study is reviewed."""
        with self.database.reading() as stores:
            return stores.records.policy(study)

    def add(self, study: str, name: str, by: str) -> Person:
        """Take somebody into the team; raises InvalidInput for a name that is in it already."""
        person = Person(study, person_name(name))
        with self.database.transaction() as stores:
            taken = {one.name.casefold() for one in stores.records.people(study)}
            if person.name.casefold() in taken:
                raise InvalidInput("This name is taken; add a surname or a number to it.")
            own = person.name == person_name(by)  # Whoever does something joins by it.
            changes = [] if own else [Change(None, person)]
            self.recorder.record(stores, Doing(study, by, Deed.TEAM, person.name), changes)
        return person

    def leaving(self, study: str, name: str) -> tuple[Move, ...]:
        """What would change if somebody left: rounds that run would no longer wait for them."""
        with self.database.reading() as stores:
            terms = _terms(stores, study)
            rounds = tuple(_without(one, name) for one in terms.rounds)
            moves = self._moves(stores, tuple(round_of(rounds)), replace(terms, rounds=rounds))
            return _foretold(moves)

    def leave(self, study: str, name: str, by: str) -> tuple[Move, ...]:
        """Mark somebody as gone: their places are free at once, and all their work stays."""
        moves = self.leaving(study, name)
        with self.database.transaction() as stores:
            person = _known(stores, study, name)
            if not person.is_active:
                raise InvalidInput("“{name}” has left already.", name=name)
            changes = [Change(person, replace(person, is_active=False))]
            changes += [
                Change(one, _without(one, name))
                for one in stores.records.rounds(study)
                if one.is_running and name in one.experts
            ]
            self.recorder.record(stores, Doing(study, by, Deed.TEAM, name), changes)
            stores.work_in_hand.release_all(study, name)
        return moves

    def bring_back(self, study: str, name: str, by: str) -> None:
        """Take somebody who left into the team again; rounds go on without them."""
        with self.database.transaction() as stores:
            person = _known(stores, study, name)
            if person.is_active:
                raise InvalidInput("“{name}” is in the team already.", name=name)
            changes = [Change(person, replace(person, is_active=True))]
            self.recorder.record(stores, Doing(study, by, Deed.TEAM, name), changes)

    def preview(self, policy: Policy) -> tuple[Move, ...]:
        """What other rules would change, without what open answers say; nothing is stored."""
        policy.require_usable()
        with self.database.reading() as stores:
            terms = replace(_terms(stores, policy.study), policy=policy)
            return _foretold(self._moves(stores, stores.examples.touched(policy.study), terms))

    def agree(self, policy: Policy, seen: Policy, by: str) -> tuple[Move, ...]:
        """Review by other rules from now on; says what that changed.

        Raises InvalidInput for a number that makes no sense or for no change at all, and Conflict
        when somebody has changed the rules since they were `seen`.
        """
        policy.require_usable()
        study = policy.study
        with self.database.transaction() as stores:
            if stores.records.policy(study) != seen:
                raise Conflict(
                    "Somebody changed the rules meanwhile; nothing was overwritten. Look at the "
                    "new ones and save again."
                )
            if policy == seen:
                raise InvalidInput("Nothing was changed, so nothing was saved.")
            terms = replace(_terms(stores, study), policy=policy)
            moves = self._moves(stores, stores.examples.touched(study), terms)
            recorded = stores.ledger.of_noun(study, "policy")
            old = recorded[0].change.new if recorded else None
            self.recorder.record(stores, Doing(study, by, Deed.POLICY), [Change(old, policy)])
            return moves

    def _moves(self, stores: Stores, ids: Sequence[ExampleId], terms: Terms) -> tuple[Move, ...]:
        now = {one.id: one for one in stores.examples.some(ids) if not one.retired}
        then = self.recorder.standings(stores, tuple(now), terms)
        counted = Counter((now[one.example_id].verdict, one.verdict) for one in then)
        return tuple(
            Move(old, new, count) for (old, new), count in sorted(counted.items()) if old != new
        )


def _foretold(moves: Sequence[Move]) -> tuple[Move, ...]:
    """The moves as anybody may know them before they happen: open examples become complete."""
    opened = Verdict.UNREVIEWED
    known = tuple(one for one in moves if one.old is not opened)
    closing = sum(one.count for one in moves if one.old is opened)
    return (*known, *([Move(opened, None, closing)] if closing else []))


def _terms(stores: Stores, study: str) -> Terms:
    return Terms(stores.records.policy(study), stores.records.rounds(study))


def _without(one: Round, name: str) -> Round:
    """A round as it goes on when somebody leaves; one that is closed stays as it was."""
    if not one.is_running:
        return one
    return replace(one, experts=tuple(expert for expert in one.experts if expert != name))


def _known(stores: Stores, study: str, name: str) -> Person:
    found = next((one for one in stores.records.people(study) if one.name == name), None)
    if found is None:
        raise InvalidInput("“{name}” is not in the team; add them first.", name=name)
    return found
