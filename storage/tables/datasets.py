"""Tables of frozen dataset versions and their rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.domain.datasets import Children, DatasetVersion, HeldOut, Recipe, Split
from dashboard.domain.ids import RevisionId, VersionId
from storage.tables.columns import KEY, Base


class VersionRow(Base):
    """A dataset version."""

    __tablename__ = "dataset_versions"
    __table_args__ = (Index(None, "study", "sha256"),)

    id: Mapped[VersionId] = mapped_column(primary_key=True)
    study: Mapped[str]
    name: Mapped[str]
    sha256: Mapped[str]
    recipe: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, int]]
    unreviewed: Mapped[int]
    created_at: Mapped[datetime]

    def as_version(self, techniques: Mapping[str, int]) -> DatasetVersion:
        """The domain's value; its children by technique follow from their lineages."""
        return DatasetVersion(
            id=self.id,
            study=self.study,
            name=self.name,
            sha256=self.sha256,
            recipe=recipe_of(self.recipe),
            counts=self.counts,
            unreviewed=self.unreviewed,
            created_at=self.created_at,
            techniques=techniques,
        )


def recipe_of(stored: Mapping[str, Any]) -> Recipe:
    """A stored recipe; one from before children came into versions kept equal messages only."""
    values = {"alike": None, **stored}
    values["children"] = Children(values.get("children", Children.NONE))
    values["test_on"] = HeldOut(values.get("test_on", HeldOut.ORIGINALS))
    return Recipe(**values)


class VersionEntryRow(Base):
    """A revision's place in a version; the key is the one it had when the version was cut."""

    __tablename__ = "dataset_rows"
    __table_args__ = (UniqueConstraint("version_id", "revision_id"),)

    version_id: Mapped[VersionId] = mapped_column(
        ForeignKey("dataset_versions.id"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    split: Mapped[Split]
    revision_id: Mapped[RevisionId] = mapped_column(ForeignKey("revisions.id"))
    key: Mapped[str] = mapped_column(KEY)
