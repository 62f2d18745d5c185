"""What a check noticed about a message: facts that block, and hints that inform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from dashboard.domain.errors import InvalidInput
from dashboard.domain.studies import Inputs, Study


class Severity(StrEnum):
    """`error` keeps a message out; `hint` is shown and decides nothing."""

    ERROR = "error"
    HINT = "hint"


@dataclass(frozen=True)
class Finding:
    """One sentence about one row; `template` is the catalog's English message id."""

    code: str
    severity: Severity
    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values)


def refuse_errors(findings: Sequence[Finding]) -> None:
    """Raise InvalidInput for the first finding that keeps a message out."""
    for finding in findings:
        if finding.severity is Severity.ERROR:
            raise InvalidInput(finding.template, **finding.values)


@dataclass(frozen=True)
class Facts:
    """What can be counted about a message."""

    words: int
    words_by_spaces: int
    emoji: int
    language_ok: bool
    username_used: bool


class RuleChecker(Protocol):
    """Checks one example against its study."""

    def check(self, study: Study, inputs: Inputs, message: str) -> tuple[Finding, ...]:
        """Everything noticed, errors first."""
        ...

    def facts(self, study: Study, inputs: Inputs, message: str) -> Facts:
        """The counts behind the findings."""
        ...
