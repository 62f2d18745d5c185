"""Tracing: what a verdict rests on, so that gold leads back to the people who admitted it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.domain.examples import Example
from dashboard.domain.ids import ExampleId
from dashboard.domain.responses import Response
from dashboard.domain.team import Guideline
from dashboard.domain.verdicts import VERDICT_OF, Rule, Ruling
from dashboard.services.reading import reader_of
from dashboard.services.stores import Database


@dataclass(frozen=True)
class Reasons:
    """What an example's verdict rests on, as far as a viewer may see.

    `answers` judge the text that stands; nobody's answer to a text of their own is among them.
    `hidden` of the answers that count are not the viewer's to read yet. `guideline_versions` are
    those the answers and the ruling were given under.
    """

    example: Example
    rule: Rule
    answers: tuple[Response, ...]
    hidden: int
    ruling: Ruling | None
    guideline_versions: tuple[int, ...]

    @property
    def deciders(self) -> tuple[str, ...]:
        """Who brought the verdict about: the adjudicator, or those who answered like it."""
        if self.ruling is not None:
            return (self.ruling.adjudicator,)
        decisive = {one for one, verdict in VERDICT_OF.items() if verdict is self.example.verdict}
        return tuple(one.expert for one in self.answers if one.answer.decision in decisive)


class Tracing:
    """Answers the question why an example stands where it stands."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def reasons(self, example_id: ExampleId, viewer: str) -> Reasons:
        """What the verdict of the current text rests on; raises NotFound."""
        with self.database.reading() as stores:
            example = stores.examples.get(example_id)
            reader = reader_of(stores, example, viewer)
            found = stores.responses.ruling(example.revision_id)
            ruling = found if found and reader.may_read(found) else None
            guidelines = stores.records.guidelines(example.study)
            rule = stores.records.policy(example.study).rule
        answers = tuple(
            one
            for one in reversed(reader.visible)
            if one.revision_id == example.revision_id
            and one.is_submitted
            and one.expert != example.author
        )
        versions = {one.guideline_version for one in answers}
        versions |= {_version_at(guidelines, ruling.at)} if ruling else set()
        return Reasons(
            example=example,
            rule=rule,
            answers=answers,
            hidden=max(0, example.answered - len(answers)),
            ruling=ruling,
            guideline_versions=tuple(sorted(versions)),
        )


def _version_at(guidelines: Sequence[Guideline], at: datetime) -> int:
    """The guideline that stood at a moment; the first came with the study."""
    return next((one.number for one in guidelines if one.at <= at), 1)
