"""Broods: the variants that wait for an expert, each set under the example it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.domain.augmentation import Lineage
from dashboard.domain.examples import Example, ExampleFilter, Origin
from dashboard.domain.families import Member
from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.domain.verdicts import Verdict
from dashboard.services.stores import Database, Stores

BROODS_SHOWN = 3
MOST = 1_000_000


@dataclass(frozen=True)
class Brood:
    """An example with the variants of it that wait; `texts` are all that the example has had."""

    parent: Example
    texts: Mapping[RevisionId, str]
    children: tuple[Member, ...]

    def before(self, lineage: Lineage) -> str:
        """The text that a variant was made from."""
        return self.texts[lineage.parent_revision_id]


@dataclass(frozen=True)
class BroodPage:
    """One page of broods; `parents` and `children` count all that wait."""

    broods: tuple[Brood, ...]
    parents: int
    children: int


@dataclass(frozen=True)
class Census:
    """How many examples there are, how many of them are variants, and how many of those wait."""

    examples: int
    variants: int
    unreviewed: int


@dataclass(frozen=True)
class Broods:
    """Looks up what waits among the variants."""

    database: Database

    def census(self, study: str) -> Census:
        """The counts of a study; retired examples are in none of them."""
        born = ExampleFilter(study, origin=Origin.AUGMENTED)
        open_ones = ExampleFilter(study, origin=Origin.AUGMENTED, verdict=Verdict.UNREVIEWED)
        with self.database.reading() as stores:
            return Census(
                examples=sum(stores.examples.counts(study).values()),
                variants=len(stores.examples.ids(born, MOST)),
                unreviewed=len(stores.examples.ids(open_ones, MOST)),
            )

    def waiting(
        self, study: str, expert: str, inputs: tuple[tuple[str, str], ...] = (), page: int = 1
    ) -> BroodPage:
        """Variants that wait for this expert's answer, those with the given field values."""
        wanted = ExampleFilter(study, origin=Origin.AUGMENTED, inputs=inputs, open_to=expert)
        with self.database.reading() as stores:
            parents = stores.lineages.parents_of(stores.examples.ids(wanted, MOST))
            every = tuple(dict.fromkeys(parents.values()))
            start = (page - 1) * BROODS_SHOWN
            shown = every[start : start + BROODS_SHOWN]
            broods = tuple(_brood(stores, one, parents) for one in shown)
        return BroodPage(broods, len(every), len(parents))


def _brood(stores: Stores, parent_id: ExampleId, parents: Mapping[ExampleId, ExampleId]) -> Brood:
    lineages = {one.example_id: one for one in stores.lineages.children(parent_id)}
    waiting = [one for one in lineages if parents.get(one) == parent_id]
    children = stores.examples.some(waiting)
    return Brood(
        parent=stores.examples.get(parent_id),
        texts={one.id: one.message for one in stores.examples.revisions(parent_id)},
        children=tuple(Member(one, lineages[one.id]) for one in children),
    )
