"""Evidence: answers that experts gave alone, and how far they agree, question by question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import combinations

from dashboard.domain.examples import Example
from dashboard.domain.responses import Decision, Response
from dashboard.domain.review_forms import HIGHEST, LOWEST, Rating
from dashboard.domain.studies import Study
from dashboard.statistics.agreement.figures import Figure, agreement, pairs
from dashboard.statistics.agreement.tables import Answer, Scale

YES, NO = "yes", "no"
DISAGREEMENTS_SHOWN = 50
GUIDELINE = "guideline"
"""The slice by the guideline's version; no field of a study has this name."""


class Asked(StrEnum):
    """What kind of question it is."""

    DECISION = "decision"
    RATING = "rating"
    FLAG = "flag"


@dataclass(frozen=True)
class Question:
    """One question of the form; `key` names the rating or flag."""

    asked: Asked
    key: str

    @property
    def scale(self) -> Scale:
        """Ratings have an order; decisions and flags are only the same or not."""
        return Scale.ORDINAL if self.asked is Asked.RATING else Scale.NOMINAL

    @property
    def offered(self) -> tuple[Answer, ...]:
        """Every answer the question allows."""
        if self.asked is Asked.RATING:
            return tuple(range(LOWEST, HIGHEST + 1))
        return tuple(Decision) if self.asked is Asked.DECISION else (NO, YES)

    def answer_of(self, response: Response) -> Answer | None:
        """What was answered; None where nobody asked or the rating was left out."""
        answer = response.answer
        if self.asked is Asked.DECISION:
            return answer.decision
        if self.asked is Asked.RATING:
            return answer.ratings.get(self.key)
        if not response.form_version:
            return None  # one click of the first schema: there were no flags to mark
        return YES if self.key in answer.flags else NO


@dataclass(frozen=True)
class Judged:
    """A text that takes no more answers, with the independent ones; one item of agreement.

    `is_current` says that it is the example's text now. Slices go by the inputs that stand now.
    """

    example: Example
    responses: tuple[Response, ...]
    is_current: bool = True


@dataclass(frozen=True)
class Disagreement:
    """An example that experts saw differently.

    `differing` is the share of pairs whose decisions differ, 0 to 1; `rating` is the item they
    rated most differently, from `low` to `high`, empty where no two rated the same item.
    """

    example: Example
    decisions: Mapping[Decision, int]
    differing: float
    rating: str = ""
    low: int = 0
    high: int = 0

    @property
    def spread(self) -> int:
        """How many steps of the scale lie between the ratings."""
        return self.high - self.low


@dataclass(frozen=True)
class Evidence:
    """Everything agreement is computed from, read at one moment."""

    study: Study
    judged: tuple[Judged, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The form's questions in their order."""
        ratings = (Question(Asked.RATING, one.key) for one in self.study.form.ratings)
        flags = (Question(Asked.FLAG, one.key) for one in self.study.form.flags)
        return (Question(Asked.DECISION, "decision"), *ratings, *flags)

    @cached_property
    def responses(self) -> tuple[Response, ...]:
        """All answers."""
        return tuple(one for item in self.judged for one in item.responses)

    @property
    def experts(self) -> tuple[str, ...]:
        """Everyone whose answers are in it, by name."""
        return tuple(sorted({one.expert for one in self.responses}))

    @property
    def form_versions(self) -> int:
        """Under how many versions of the form the answers were given."""
        return len({one.form_version for one in self.responses})

    @property
    def guideline_versions(self) -> tuple[int, ...]:
        """The guideline versions the answers were given under, in order."""
        return tuple(sorted({one.guideline_version for one in self.responses}))

    def given(self, question: Question) -> int:
        """How many answers say something to a question."""
        return sum(question.answer_of(one) is not None for one in self.responses)

    def figures(self, question: Question) -> tuple[Figure, ...]:
        """The coefficients that fit the question, each with its evidence."""
        return agreement(self._table(question), question.scale, question.offered)

    def pairs(self, question: Question) -> dict[tuple[str, str], tuple[Figure, ...]]:
        """The same for every two experts, on the examples both answered."""
        return pairs(self._table(question), question.scale, question.offered)

    def where(self, field: str, value: str) -> Evidence:
        """Only examples with this value in this field."""
        kept = tuple(one for one in self.judged if one.example.inputs.get(field) == value)
        return replace(self, judged=kept)

    def under(self, guideline_version: int) -> Evidence:
        """Only answers given under this version of the guideline."""
        kept = (
            replace(
                item,
                responses=tuple(
                    one for one in item.responses if one.guideline_version == guideline_version
                ),
            )
            for item in self.judged
        )
        return replace(self, judged=tuple(one for one in kept if one.responses))

    def slices(self) -> Iterator[tuple[str, str, Evidence]]:
        """By every value of a cell's fields, then by guideline version: field, value, part."""
        for key in self.study.cell_keys:
            for value in self.study.field(key).values:
                yield key, value, self.where(key, value)
        for version in self.guideline_versions:
            yield GUIDELINE, str(version), self.under(version)

    def disagreements(self) -> tuple[Disagreement, ...]:
        """Examples whose text is seen differently now, the most different first."""
        compared = (one for one in self.judged if one.is_current and len(one.responses) > 1)
        found = [_disagreement(self.study.form.ratings, one) for one in compared]
        differ = [one for one in found if one.differing or one.spread]
        differ.sort(key=lambda one: (one.differing, one.spread), reverse=True)
        return tuple(differ[:DISAGREEMENTS_SHOWN])

    def _table(self, question: Question) -> list[dict[str, Answer | None]]:
        return [
            {one.expert: question.answer_of(one) for one in item.responses} for item in self.judged
        ]


def _disagreement(ratings: tuple[Rating, ...], judged: Judged) -> Disagreement:
    decisions = [one.answer.decision for one in judged.responses if one.answer.decision]
    couples = list(combinations(decisions, 2))
    found = Disagreement(
        example=judged.example,
        decisions={one: decisions.count(one) for one in Decision if one in decisions},
        differing=sum(one is not other for one, other in couples) / len(couples) if couples else 0,
    )
    for item in ratings:
        given = [
            r.answer.ratings[item.key] for r in judged.responses if item.key in r.answer.ratings
        ]
        if len(given) > 1 and max(given) - min(given) > found.spread:
            found = replace(found, rating=item.key, low=min(given), high=max(given))
    return found
