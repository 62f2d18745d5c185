"""The ledger: every change of what people settle, append-only; undoing is one more entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from dashboard.domain.augmentation import Lineage
from dashboard.domain.calibration import Round
from dashboard.domain.examples import Entry, Revision
from dashboard.domain.ids import ActionId, ExampleId
from dashboard.domain.responses import Response
from dashboard.domain.team import Guideline, Person, Policy, SavedView
from dashboard.domain.verdicts import Ruling

Fact = (
    Entry | Revision | Lineage | Response | Ruling | Person | Policy | Guideline | Round | SavedView
)
"""What people settle. Verdicts are derived from facts and stand in no ledger."""

UNDO_LIMIT = 20
"""How many of one's own latest actions can be undone."""


class Deed(StrEnum):
    """What somebody did."""

    ADD = "add"
    IMPORT = "import"
    EDIT = "edit"
    RESTORE = "restore"
    TAG = "tag"
    RETIRE = "retire"
    RETURN = "return"
    SUBMIT = "submit"
    JUDGE = "judge"
    SKIP = "skip"
    REOPEN = "reopen"
    RULE = "rule"
    REVOKE = "revoke"
    TEAM = "team"
    POLICY = "policy"
    GUIDELINE = "guideline"
    CALIBRATE = "calibrate"
    VIEW = "view"
    AUGMENT = "augment"
    TAKE = "take"
    UNDO = "undo"


@dataclass(frozen=True)
class Action:
    """Who did what, when and why; `undoes` names the action that this one takes back.

    `request` names what asked for it, so that asking again does nothing; people never see it.
    """

    id: ActionId
    study: str
    person: str
    deed: Deed
    at: datetime
    note: str = ""
    undoes: ActionId | None = None
    request: str = ""


@dataclass(frozen=True)
class Change:
    """One fact before and after; None before it existed or after it was taken away."""

    old: Fact | None
    new: Fact | None

    @property
    def fact(self) -> Fact:
        """The fact, as it is now or was last."""
        fact = self.old if self.new is None else self.new
        assert fact is not None, "a change is about something"
        return fact

    @property
    def example_id(self) -> ExampleId | None:
        """The example it is about, if it is about one."""
        return getattr(self.fact, "example_id", None)


@dataclass(frozen=True)
class Logged:
    """A change with the action that made it."""

    action: Action
    change: Change


@dataclass(frozen=True)
class Touched:
    """The examples an action changed: how many, and the first of them."""

    count: int
    first: ExampleId


def inverses(changes: Sequence[Change]) -> Iterator[Change]:
    """What takes changes back, last first.

    A text that was written stays written, with where it comes from, and an example that was added
    is retired: dataset versions may point at both. Who joined by the action stays in the team.
    """
    for change in reversed(changes):
        if isinstance(change.new, Revision | Lineage) or _joins(change):
            continue
        if isinstance(change.new, Entry) and change.old is None:
            yield Change(change.new, replace(change.new, retired=True))
        else:
            yield Change(change.new, change.old)


def _joins(change: Change) -> bool:
    return isinstance(change.new, Person) and change.old is None
