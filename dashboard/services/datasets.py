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
            _require_enough(counts, len(candidates))
            sha256 = fingerprint(rows)
            known = stores.datasets.by_sha256(study, sha256)
            if known is not None:
                return known
            verdicts = stores.examples.candidates(study, accepted_only=True)
            accepted = {one.revision_id for one in verdicts}
            version = DatasetVersion(
                id=VersionId(new_id()),
                study=study,
                name=f"v{len(stores.datasets.all(study)) + 1}",
                sha256=sha256,
                recipe=recipe,
                counts=dict(counts),
                unreviewed=sum(row.revision_id not in accepted for row in rows),
                created_at=now(),
            )
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


def _require_enough(counts: Mapping[str, int], candidates: int) -> None:
    if counts.get(Split.TRAIN, 0) < MIN_TRAIN_ROWS or not counts.get(Split.TEST):
        raise InvalidInput(
            "{candidates} examples leave {train} to train on; at least {needed} are needed. "
            "Add or accept more examples first.",
            candidates=candidates,
            train=counts.get(Split.TRAIN, 0),
            needed=MIN_TRAIN_ROWS,
        )
