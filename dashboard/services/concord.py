"""Concord: how far the answers to a round's examples agree, as they stood at a moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.domain.examples import Entry
from dashboard.domain.ids import RevisionId
from dashboard.domain.ledger import Logged
from dashboard.domain.responses import Decision, Response
from dashboard.domain.review_forms import HIGHEST, LOWEST, ReviewForm
from dashboard.statistics.agreement.figures import Figure, agreement
from dashboard.statistics.agreement.measures import Coefficient
from dashboard.statistics.agreement.tables import Answer, Scale

DECISION = "decision"
"""The question every form asks; the others are the keys of its ratings."""
ALPHAS = (Coefficient.ALPHA_NOMINAL, Coefficient.ALPHA_ORDINAL)


@dataclass(frozen=True)
class Concord:
    """Percent agreement and Krippendorff's alpha of one question at one moment."""

    percent: Figure
    alpha: Figure


@dataclass(frozen=True)
class Compared:
    """One question before the talk and after it; only the answers before were independent."""

    question: str
    before: Concord
    after: Concord


def answers_at(log: Sequence[Logged], moment: datetime) -> tuple[Response, ...]:
    """The submitted answers to the text that stood at a moment, told by the ledger.

    `log` is everything that happened to one example, newest first.
    """
    standing: dict[tuple[RevisionId, str], Response] = {}
    shown: RevisionId | None = None
    for one in reversed(log):
        if one.action.at > moment:
            break
        fact = one.change.fact
        if isinstance(fact, Entry):
            shown = fact.revision_id
        elif isinstance(fact, Response):
            place = fact.revision_id, fact.expert
            standing.pop(place, None)
            if one.change.new is not None and fact.is_submitted:
                standing[place] = fact
    return tuple(one for (revision, _), one in standing.items() if revision == shown)


def compared(
    form: ReviewForm,
    before: Sequence[Sequence[Response]],
    after: Sequence[Sequence[Response]],
) -> tuple[Compared, ...]:
    """Every question of the form, with the answers to each example before and after."""
    questions = (DECISION, *(one.key for one in form.ratings))
    return tuple(Compared(one, _concord(one, before), _concord(one, after)) for one in questions)


def _concord(question: str, examples: Sequence[Sequence[Response]]) -> Concord:
    answers = [_answers(question, responses) for responses in examples]
    if question == DECISION:
        figures = agreement(answers, Scale.NOMINAL, [one.value for one in Decision])
    else:
        figures = agreement(answers, Scale.ORDINAL, range(LOWEST, HIGHEST + 1))
    by_name = {one.coefficient: one for one in figures}
    alpha = next(by_name[one] for one in ALPHAS if one in by_name)
    return Concord(by_name[Coefficient.PERCENT_AGREEMENT], alpha)


def _answers(question: str, responses: Sequence[Response]) -> Mapping[str, Answer | None]:
    if question == DECISION:
        return {one.expert: one.answer.decision for one in responses}
    return {one.expert: one.answer.ratings.get(question) for one in responses}
