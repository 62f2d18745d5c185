"""The guideline as text: its sections, what bears on an example, and what a version touches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.domain.errors import InvalidInput
from dashboard.domain.examples import Example
from dashboard.domain.responses import Response
from dashboard.domain.studies import Inputs, Study

FIRST = 1
"""The version that came with the study's folder."""
MAX_LENGTH = 30_000
_HEADING = re.compile(r"#{1,6}\s")
_ITEM = re.compile(r"(\s*)(?:[-*+]\s|\d{1,3}[.)]\s|\|)")
_RULE = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")


@dataclass(frozen=True)
class Section:
    """A heading, empty before the first one, and the lines below it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Bearing:
    """Which answered examples a new version bears on: every part that names something must fit.

    `inputs` gives, by field, values of which one must be the example's; `flags` those of which an
    answer must carry one. Naming nothing bears on nothing.
    """

    inputs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it names nothing."""
        return not self.flags and not any(values for _field, values in self.inputs)

    def fits(self, example: Example, answers: Sequence[Response]) -> bool:
        """Whether it bears on an example with these answers."""
        if self.is_empty or not answers:
            return False
        inside = all(example.inputs[key] in values for key, values in self.inputs if values)
        carried = {flag for one in answers for flag in one.answer.flags}
        return inside and (not self.flags or bool(carried & set(self.flags)))


def tag_of(number: int) -> str:
    """The tag of examples that a version of the guideline bears on."""
    return f"guideline-v{number}"


def require_readable(text: str) -> None:
    """Raise InvalidInput for a guideline that is empty or too long."""
    if not text.strip():
        raise InvalidInput("Write the guideline in both languages.")
    if len(text) > MAX_LENGTH:
        raise InvalidInput("The guideline is longer than {limit} characters.", limit=MAX_LENGTH)


def sections(text: str) -> tuple[Section, ...]:
    """The text cut at its headings, whatever their level."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in text.splitlines():
        if _HEADING.match(line):
            found.append((line, []))
        else:
            found[-1][1].append(line)
    return tuple(Section(heading, tuple(lines)) for heading, lines in found)


def bearing_on(text: str, study: Study, inputs: Inputs) -> str:
    """The parts of the text that mention the example's condition.

    Of a list or table only what names one of its values is kept, with what stands under it; of
    running text the paragraphs that do.
    """
    own = _pattern(study, [(key, inputs[key]) for key in study.cell_keys])
    kept = []
    for section in sections(text):
        lines = _items(section.lines, own) or _paragraphs(section.lines, own)
        if lines:
            kept += [section.heading, "", *lines, ""]
    return "\n".join(kept).strip()


def _pattern(study: Study, values: Sequence[tuple[str, str]]) -> re.Pattern[str]:
    words = {word for key, value in values for word in _words(study, key, value)}
    known = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{known})\b", re.IGNORECASE)


def _words(study: Study, key: str, value: str) -> Iterator[str]:
    """What a value is called in the study's languages."""
    labels = (study.field(key).value_labels or {}).get(value, {})
    yield from (value, *labels.values())


def _items(lines: Sequence[str], own: re.Pattern[str]) -> list[str]:
    """Items that mention the condition with the lines below them, and the head of their table."""
    kept: list[str] = []
    depth: int | None = None  # of the item whose lines are kept
    for place, line in enumerate(lines):
        item = _ITEM.match(line)
        if item is None:
            depth = None
            continue
        is_head = place + 1 < len(lines) and "|" in line and _RULE.match(lines[place + 1])
        if is_head or _RULE.match(line):
            kept.append(line)
            continue
        below = depth is not None and len(item[1]) > depth
        if not below:
            depth = len(item[1]) if own.search(line) else None
        if depth is not None:
            kept.append(line)
    return kept if any(own.search(line) for line in kept) else []


def _paragraphs(lines: Sequence[str], own: re.Pattern[str]) -> list[str]:
    return [line for line in lines if own.search(line) and not _ITEM.match(line)]
