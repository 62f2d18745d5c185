"""Calibration: blind until the reveal, first answers kept, then back to the usual rule."""

from __future__ import annotations

from collections import Counter

import pytest

from dashboard.bootstrap import App
from dashboard.domain.calibration import Invitation, Round, spread
from dashboard.domain.errors import InvalidInput, NotFound
from dashboard.domain.examples import Example, ExampleFilter
from dashboard.domain.ids import ExampleId
from dashboard.domain.responses import Decision, SkipReason
from dashboard.domain.verdicts import Verdict
from dashboard.services.reviewing import Judgment, Seen
from tests.services.teamwork import BUDI, RANI, SARI, STUDY, answer, standing, submit

TEAM = (RANI, BUDI, SARI)


@pytest.fixture
def team(app: App) -> App:
    for name in (*TEAM, "Pak Luar"):
        app.team.add(STUDY, name, RANI)
    return app


@pytest.fixture
def running(team: App) -> Round:
    return team.calibration.start(Invitation(STUDY, "Putaran 1", TEAM, 10), RANI)


def drawn(app: App, of: Round) -> tuple[Example, ...]:
    return tuple(app.curation.one(one).example for one in of.example_ids)


def answer_all(app: App, of: Round, experts: tuple[str, ...] = TEAM) -> None:
    for example in drawn(app, of):
        for expert in experts:
            submit(app, example, expert)


def test_a_draw_repeats_cells_and_values_as_little_as_it_can() -> None:
    cells = [(e, r, a) for e in "1234567" for r in "+-" for a in "arcs"]
    found = [
        (ExampleId(f"{place}-{copy}"), cell) for copy in "xy" for place, cell in enumerate(cells)
    ]
    chosen = spread(found, 14, seed=3)
    values = [dict(found)[one] for one in chosen]
    assert len(set(values)) == 14
    assert Counter(value[0] for value in values) == dict.fromkeys("1234567", 2)
    assert Counter(value[1] for value in values) == {"+": 7, "-": 7}
    assert spread(found, 14, seed=3) == chosen != spread(found, 14, seed=4)
    assert len(spread(found[:5], 14, seed=3)) == 5


@pytest.mark.parametrize(
    "wrong",
    [
        Invitation(STUDY, " ", TEAM),
        Invitation(STUDY, "x", (RANI,)),
        Invitation(STUDY, "x", (RANI, RANI)),
        Invitation(STUDY, "x", (RANI, "Siapa")),
        Invitation(STUDY, "x", TEAM, size=9),
        Invitation(STUDY, "x", TEAM, size=16),
    ],
)
def test_an_invitation_that_lacks_something_starts_nothing(team: App, wrong: Invitation) -> None:
    with pytest.raises(InvalidInput):
        team.calibration.start(wrong, RANI)
    assert team.calibration.rounds(STUDY) == ()


def test_a_round_draws_what_nobody_answered_holds_or_has_in_another_round(team: App) -> None:
    touched, held, *_rest = team.curation.browse(ExampleFilter(STUDY)).examples
    submit(team, touched, RANI)
    team.queueing.open(held.id, "Pak Luar")
    taken = {touched.id, held.id}
    for number in range(10):
        started = team.calibration.start(Invitation(STUDY, f"{number}", TEAM, 15), RANI)
        assert not taken & set(started.example_ids)
        taken |= set(started.example_ids)
    with pytest.raises(InvalidInput, match="Only 8 examples"):
        team.calibration.start(Invitation(STUDY, "lagi", TEAM, 10), RANI)


def test_its_examples_need_every_expert_and_come_first_and_to_nobody_else(
    team: App, running: Round
) -> None:
    assert {one.needed for one in drawn(team, running)} == {3}
    cards = team.queueing.upcoming(STUDY, BUDI, 10)
    assert {one.example.id for one in cards} == set(running.example_ids)
    outside = team.queueing.upcoming(STUDY, "Pak Luar", 20)
    assert not {one.example.id for one in outside} & set(running.example_ids)
    with pytest.raises(InvalidInput, match="calibration round of others"):
        submit(team, drawn(team, running)[0], "Pak Luar")


def test_every_rating_is_asked_in_a_round(team: App, running: Round) -> None:
    [first, *_rest] = drawn(team, running)
    bare = Judgment(first.id, first.revision_id, RANI, answer(team.study))
    incomplete = Judgment(
        first.id, first.revision_id, RANI, type(bare.answer)(decision=Decision.ACCEPT)
    )
    with pytest.raises(InvalidInput, match="Rate every item"):
        team.reviewing.submit(incomplete)


def test_before_the_reveal_nobody_learns_anything_of_the_others_answers(
    team: App, running: Round
) -> None:
    answer_all(team, running, (RANI, BUDI))
    [first, *_rest] = drawn(team, running)
    submit(team, first, SARI, Decision.REJECT)
    for viewer in (*TEAM, "Pak Luar"):
        assert team.queueing.card(first.id, viewer).others == ()
        seen = team.calibration.side_by_side(running, viewer)
        read = {one.expert for row in seen for one in (*row.first, *row.now)}
        assert read <= {viewer}
        assert team.calibration.agreement(running, viewer) == ()
    assert standing(team, first).verdict is Verdict.UNREVIEWED
    assert team.adjudication.disputed(STUDY) == ()


def test_a_crisis_halts_the_example_even_in_a_blind_round(team: App, running: Round) -> None:
    [first, *_rest] = drawn(team, running)
    stopping = next(one.key for one in team.study.form.flags if one.stops)
    given = answer(team.study, Decision.REJECT)
    flagged = type(given)(given.decision, given.ratings, (stopping,), None, "bahaya")
    team.reviewing.submit(Judgment(first.id, first.revision_id, RANI, flagged))
    assert standing(team, first).verdict is Verdict.DISPUTED


def test_a_turnout_is_counts(team: App, running: Round) -> None:
    first, second, *_rest = drawn(team, running)
    submit(team, first, RANI)
    team.reviewing.skip(Seen(second.id, second.revision_id, RANI), SkipReason.UNCLEAR)
    told = {one.expert: one for one in team.calibration.turnout(running)}
    assert (told[RANI].answered, told[RANI].skipped, told[RANI].waiting) == (1, 1, 8)
    assert (told[BUDI].answered, told[BUDI].skipped, told[BUDI].waiting) == (0, 0, 10)


def test_an_early_reveal_needs_a_reason_and_hides_what_an_expert_still_has_to_answer(
    team: App, running: Round
) -> None:
    answer_all(team, running, (RANI, BUDI))
    with pytest.raises(InvalidInput, match="why you open"):
        team.calibration.reveal(running, RANI)
    team.calibration.reveal(running, RANI, "Bu Sari sakit")
    assert {one.is_open for one in team.calibration.side_by_side(running, SARI)} == {False}
    assert team.calibration.agreement(running, SARI) == ()
    mine = team.calibration.side_by_side(running, RANI)
    assert {one.expert for row in mine for one in row.now} == {RANI, BUDI}
    [first, *_rest] = drawn(team, running)
    submit(team, first, SARI)
    opened = team.calibration.side_by_side(running, SARI)
    assert [row.example.id for row in opened if row.is_open] == [first.id]


def test_after_the_reveal_experts_revise_and_the_first_answers_stay(
    team: App, running: Round
) -> None:
    first, second, *_rest = drawn(team, running)
    answer_all(team, running, (RANI, BUDI))
    for example in drawn(team, running):
        submit(team, example, SARI, Decision.REJECT if example.id == first.id else Decision.ACCEPT)
    team.calibration.reveal(running, RANI)
    team.reviewing.reopen(Seen(first.id, first.revision_id, SARI))
    submit(team, first, SARI)
    [row, *_others] = team.calibration.side_by_side(running, BUDI)
    assert {one.expert: one.answer.decision for one in row.first}[SARI] is Decision.REJECT
    assert {one.expert: one.answer.decision for one in row.now}[SARI] is Decision.ACCEPT
    revised = next(one for one in row.now if one.expert == SARI)
    assert not revised.independent
    [decision, *_ratings] = team.calibration.agreement(running, BUDI)
    assert decision.before.percent.value == pytest.approx(28 / 30)
    assert decision.after.percent.value is None  # everybody says the same now
    assert standing(team, second).verdict is Verdict.ACCEPTED


def test_who_revises_still_reads_what_they_have_read(team: App, running: Round) -> None:
    [first, *_rest] = drawn(team, running)
    answer_all(team, running)
    team.calibration.reveal(running, RANI)
    team.reviewing.reopen(Seen(first.id, first.revision_id, SARI))
    [row, *_others] = team.calibration.side_by_side(running, SARI)
    assert {one.expert for one in row.first} == set(TEAM)


def test_what_was_revealed_is_not_hidden_again(team: App, running: Round) -> None:
    answer_all(team, running)
    revealed = team.calibration.reveal(running, BUDI)
    with pytest.raises(InvalidInput, match="nothing to take back"):
        team.history.undo(STUDY, BUDI, team.history.log(STUDY)[0].action.id)
    assert team.calibration.rounds(STUDY) == (revealed,)
    with pytest.raises(InvalidInput, match="open already"):
        team.calibration.reveal(running, RANI)


def test_a_closed_round_leaves_its_examples_to_the_usual_rule(team: App, running: Round) -> None:
    answer_all(team, running, (RANI,))
    [first, *_rest] = drawn(team, running)
    submit(team, first, BUDI)
    with pytest.raises(InvalidInput, match="why you call"):
        team.calibration.close(running, RANI)
    team.calibration.close(running, RANI, "cukup")
    settled = drawn(team, running)
    assert {(one.needed, one.answered) for one in settled} == {(2, 2), (2, 1)}
    assert standing(team, first).verdict is Verdict.ACCEPTED
    submit(team, settled[1], "Pak Luar")
    assert standing(team, settled[1]).verdict is Verdict.ACCEPTED
    with pytest.raises(InvalidInput, match="closed already"):
        team.calibration.close(running, RANI, "lagi")


def test_taking_back_the_start_gives_the_examples_back(team: App, running: Round) -> None:
    team.history.undo(STUDY, RANI)
    assert {one.needed for one in drawn(team, running)} == {2}
    with pytest.raises(NotFound):
        team.calibration.reveal(running, RANI, "x")


def test_a_round_does_not_wait_for_who_has_left_and_keeps_their_answers(
    team: App, running: Round
) -> None:
    first, second, *_rest = drawn(team, running)
    submit(team, first, SARI)
    answer_all(team, running, (RANI,))
    team.team.leave(STUDY, SARI, RANI)
    assert (standing(team, first).answered, standing(team, first).needed) == (2, 3)
    assert (standing(team, second).answered, standing(team, second).needed) == (1, 2)
    answer_all(team, running, (BUDI,))
    team.calibration.reveal(running, RANI)
    assert standing(team, first).verdict is Verdict.ACCEPTED


def test_taking_back_a_leave_puts_the_person_into_the_round_again(
    team: App, running: Round
) -> None:
    team.team.leave(STUDY, SARI, BUDI)
    team.history.undo(STUDY, BUDI)
    assert SARI in team.team.names(STUDY)
    assert {one.needed for one in drawn(team, running)} == {3}


def test_a_new_overlap_leaves_running_rounds_alone(team: App, running: Round) -> None:
    seen = team.team.policy(STUDY)
    team.team.agree(type(seen)(STUDY, overlap=5), seen, RANI)
    assert {one.needed for one in drawn(team, running)} == {3}
    team.calibration.close(running, RANI, "cukup")
    assert {one.needed for one in drawn(team, running)} == {5}
    assert team.history.proof().holds
