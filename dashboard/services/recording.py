"""Recording: the one way a change gets into the ledger, and verdicts follow from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.domain.calibration import Round
from dashboard.domain.errors import InvalidInput, NotFound
from dashboard.domain.ids import ActionId, ExampleId, new_id, now
from dashboard.domain.ledger import Action, Change, Deed
from dashboard.domain.studies import Study
from dashboard.domain.team import HOUSE, Person, Policy, person_name
from dashboard.domain.verdicts import Case, Standing, standing_of
from dashboard.services.stores import Stores


@dataclass(frozen=True)
class Doing:
    """Who does what in which study, and why; `request` names what asked for it."""

    study: str
    person: str
    deed: Deed
    note: str = ""
    undoes: ActionId | None = None
    request: str = ""


@dataclass(frozen=True)
class Terms:
    """What the team has agreed on that decides where examples stand."""

    policy: Policy
    rounds: tuple[Round, ...]


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

        Whoever does something for the first time joins the team by it. A changed policy settles
        every example, a changed round those that were or are in it.
        """
        seeding = doing.person == HOUSE and doing.deed is Deed.ADD
        person = HOUSE if seeding else person_name(doing.person)
        action = Action(
            id=ActionId(new_id()),
            study=doing.study,
            person=person,
            deed=doing.deed,
            at=now(),
            note=doing.note.strip(),
            undoes=doing.undoes,
            request=doing.request,
        )
        stores.ledger.record(action, [*_joining(stores, doing.study, person), *changes])
        self.settle(stores, doing.study, _touched(stores, doing.study, changes))
        return action

    def settle(self, stores: Stores, study: str, ids: Sequence[ExampleId]) -> None:
        """Derive and store where these examples stand."""
        terms = Terms(stores.records.policy(study), stores.records.rounds(study))
        stores.examples.settle(self.standings(stores, ids, terms))

    def standings(
        self, stores: Stores, ids: Sequence[ExampleId], terms: Terms
    ) -> tuple[Standing, ...]:
        """Where these examples stand, or would stand under other terms; nothing is stored."""
        study, in_round = self.study(terms.policy.study), round_of(terms.rounds)
        return tuple(
            _standing(case, study, terms.policy, in_round.get(case.example_id))
            for case in stores.examples.cases(ids)
        )


def round_of(rounds: Sequence[Round]) -> dict[ExampleId, Round]:
    """The running calibration round that each of its examples belongs to."""
    return {example_id: one for one in rounds if one.is_running for example_id in one.example_ids}


def blind_ids(rounds: Sequence[Round]) -> tuple[ExampleId, ...]:
    """Examples whose answers nobody may read yet."""
    return tuple(example for example, one in round_of(rounds).items() if one.is_blind)


def has_left(stores: Stores, study: str, person: str) -> bool:
    """Whether somebody was of the team and is no longer."""
    return _is_gone(stores.records.people(study), person)


def require_present(stores: Stores, study: str, person: str) -> None:
    """Raise InvalidInput for somebody who has left the team."""
    _require_present(stores.records.people(study), person)


def _is_gone(people: Sequence[Person], person: str) -> bool:
    return any(one.name == person and not one.is_active for one in people)


def _require_present(people: Sequence[Person], person: str) -> None:
    if _is_gone(people, person):
        raise InvalidInput(
            "“{name}” has left the team. Choose another name, or let somebody bring the person "
            "back on the Team page.",
            name=person,
        )


def _joining(stores: Stores, study: str, person: str) -> list[Change]:
    if person == HOUSE:
        return []
    people = stores.records.people(study)
    _require_present(people, person)
    known = [one.name for one in people]
    if person in known:
        return []
    twin = next((one for one in known if one.casefold() == person.casefold()), None)
    if twin is not None:
        raise InvalidInput("The team knows you as “{name}”; write your name like that.", name=twin)
    return [Change(None, Person(study, person))]


def _standing(case: Case, study: Study, policy: Policy, of: Round | None) -> Standing:
    """Where an example stands by the policy, or by the running round it belongs to.

    A round wants an answer of each of its experts but the text's author; who has answered and
    left the round since is counted beside them.
    """
    if of is None:
        needed = policy.needed(is_child=case.is_child)
        return standing_of(case, study, policy.rule, needed)
    wanted = {*of.experts, *(one.expert for one in case.counted)} - {case.author}
    needed = max(1, len(wanted))
    return standing_of(case, study, policy.rule, needed, is_blind=of.is_blind)


def _touched(stores: Stores, study: str, changes: Sequence[Change]) -> tuple[ExampleId, ...]:
    """The examples whose standing the changes bear on."""
    ids = [one.example_id for one in changes if one.example_id is not None]
    facts = [fact for one in changes for fact in (one.old, one.new)]
    ids += [example for fact in facts if isinstance(fact, Round) for example in fact.example_ids]
    if any(isinstance(fact, Policy) for fact in facts):
        stores.examples.need(stores.records.policy(study))
        ids += [*round_of(stores.records.rounds(study)), *stores.examples.touched(study)]
    return tuple(dict.fromkeys(ids))
