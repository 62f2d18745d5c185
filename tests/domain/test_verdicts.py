"""Verdicts: what the answers of several people come to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from dashboard.domain.ids import ExampleId, RevisionId
from dashboard.domain.responses import Answer, Decision, Response, ResponseState, SkipReason
from dashboard.domain.studies import Study
from dashboard.domain.verdicts import (
    Basis,
    Case,
    Cause,
    Rule,
    Ruling,
    Standing,
    Verdict,
    standing_of,
)
from storage.study_folders import load_study
from tests.conftest import STUDY_FOLDER

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
INPUTS = {"emotion": "sad", "reinforcement": "negative", "arcsmodel": "relevance"}
A, E, R, U = Decision.ACCEPT, Decision.EDIT, Decision.REJECT, Decision.UNSURE
OPEN, DISPUTED = Verdict.UNREVIEWED, Verdict.DISPUTED
ACCEPTED, REJECTED = Verdict.ACCEPTED, Verdict.REJECTED


@pytest.fixture(scope="module")
def study() -> Study:
    """The default study, with its review form."""
    return load_study(STUDY_FOLDER)


def response(number: int, answer: Answer, state: ResponseState) -> Response:
    return Response(ExampleId("e"), RevisionId("r"), f"ahli {number}", state, answer, NOON)


def case(answers: Sequence[Answer], author: str = "Afektif", ruling: Ruling | None = None) -> Case:
    responses = [
        response(number, answer, ResponseState.SUBMITTED) for number, answer in enumerate(answers)
    ]
    return Case(ExampleId("e"), RevisionId("r"), INPUTS, author, tuple(responses), ruling)


def stands(study: Study, decisions: Sequence[Decision], rule: Rule, needed: int) -> Standing:
    return standing_of(case([Answer(one) for one in decisions]), study, rule, needed)


@pytest.mark.parametrize(
    ("decisions", "unanimous", "majority"),
    [
        ((), OPEN, OPEN),
        ((A, A), OPEN, OPEN),
        ((R, R), OPEN, OPEN),
        ((A, A, A), ACCEPTED, ACCEPTED),
        ((R, R, R), REJECTED, REJECTED),
        ((A, A, R), DISPUTED, ACCEPTED),
        ((R, A, R), DISPUTED, REJECTED),
        ((A, A, E), DISPUTED, ACCEPTED),
        ((A, E, R), DISPUTED, DISPUTED),
        ((E, E, E), DISPUTED, DISPUTED),
        ((U, U, U), DISPUTED, DISPUTED),
        ((A, A, U), DISPUTED, ACCEPTED),
    ],
)
def test_three_answers_come_to_a_verdict(
    study: Study, decisions: tuple[Decision, ...], unanimous: Verdict, majority: Verdict
) -> None:
    assert stands(study, decisions, Rule.UNANIMOUS, 3).verdict is unanimous
    assert stands(study, decisions, Rule.MAJORITY, 3).verdict is majority


def test_half_of_the_answers_is_no_majority(study: Study) -> None:
    assert stands(study, (A, R), Rule.MAJORITY, 2).verdict is DISPUTED


def test_the_basis_is_said(study: Study) -> None:
    assert stands(study, (A, A, A), Rule.MAJORITY, 3).basis is Basis.UNANIMOUS
    assert stands(study, (A, A, R), Rule.MAJORITY, 3).basis is Basis.MAJORITY
    assert stands(study, (A, R, R), Rule.UNANIMOUS, 3).basis is None


@pytest.mark.parametrize(
    "worried",
    [
        Answer(A, ratings={"safety": 2}, flags=("promise",)),
        Answer(A, flags=("shaming",)),
        Answer(A, flags=("sarcasm", "promise")),
    ],
    ids=["safety rated low", "safety flag", "one of several"],
)
@pytest.mark.parametrize("rule", Rule)
def test_a_safety_concern_is_never_outvoted(study: Study, worried: Answer, rule: Rule) -> None:
    found = standing_of(case([Answer(A), Answer(A), worried]), study, rule, 3)
    assert (found.verdict, found.basis) == (DISPUTED, None)


def test_a_flag_that_is_no_concern_does_not_stand_in_the_way(study: Study) -> None:
    noted = Answer(A, flags=("unknown_behavior",))
    assert standing_of(case([Answer(A), noted]), study, Rule.UNANIMOUS, 2).verdict is ACCEPTED


def test_a_crisis_flag_stops_the_example_at_once(study: Study) -> None:
    found = standing_of(case([Answer(A, flags=("crisis",))]), study, Rule.MAJORITY, 3)
    assert (found.verdict, found.priority) == (DISPUTED, None)


def test_nobody_judges_a_text_of_their_own(study: Study) -> None:
    own = case([Answer(A), Answer(A)], author="ahli 0")
    found = standing_of(own, study, Rule.UNANIMOUS, 2)
    assert (found.verdict, found.answered) == (OPEN, 1)


def test_who_skips_has_not_answered(study: Study) -> None:
    skipped = Response(
        ExampleId("e"),
        RevisionId("r"),
        "ahli 9",
        ResponseState.SKIPPED,
        Answer(),
        NOON,
        skip=SkipReason.UNCLEAR,
    )
    whole = case([Answer(A)])
    with_skip = Case(
        whole.example_id, whole.revision_id, INPUTS, "Afektif", (*whole.responses, skipped), None
    )
    assert standing_of(with_skip, study, Rule.UNANIMOUS, 2).answered == 1


@pytest.mark.parametrize(("decision", "verdict"), [(A, ACCEPTED), (R, REJECTED)])
def test_a_ruling_decides_whatever_was_answered(
    study: Study, decision: Decision, verdict: Verdict
) -> None:
    ruling = Ruling(
        RevisionId("r"), ExampleId("e"), decision, "Bu Sari", Cause.SLIP, "", False, NOON
    )
    found = standing_of(case([Answer(A), Answer(R)], ruling=ruling), study, Rule.UNANIMOUS, 2)
    assert (found.verdict, found.basis) == (verdict, Basis.ADJUDICATED)


def test_the_queue_prefers_fewer_answers_and_then_difference(study: Study) -> None:
    waiting = [(A, R), (), (A, A), (A,)]
    found = [stands(study, one, Rule.UNANIMOUS, 3) for one in waiting]
    order = sorted(range(4), key=lambda index: found[index].priority or 0)
    assert [waiting[index] for index in order] == [(), (A,), (A, R), (A, A)]


def test_a_standing_names_its_cell(study: Study) -> None:
    assert stands(study, (), Rule.UNANIMOUS, 1).cell == ("sad", "negative", "relevance")
