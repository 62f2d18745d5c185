"""Small facts of a team: people, policy, guideline versions, calibration rounds, saved views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.domain.calibration import Round
from dashboard.domain.team import Guideline, Person, Policy, SavedView
from storage.fact_values import NOUN_OF
from storage.tables.ledger import RecordRow

Kind = TypeVar("Kind", Person, Policy, Guideline, Round, SavedView)


@dataclass(frozen=True)
class Records:
    """What stands; changes go through the ledger."""

    session: Session

    def people(self, study: str) -> tuple[Person, ...]:
        """The team by name, those who left included."""
        return tuple(sorted(self._all(study, Person), key=lambda one: one.name.casefold()))

    def policy(self, study: str) -> Policy:
        """How the study is reviewed: as the team decided, else as usual."""
        return next(iter(self._all(study, Policy)), Policy(study))

    def guidelines(self, study: str) -> tuple[Guideline, ...]:
        """Versions of the guideline that were written here, newest first."""
        return tuple(sorted(self._all(study, Guideline), key=lambda one: -one.number))

    def rounds(self, study: str) -> tuple[Round, ...]:
        """Calibration rounds, newest first."""
        found = self._all(study, Round)
        return tuple(sorted(found, key=lambda one: (one.started_at, one.id), reverse=True))

    def views(self, study: str) -> tuple[SavedView, ...]:
        """Saved views by name."""
        return tuple(sorted(self._all(study, SavedView), key=lambda one: one.name.casefold()))

    def _all(self, study: str, kind: type[Kind]) -> tuple[Kind, ...]:
        wanted = select(RecordRow).where(RecordRow.study == study, RecordRow.noun == NOUN_OF[kind])
        facts = [row.as_fact() for row in self.session.scalars(wanted)]
        return tuple(one for one in facts if isinstance(one, kind))
