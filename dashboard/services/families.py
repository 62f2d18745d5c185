"""Families: what an example was made from, and what was made from it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain.augmentation import Lineage
from dashboard.domain.families import Descent, Family, Member, in_order
from dashboard.domain.ids import ExampleId
from dashboard.services.stores import Database, Stores


@dataclass(frozen=True)
class Families:
    """Looks parents and children up."""

    database: Database

    def of(self, example_id: ExampleId) -> Family:
        """The family of an example, a lonely original included; raises NotFound."""
        with self.database.reading() as stores:
            lineage = stores.lineages.of(example_id)
            root = stores.examples.get(lineage.family_id if lineage else example_id)
            lineages = {one.example_id: one for one in stores.lineages.members(root.id)}
            examples = stores.examples.some(tuple(lineages))
            members = [Member(one, lineages[one.id]) for one in examples]
            descent = _descent(stores, lineage) if lineage else None
        return Family(root, descent, in_order(root.id, members))


def _descent(stores: Stores, lineage: Lineage) -> Descent:
    texts = stores.examples.revisions(lineage.parent_id)
    [*_later, first] = stores.examples.revisions(lineage.example_id)
    return Descent(
        lineage=lineage,
        parent=stores.examples.get(lineage.parent_id),
        before=next(one for one in texts if one.id == lineage.parent_revision_id),
        after=first,
    )
