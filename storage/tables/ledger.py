"""Tables of the ledger, which only grow, and of the small facts that need no table of their own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.domain.ids import ActionId, ExampleId
from dashboard.domain.ledger import Action, Deed, Fact
from storage.fact_values import fact_of
from storage.tables.columns import Base


class ActionRow(Base):
    """Who did what, and when; triggers refuse any change."""

    __tablename__ = "actions"
    __table_args__ = (
        Index(None, "study", "person"),
        Index(None, "request"),
        UniqueConstraint("undoes"),
    )

    sequence: Mapped[int] = mapped_column(Integer, primary_key=True)
    id: Mapped[ActionId] = mapped_column(unique=True)
    study: Mapped[str]
    person: Mapped[str]
    deed: Mapped[Deed]
    note: Mapped[str]
    undoes: Mapped[ActionId | None]
    request: Mapped[str]
    at: Mapped[datetime]

    def as_action(self) -> Action:
        """The domain's value."""
        return Action(
            id=self.id,
            study=self.study,
            person=self.person,
            deed=self.deed,
            at=self.at,
            note=self.note,
            undoes=self.undoes,
            request=self.request,
        )


class ChangeRow(Base):
    """One fact before and after an action, as JSON; triggers refuse any change."""

    __tablename__ = "changes"
    __table_args__ = (Index(None, "example_id"),)

    action_id: Mapped[ActionId] = mapped_column(ForeignKey("actions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    noun: Mapped[str]
    subject: Mapped[str]
    example_id: Mapped[ExampleId | None]
    old: Mapped[dict[str, Any] | None]
    new: Mapped[dict[str, Any] | None]


class RecordRow(Base):
    """A person, policy, guideline version, calibration round or saved view, as JSON."""

    __tablename__ = "records"

    study: Mapped[str] = mapped_column(primary_key=True)
    noun: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]

    def as_fact(self) -> Fact:
        """The domain's value."""
        return fact_of(self.noun, self.value)
