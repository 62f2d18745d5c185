"""Experts who judge through the real services, as the pages do."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.bootstrap import App
from dashboard.domain.examples import Example, ExampleFilter
from dashboard.domain.responses import Answer, Decision, Response
from dashboard.services.reviewing import Judgment

STUDY = "affective-intervention"
TEAM = ("Bu Rani", "Pak Budi")


def answer_of(app: App, decision: Decision, message: str = "", flags: Sequence[str] = ()) -> Answer:
    """A complete answer with this decision."""
    plain = decision is Decision.ACCEPT
    return Answer(
        decision=decision,
        ratings={} if plain else {one.key: 4 for one in app.study.form.ratings},
        flags=tuple(flags),
        reason="" if plain else "perlu dibahas",
        message=message,
    )


def judged(app: App, example: Example, expert: str, answer: Answer) -> Response:
    """An expert submits an answer to the text as this example shows it."""
    return app.reviewing.submit(Judgment(example.id, example.revision_id, expert, answer))


def agreed(app: App, example: Example, decision: Decision, team: Sequence[str] = TEAM) -> Example:
    """Everybody of a team gives the same answer; the example as it then stands."""
    for expert in team:
        judged(app, example, expert, answer_of(app, decision))
    return app.curation.one(example.id).example


def first(app: App, count: int = 1) -> tuple[Example, ...]:
    """The first examples of the study as they stand."""
    return app.curation.browse(ExampleFilter(STUDY)).examples[:count]
