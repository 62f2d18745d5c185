"""Begetting: kept attempts as examples, with their lineage, as changes for the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.domain.augmentation import Attempt, AugmentationRun, Lineage, Technique
from dashboard.domain.examples import Entry, NewExample, Origin
from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.domain.ledger import Change
from dashboard.domain.studies import Inputs
from dashboard.domain.team import HOUSE
from dashboard.services.adding import added
from dashboard.services.recording import Doing
from dashboard.services.stores import Stores

LETTERS = {
    Technique.PARAPHRASE: "p",
    Technique.SYNONYM: "s",
    Technique.INSERTION: "i",
    Technique.SWAP: "w",
    Technique.BACK_TRANSLATION: "b",
}


@dataclass(frozen=True)
class Born:
    """Attempts that became examples, and what that changes."""

    attempts: tuple[Attempt, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class _Begetter:
    """What children take from a parent; inputs are those of the text they were made from."""

    key: str
    family_id: ExampleId
    inputs: Mapping[RevisionId, Inputs]


def born(
    stores: Stores,
    doing: Doing,
    run: AugmentationRun,
    attempts: Sequence[Attempt],
    beside: Sequence[str] = (),
) -> Born:
    """Examples of these attempts under keys of their own, none of them among those `beside`.

    Their author is the house, so that everybody may judge them, whoever asked for them too.
    """
    taken = {*stores.examples.keys(doing.study), *beside}
    parents = {one: _begetter(stores, one) for one in {one.parent_id for one in attempts}}
    children, changes = list[Attempt](), list[Change]()
    for one in attempts:
        parent = parents[one.parent_id]
        key = _free_key(parent.key, one.technique, taken)
        taken.add(key)
        row = NewExample(key, parent.inputs[one.parent_revision_id], one.rewriting.message)
        text, entry = added(doing, [row], Origin.AUGMENTED, author=HOUSE)
        assert isinstance(entry.new, Entry)
        child = replace(one, example_id=entry.new.id)
        lineage = _lineage(run, child, entry.new.id, parent.family_id)
        changes += [text, entry, Change(None, lineage)]
        children.append(child)
    return Born(tuple(children), tuple(changes))


def _begetter(stores: Stores, parent_id: ExampleId) -> _Begetter:
    lineage = stores.lineages.of(parent_id)
    return _Begetter(
        key=stores.examples.get(parent_id).key,
        family_id=lineage.family_id if lineage else parent_id,
        inputs={one.id: one.inputs for one in stores.examples.revisions(parent_id)},
    )


def _free_key(parent: str, technique: Technique, taken: set[str]) -> str:
    number = 1
    while (key := f"{parent}-{LETTERS[technique]}{number}") in taken:
        number += 1
    return key


def _lineage(
    run: AugmentationRun, child: Attempt, example_id: ExampleId, family_id: ExampleId
) -> Lineage:
    return Lineage(
        example_id=example_id,
        parent_id=child.parent_id,
        parent_revision_id=child.parent_revision_id,
        family_id=family_id,
        technique=child.technique,
        route=run.plan.route,
        seed=child.seed,
        operations=child.rewriting.operations,
        pivot=child.rewriting.pivot,
        model=run.plan.model,
        prompt=run.resources.get(f"prompt.{child.technique.value}", ""),
        resources=dict(run.resources),
        scores=dict(child.scores),
    )
