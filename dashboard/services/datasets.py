"""Datasets: freezing examples into versions that never change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from dashboard.domain.datasets import (
    DatasetVersion,
    Recipe,
    Row,
    Split,
    chat_jsonl,
    cut,
    fingerprint,
)
from dashboard.domain.errors import InvalidInput
from dashboard.domain.ids import VersionId, new_id, now
from dashboard.domain.studies import Study
from dashboard.services.stores import Database

MIN_TRAIN_ROWS = 10


class Datasets:
    """What researchers do with dataset versions."""

    def __init__(self, database: Database, studies: Mapping[str, Study]) -> None:
        self.database = database
        self.studies = studies

    def freeze(self, study: str, recipe: Recipe) -> DatasetVersion:
        """The version these examples and this recipe give; the same again is found, not made."""
        with self.database.transaction() as stores:
            candidates = stores.examples.candidates(study, recipe.accepted_only)
            rows = cut(self.studies[study], candidates, recipe)
            counts = Counter(row.split.value for row in rows)
            _require_enough(counts, len(rows))
            accepted = {one.revision_id for one in stores.examples.candidates(study, True)}
            version = DatasetVersion(
                id=VersionId(new_id()),
                study=study,
                name=f"v{len(stores.datasets.all(study)) + 1}",
                sha256=fingerprint(rows),
                recipe=recipe,
                counts=dict(counts),
                unreviewed=sum(row.revision_id not in accepted for row in rows),
                created_at=now(),
            )
            for known in stores.datasets.with_sha256(study, version.sha256):
                if _says_the_same(known, version) and stores.datasets.rows(known.id) == rows:
                    return known
            stores.datasets.add(version, rows)
            return version

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
