"""Recording: the one way a change gets into the ledger, and verdicts follow from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.domain.calibration import Round
from dashboard.domain.errors import InvalidInput, NotFound
from dashboard.domain.ids import ActionId, ExampleId, new_id, now
from dashboard.domain.ledger import Action, Change, Deed
from dashboard.domain.studies import Study
from dashboard.domain.team import HOUSE, Person, person_name
from dashboard.domain.verdicts import standing_of
from dashboard.services.stores import Stores


@dataclass(frozen=True)
class Doing:
    """Who does what in which study, and why."""

    study: str
    person: str
    deed: Deed
    note: str = ""
    undoes: ActionId | None = None


class Recorder:
    """Writes changes down and derives what they mean, inside the caller's transaction."""

    def __init__(self, studies: Mapping[str, Study]) -> None:
        self.studies = studies

    def study(self, name: str) -> Study:
        """The study with this name; raises NotFound."""
        if name not in self.studies:
            raise NotFound("There is no study “{name}” under data/studies.", name=name)
        return self.studies[name]

    def record(self, stores: Stores, doing: Doing, changes: Sequence[Change]) -> Action:
        """Make the changes, write them down, settle what they touch; raises Conflict.

        Whoever does something for the first time joins the team by it.
        """
        person = person_name(doing.person)
        action = Action(
            id=ActionId(new_id()),
            study=doing.study,
            person=person,
            deed=doing.deed,
            at=now(),
            note=doing.note.strip(),
            undoes=doing.undoes,
        )
        stores.ledger.record(action, [*_joining(stores, doing.study, person), *changes])
        ids = dict.fromkeys(one.example_id for one in changes if one.example_id is not None)
        self.settle(stores, doing.study, tuple(ids))
        return action

    def settle(self, stores: Stores, study: str, ids: Sequence[ExampleId]) -> None:
        """Derive and store where these examples stand."""
        described, policy = self.study(study), stores.records.policy(study)
        in_round = round_of(stores.records.rounds(study))
        stores.examples.settle(
            [
                standing_of(
                    case,
                    described,
                    policy.rule,
                    len(in_round[case.example_id].experts)
                    if case.example_id in in_round
                    else policy.overlap,
                )
                for case in stores.examples.cases(ids)
            ]
        )


def round_of(rounds: Sequence[Round]) -> dict[ExampleId, Round]:
    """The running calibration round that each of its examples belongs to."""
    return {example_id: one for one in rounds if one.is_running for example_id in one.example_ids}


def blind_ids(rounds: Sequence[Round]) -> tuple[ExampleId, ...]:
    """Examples whose answers nobody may read yet."""
    return tuple(example for example, one in round_of(rounds).items() if one.is_blind)


def _joining(stores: Stores, study: str, person: str) -> list[Change]:
    if person == HOUSE:
        return []
    known = next((one for one in stores.records.people(study) if one.name == person), None)
    if known is None:
        return [Change(None, Person(study, person))]
    if not known.is_active:
        raise InvalidInput(
            "“{name}” has left the team. Choose another name, or let somebody bring the person "
            "back on the Team page.",
            name=person,
        )
    return []
