"""Datasets: freezing examples into versions that never change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.domain.cutting import Alike, cut, none_alike
from dashboard.domain.datasets import (
    Candidate,
    Children,
    DatasetVersion,
    Recipe,
    Row,
    Split,
    chat_jsonl,
    fingerprint,
)
from dashboard.domain.errors import InvalidInput
from dashboard.domain.growing import allowed
from dashboard.domain.ids import VersionId, new_id, now
from dashboard.domain.studies import Study
from dashboard.services.stores import Database

MIN_TRAIN_ROWS = 10


@dataclass(frozen=True)
class Draft:
    """What a recipe would freeze now."""

    rows: tuple[Row, ...]
    unreviewed: int

    @property
    def counts(self) -> dict[str, int]:
        """Rows by split."""
        return dict(Counter(row.split.value for row in self.rows))

    @property
    def children(self) -> int:
        """Rows that a technique made."""
        return sum(self.techniques.values())

    @property
    def techniques(self) -> dict[str, int]:
        """Children by how they were made."""
        return dict(Counter(row.technique for row in self.rows if row.technique))


@dataclass(frozen=True)
class Supply:
    """What there is to choose from: originals, and the children each rule would let in."""

    originals: int
    accepted: int
    children: Mapping[Children, int]
    techniques: Mapping[str, int]


class Datasets:
    """What researchers do with dataset versions."""

    def __init__(
        self, database: Database, studies: Mapping[str, Study], alike: Alike = none_alike
    ) -> None:
        self.database = database
        self.studies = studies
        self.alike = alike

    def supply(self, study: str) -> Supply:
        """What may enter a version now."""
        found = self._candidates(study)
        originals = [one for one in found if one.is_original]
        rules = {rule: len(allowed(found, Recipe(children=rule))) for rule in Children}
        made = Counter(one.technique for one in found if not one.is_original)
        accepted = sum(one.accepted for one in originals)
        return Supply(len(originals), accepted, rules, dict(made))

    def draft(self, study: str, recipe: Recipe) -> Draft:
        """What freezing would give; raises InvalidInput for what cannot be had."""
        candidates = self._candidates(study)
        rows = cut(self.studies[study], candidates, recipe, self.alike)
        accepted = {one.revision_id for one in candidates if one.accepted}
        draft = Draft(rows, sum(row.revision_id not in accepted for row in rows))
        _require_enough(draft.counts, len(rows))
        return draft

    def freeze(self, study: str, recipe: Recipe) -> DatasetVersion:
        """The version these examples and this recipe give; the same again is found, not made."""
        draft = self.draft(study, recipe)  # before the transaction: it may take seconds
        with self.database.transaction() as stores:
            version = DatasetVersion(
                id=VersionId(new_id()),
                study=study,
                name=f"v{len(stores.datasets.all(study)) + 1}",
                sha256=fingerprint(draft.rows),
                recipe=recipe,
                counts=draft.counts,
                unreviewed=draft.unreviewed,
                created_at=now(),
                techniques=draft.techniques,
            )
            for known in stores.datasets.with_sha256(study, version.sha256):
                if _says_the_same(known, version) and stores.datasets.rows(known.id) == draft.rows:
                    return known
            stores.datasets.add(version, draft.rows)
            return version

    def freeze_sizes(
        self, study: str, recipe: Recipe, sizes: Sequence[float]
    ) -> tuple[DatasetVersion, ...]:
        """One version for every size, the smaller part of the larger; none if one cannot be had."""
        recipes = [replace(recipe, growth=size) for size in sizes]
        for one in recipes:
            self.draft(study, one)
        return tuple(self.freeze(study, one) for one in recipes)

    def _candidates(self, study: str) -> tuple[Candidate, ...]:
        with self.database.reading() as stores:
            return stores.examples.candidates(study)

    def all(self, study: str) -> tuple[DatasetVersion, ...]:
        """Every version, newest first."""
        with self.database.reading() as stores:
            return stores.datasets.all(study)

    def get(self, version_id: VersionId) -> DatasetVersion:
        """One version; raises NotFound."""
        with self.database.reading() as stores:
            return stores.datasets.get(version_id)

    def rows(self, version_id: VersionId, split: Split | None = None) -> tuple[Row, ...]:
        """Rows of a version in order, of one split or all."""
        with self.database.reading() as stores:
            return stores.datasets.rows(version_id, split)

    def training_file(self, version_id: VersionId, split: Split, prompt: str) -> bytes:
        """The rows of a split as OpenAI chat JSONL under a system prompt."""
        version = self.get(version_id)
        return chat_jsonl(self.studies[version.study], self.rows(version_id, split), prompt)


def _says_the_same(known: DatasetVersion, new: DatasetVersion) -> bool:
    """Whether the provenance that a report would print is the same too."""
    return (known.recipe, known.unreviewed) == (new.recipe, new.unreviewed)


def _require_enough(counts: Mapping[str, int], candidates: int) -> None:
    if counts.get(Split.TRAIN, 0) < MIN_TRAIN_ROWS or not counts.get(Split.TEST):
        raise InvalidInput(
            "{candidates} examples leave {train} to train on; at least {needed} are needed. "
            "Use, add or accept more examples.",
            candidates=candidates,
            train=counts.get(Split.TRAIN, 0),
            needed=MIN_TRAIN_ROWS,
        )
