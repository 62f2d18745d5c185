"""The team's agreements: its people, the rules they review by, and the views they share."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from dashboard.domain.errors import InvalidInput
from dashboard.domain.verdicts import Rule

MAX_OVERLAP = 12
HOUSE = "Afektif"
"""Who stands under what came with the house; nobody of the team."""
MAX_NAME = 80


def person_name(typed: str) -> str:
    """A name as it is kept; raises InvalidInput for one that is empty, too long or the house's."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not name:
        raise InvalidInput("Write your name first; it stands under what you decide.")
    if len(name) > MAX_NAME:
        raise InvalidInput("Write a name of {limit} characters at most.", limit=MAX_NAME)
    if name.casefold() == HOUSE.casefold():
        raise InvalidInput("This name is taken; add a surname or a number to it.")
    return name


@dataclass(frozen=True)
class Person:
    """Somebody of the team; one who has left is no longer active, and their work stays."""

    study: str
    name: str
    is_active: bool = True

    @property
    def subject(self) -> str:
        """What the ledger knows it by."""
        return f"{self.study}/{self.name}"


@dataclass(frozen=True)
class Policy:
    """How a study is reviewed.

    `overlap` independent answers per example, `child_overlap` where it was made from another one;
    a claim lasts `claim_minutes`; `target` examples are wanted in every cell.
    """

    study: str
    overlap: int = 2
    rule: Rule = Rule.UNANIMOUS
    claim_minutes: int = 15
    adjudicate_own: bool = False
    target: int = 25
    child_overlap: int = 1

    @property
    def subject(self) -> str:
        """What the ledger knows it by."""
        return self.study

    def needed(self, *, is_child: bool) -> int:
        """How many answers an example needs."""
        return self.child_overlap if is_child else self.overlap

    def require_usable(self) -> None:
        """Raise InvalidInput for a number that makes no sense."""
        if not 1 <= self.overlap <= MAX_OVERLAP:
            raise InvalidInput("Choose between 1 and {most} answers per example.", most=MAX_OVERLAP)
        if not 1 <= self.child_overlap <= MAX_OVERLAP:
            raise InvalidInput("Choose between 1 and {most} answers per variant.", most=MAX_OVERLAP)
        if not 1 <= self.claim_minutes <= 24 * 60:
            raise InvalidInput("An example can be held for 1 minute to one day.")
        if self.target < 1:
            raise InvalidInput("The target of a condition is at least 1 example.")


@dataclass(frozen=True)
class SavedView:
    """A search that somebody named; `address` is the page's query string."""

    id: str
    study: str
    name: str
    address: str
    author: str

    @property
    def subject(self) -> str:
        """What the ledger knows it by."""
        return self.id


@dataclass(frozen=True)
class Guideline:
    """One version of the guideline."""

    study: str
    number: int
    texts: dict[str, str]
    author: str
    reason: str
    at: datetime

    @property
    def subject(self) -> str:
        """What the ledger knows it by."""
        return f"{self.study}/{self.number}"
