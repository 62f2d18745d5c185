"""What goes in and out: rows as every format is given them, and what a file is found to hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dashboard.domain.studies import Inputs

MESSAGE, ID, TAGS = "message", "id", "tags"
"""What a column can stand for besides a field of the study."""


class Form(StrEnum):
    """A kind of file."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    CHAT = "chat"
    ARGILLA = "argilla"
    LABEL_STUDIO = "label_studio"
    DOCCANO = "doccano"
    HUGGING_FACE = "hugging_face"

    @property
    def suffix(self) -> str:
        """How the names of its files end."""
        return SUFFIXES[self]


SUFFIXES: Mapping[Form, str] = {
    Form.JSONL: "jsonl",
    Form.CSV: "csv",
    Form.XLSX: "xlsx",
    Form.CHAT: "chat.jsonl",
    Form.ARGILLA: "argilla.json",
    Form.LABEL_STUDIO: "label-studio.json",
    Form.DOCCANO: "doccano.jsonl",
    Form.HUGGING_FACE: "hugging-face.zip",
}


@dataclass(frozen=True)
class ExchangedAnswer:
    """One expert's answer as it leaves; ratings are 1 to 5, empty texts mean nothing was said."""

    expert: str
    decision: str
    ratings: Mapping[str, int]
    flags: tuple[str, ...]
    confidence: str
    reason: str
    message: str


@dataclass(frozen=True)
class ExchangedRow:
    """One example as it leaves; `deciders` are those whose answers or ruling led to the verdict."""

    id: str
    inputs: Inputs
    message: str
    origin: str
    verdict: str
    basis: str = ""
    tags: tuple[str, ...] = ()
    revision: int = 1
    deciders: tuple[str, ...] = ()
    answers: tuple[ExchangedAnswer, ...] = ()


@dataclass(frozen=True)
class Said:
    """A sentence about a file; `template` is the catalog's English message id."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values)


@dataclass(frozen=True)
class Problem:
    """Why a line stays out: `value` is what stands in `place`, `remedy` what would mend it."""

    line: int
    template: str
    remedy: Said
    values: Mapping[str, object] = field(default_factory=dict)
    place: str = ""
    value: str = ""

    def __str__(self) -> str:
        return f"Line {self.line}: {self.template.format(**self.values)}"


@dataclass(frozen=True)
class ColumnMapping:
    """Which column of a file stands for what, and what its own values mean.

    `columns`: field key, `message`, `id` or `tags` → the file's column; `values`: field key → the
    file's value → the study's value.
    """

    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
