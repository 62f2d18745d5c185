"""Small deeds that tests of several services share."""

from __future__ import annotations

from dashboard.bootstrap import App
from dashboard.domain.examples import Example, ExampleFilter, NewExample
from dashboard.domain.responses import Answer, Decision, Response
from dashboard.services.reviewing import Judgment


def listed(app: App, **narrowing: object) -> tuple[Example, ...]:
    """The first page of what a filter finds."""
    return app.curation.browse(ExampleFilter(app.study.name, **narrowing)).examples  # type: ignore[arg-type]


def answered(
    app: App,
    example: Example,
    expert: str,
    reason: str = "",
    decision: Decision = Decision.ACCEPT,
    flags: tuple[str, ...] = (),
) -> Response:
    """An expert's answer with a reason."""
    rubric = [one.key for one in app.study.form.ratings]
    answer = Answer(decision, flags=flags, reason=reason, ratings=dict.fromkeys(rubric, 4))
    return app.reviewing.submit(Judgment(example.id, example.revision_id, expert, answer))


def new_row(app: App, key: str, message: str, **inputs: str) -> NewExample:
    """A row on its way in, for the first condition unless said otherwise."""
    usual = {one.key: one.values[0] if one.values else "Tiara" for one in app.study.fields}
    return NewExample(key, usual | inputs, message)
