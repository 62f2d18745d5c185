"""A team that answers examples through the services."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.bootstrap import App
from dashboard.domain.examples import Example, ExampleFilter
from dashboard.domain.responses import Answer, Decision
from dashboard.domain.studies import Study
from dashboard.services.reviewing import Judgment

STUDY = "affective-intervention"
RANI, BUDI, SARI = "Bu Rani", "Pak Budi", "Bu Sari"


def examples(app: App, count: int) -> tuple[Example, ...]:
    """The first examples as they stand."""
    return app.curation.browse(ExampleFilter(STUDY)).examples[:count]


def standing(app: App, example: Example) -> Example:
    """The example as it stands now."""
    return app.curation.one(example.id).example


def answer(study: Study, decision: Decision = Decision.ACCEPT, **ratings: int) -> Answer:
    """A complete answer; every rating is 4 unless told."""
    given: Mapping[str, int] = {one.key: 4 for one in study.form.ratings} | ratings
    reason = "" if decision is Decision.ACCEPT else "kurang pas"
    return Answer(decision=decision, ratings=given, reason=reason)


def submit(
    app: App, example: Example, expert: str, decision: Decision = Decision.ACCEPT, **ratings: int
) -> None:
    """One expert's complete answer to an example."""
    given = answer(app.study, decision, **ratings)
    app.reviewing.submit(Judgment(example.id, example.revision_id, expert, given))
