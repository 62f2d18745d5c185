"""Frozen dataset versions: written once, read often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.domain.augmentation import Technique
from dashboard.domain.datasets import DatasetVersion, Row, Split
from dashboard.domain.errors import NotFound
from dashboard.domain.ids import VersionId
from storage.candidates import techniques_of
from storage.tables.augmentation import LineageRow
from storage.tables.datasets import VersionEntryRow, VersionRow
from storage.tables.examples import RevisionRow
from storage.writing import insert_into, write


@dataclass(frozen=True)
class Datasets:
    """Versions with their rows; the texts are those of the revisions, which never change."""

    session: Session

    def add(self, version: DatasetVersion, rows: Sequence[Row]) -> None:
        """Store a version; it never changes afterwards."""
        values = {**vars(version), "recipe": asdict(version.recipe)}
        del values["techniques"]  # follows from the lineages of its rows
        write(self.session, insert_into(self.session, VersionRow), [values])
        entries = [
            {
                "version_id": version.id,
                "position": row.position,
                "split": row.split,
                "revision_id": row.revision_id,
                "key": row.key,
            }
            for row in rows
        ]
        write(self.session, insert_into(self.session, VersionEntryRow), entries)

    def get(self, version_id: VersionId) -> DatasetVersion:
        """The version; raises NotFound."""
        wanted = select(VersionRow).where(VersionRow.id == version_id)
        row = self.session.scalars(wanted).one_or_none()
        if row is None:
            raise NotFound("This dataset version does not exist, or no longer.")
        return self._versions([row])[0]

    def rows(self, version_id: VersionId, split: Split | None = None) -> tuple[Row, ...]:
        """Its rows in order, of one split or all."""
        wanted = (
            select(VersionEntryRow, RevisionRow, LineageRow.technique)
            .join(RevisionRow, RevisionRow.id == VersionEntryRow.revision_id)
            .outerjoin(LineageRow, LineageRow.example_id == RevisionRow.example_id)
            .where(VersionEntryRow.version_id == version_id)
            .order_by(VersionEntryRow.position)
        )
        if split is not None:
            wanted = wanted.where(VersionEntryRow.split == split)
        found = self.session.execute(wanted)
        return tuple(_row(*one) for one in found)

    def with_sha256(self, study: str, sha256: str) -> tuple[DatasetVersion, ...]:
        """The versions with these bytes, oldest first."""
        wanted = select(VersionRow).where(VersionRow.study == study, VersionRow.sha256 == sha256)
        oldest_first = (VersionRow.created_at, VersionRow.id)
        return self._versions(self.session.scalars(wanted.order_by(*oldest_first)).all())

    def all(self, study: str) -> tuple[DatasetVersion, ...]:
        """Every version, newest first."""
        wanted = select(VersionRow).where(VersionRow.study == study)
        newest_first = (VersionRow.created_at.desc(), VersionRow.id.desc())
        return self._versions(self.session.scalars(wanted.order_by(*newest_first)).all())

    def _versions(self, rows: Sequence[VersionRow]) -> tuple[DatasetVersion, ...]:
        techniques = techniques_of(self.session, [row.id for row in rows])
        return tuple(row.as_version(techniques.get(row.id, {})) for row in rows)


def _row(entry: VersionEntryRow, revision: RevisionRow, technique: Technique | None) -> Row:
    return Row(
        position=entry.position,
        split=entry.split,
        example_id=revision.example_id,
        revision_id=revision.id,
        key=entry.key,
        inputs=revision.inputs,
        message=revision.message,
        technique=technique.value if technique else "",
    )
